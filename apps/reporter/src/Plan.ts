/** How an export will fetch what it was asked for, and what that costs. */
import { Mixpeek, type MixpeekError, maxPageSize } from "@mixpeek-alerts/client"
import { Effect } from "effect"
import type { ExportOptions } from "./ExportOptions.ts"
import type { Strategy } from "./Fetch.ts"

export interface Plan {
  readonly strategy: Strategy
  /** Requests that it takes without retries; `null` when the server does not say how long its lists are. */
  readonly requests: number | null
  /** Why this way, in one sentence. */
  readonly why: string
}

/** Below so many IDs nothing is gained by asking how long the list is. */
const fewIds = 20

const pagesFor = (total: number | null, pageSize: number): number | null =>
  total === null ? null : Math.max(1, Math.ceil(total / pageSize))

const totalOf = (alert: string | null): Effect.Effect<number | null, MixpeekError, Mixpeek> =>
  Effect.flatMap(Mixpeek, (mixpeek) =>
    Effect.map(mixpeek.page({ alert: alert ?? undefined, pageSize: 1 }), (page) => page.totalCount),
  )

const byId = (options: ExportOptions, count: number, why: string): Plan => ({
  strategy: {
    _tag: "ById",
    ids: options.source._tag === "Ids" ? options.source.list.ids : [],
    concurrency: options.concurrency,
  },
  requests: count,
  why,
})

const walk = (
  options: ExportOptions,
  lists: ReadonlyArray<string | null>,
  requests: number | null,
  why: string,
): Plan => ({
  strategy: { _tag: "Walk", lists, pageSize: options.pageSize },
  requests,
  why,
})

const ofIds = Effect.fnUntraced(function* (options: ExportOptions, count: number) {
  if (options.plan === "by-id") return byId(options, count, "one request for each ID, as asked")
  if (options.plan === "walk")
    return walk(options, [null], null, "all pages, keeping the IDs that were asked for, as asked")
  if (count <= fewIds) return byId(options, count, `one request for each of ${count} IDs`)
  const pages = pagesFor(yield* totalOf(null), maxPageSize)
  return pages === null || count <= pages
    ? byId(options, count, `one request for each of ${count} IDs is the cheaper way`)
    : walk(options, [null], pages, `${pages} pages are fewer requests than ${count} IDs`)
})

/** Chooses the way that takes the fewest requests, unless told. `counting` asks the server for the length of its lists. */
export const plan = Effect.fn("plan")(function* (options: ExportOptions, counting: boolean) {
  const { source } = options
  if (source._tag === "Ids") return yield* ofIds(options, source.list.ids.length)
  const lists = source._tag === "All" ? [null] : source.alerts
  if (!counting) return walk(options, lists, null, "all pages")
  const totals = yield* Effect.forEach(lists, totalOf)
  const requests = totals.reduce<number | null>((sum, total) => {
    const pages = pagesFor(total, options.pageSize)
    return sum === null || pages === null ? null : sum + pages
  }, 0)
  return walk(options, lists, requests, `all pages of ${lists.length === 1 ? "the list" : `${lists.length} lists`}`)
})
