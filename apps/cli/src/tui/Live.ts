/**
 * Looking for new executions again and again: when, with which page, and what
 * was found. Pure; the time comes with the messages.
 */
import type { BudgetState } from "@mixpeek-alerts/client"
import type { Page } from "@mixpeek-alerts/domain"
import type { Problem } from "../Problem.ts"
import { trimmed } from "../live/Front.ts"
import { type Ordering, orderingOf } from "../live/Ordering.ts"
import { type Pace, pageSizeAfter, smallestLimit, waitOf } from "../live/Pace.ts"
import * as Layout from "./Layout.ts"
import * as List from "./List.ts"
import type { Model } from "./Model.ts"
import { mergedWith, withMerged } from "./Paging.ts"

/** What was asked for at the start. */
export interface LiveOptions {
  readonly on: boolean
  /** The shortest time between two looks, in milliseconds. */
  readonly intervalMillis: number
  /** Requests a minute that the person allows; `null` leaves it to the server. */
  readonly rpm: number | null
}

export const liveByDefault: LiveOptions = { on: false, intervalMillis: 15_000, rpm: null }

export interface LiveState extends LiveOptions {
  /** When the newest rows were last kept for the next start. */
  readonly keptAt: number
  /** Whether the newest row is selected whenever one arrives. */
  readonly follow: boolean
  /** Whether the window has the focus, as far as the terminal tells. */
  readonly focused: boolean
  /** Whether a look is under way. */
  readonly looking: boolean
  /** When the last look began: the next one keeps its distance to it, whatever is switched meanwhile. */
  readonly lookedAt: number | null
  readonly nextAt: number | null
  readonly pageSize: number
  readonly failures: number
  /** Why the last look failed. */
  readonly trouble: { readonly problem: Problem; readonly since: number } | null
  readonly ordering: Ordering
  /** By the totals, executions that came since live began and were on no page that it read. */
  readonly elsewhere: number
  /** Keys of rows that arrived and have not been on the screen. */
  readonly unseen: ReadonlySet<string>
}

export const idleLive = (options: LiveOptions): LiveState => ({
  ...options,
  keptAt: 0,
  follow: false,
  focused: true,
  looking: false,
  lookedAt: null,
  nextAt: null,
  pageSize: 100,
  failures: 0,
  trouble: null,
  ordering: "unknown",
  elsewhere: 0,
  unseen: new Set(),
})

/** Requests a minute to keep the share of; made-up data have no limit. */
const limitOf = ({ budget, live, source }: Model): number | null =>
  source.demo ? null : (live.rpm ?? budget?.limit ?? smallestLimit)

export const paceOf = (model: Model): Pace => ({
  chosenMillis: model.live.intervalMillis,
  limit: limitOf(model),
  focused: model.live.focused,
  failures: model.live.failures,
})

/** Spreads looks of many watchers a little, without a source of chance: by the milliseconds of the clock. */
const spread = (at: number): number => (Math.abs(Math.floor(at)) % 997) / 996

const pausedUntil = (budget: BudgetState | null): number => budget?.pausedUntil ?? 0

/** When the next look is due; `null` when live is off. */
export const dueAt = (model: Model): number | null => {
  const { live } = model
  if (!live.on) return null
  const paced = live.lookedAt === null ? model.now : live.lookedAt + waitOf(paceOf(model), spread(live.lookedAt))
  const retryAt = live.trouble?.problem.retryAt ?? 0
  return Math.max(model.now, paced, pausedUntil(model.budget), retryAt)
}

/** More rows than this are not kept by a watch that nobody stops. */
export const mostRows = 5000

/** Rows that a long watch pushed out at the end go, unless the cursor is that far down. */
const bounded = (list: List.ListState, height: number): List.ListState => {
  const items = List.loaded(list)
  if (items.length <= mostRows) return list
  const selected = items.findIndex(({ key }) => key === list.selected)
  const limit = Math.min(mostRows * 2, Math.max(mostRows, selected + 1 + height))
  if (items.length <= limit) return list
  const kept = trimmed({ items, gaps: list.gaps, total: list.total }, limit)
  const remote = list.items._tag === "Ready" ? { ...list.items, value: kept.items } : list.items
  return List.arranged({ ...list, items: remote, gaps: kept.gaps, next: null, trimmed: true }, height)
}

/** The row of the newest execution, selected. */
export const atNewest = (model: Model): Model => {
  const { list } = model
  const height = Layout.listHeight(model.size)
  const index = list.sort.by === "time" && !list.sort.descending ? list.visible.length - 1 : 0
  return { ...model, list: List.at(list, { index, top: Math.max(0, Math.min(index, list.visible.length - height)) }) }
}

/** What a page at the front says about the server's order; the last clear answer counts. */
export const judged = (live: LiveState, list: List.ListState, page: Page): LiveState => {
  const found = orderingOf(
    List.loaded(list)
      .slice(0, page.records.length)
      .map(({ record }) => record),
  )
  return found === "unknown" || found === live.ordering ? live : { ...live, ordering: found }
}

/** The model with what a look has found. */
export const looked = (model: Model, page: Page, at: number): Model => {
  const before = model.list
  const height = Layout.listHeight(model.size)
  const merged = mergedWith(before, page, "look")
  const { fresh, joined } = merged
  const list = bounded(withMerged(before, merged, page, "look", at, height), height)
  const grown = page.totalCount === null || before.total === null ? 0 : page.totalCount - before.total
  const lost = joined ? Math.max(0, grown - fresh.length) : 0
  const live = {
    ...judged(model.live, list, page),
    looking: false,
    failures: 0,
    trouble: null,
    pageSize: pageSizeAfter(model.live.pageSize, fresh.length, joined),
    elsewhere: model.live.elsewhere + lost,
    unseen: new Set([...model.live.unseen, ...fresh]),
  }
  const next = { ...model, now: at, list, live }
  return live.follow && fresh.length > 0 ? atNewest(next) : next
}

/** The model after a look that failed; the rows stay. */
export const lookFailed = (model: Model, problem: Problem, at: number): Model => ({
  ...model,
  now: at,
  live: {
    ...model.live,
    looking: false,
    failures: model.live.failures + 1,
    trouble: { problem, since: model.live.trouble?.since ?? at },
  },
})

/** How many rows that nobody has seen lie above and below what is shown. */
export const news = ({ list, live, size }: Model): { readonly above: number; readonly below: number } => {
  if (live.unseen.size === 0) return { above: 0, below: 0 }
  const end = list.top + Layout.listHeight(size)
  const unseen = (rows: ReadonlyArray<List.Row>) => rows.filter(({ key }) => live.unseen.has(key)).length
  return { above: unseen(list.visible.slice(0, list.top)), below: unseen(list.visible.slice(end)) }
}

/** Rows on the screen have been seen. */
export const seen = (model: Model): Model => {
  const { list, live } = model
  if (live.unseen.size === 0 || model.detail !== null || model.overlay !== null) return model
  const shown = list.visible.slice(list.top, list.top + Layout.listHeight(model.size))
  const now = shown.filter(({ key }) => live.unseen.has(key))
  if (now.length === 0) return model
  const unseen = new Set(live.unseen)
  for (const { key } of now) unseen.delete(key)
  return { ...model, live: { ...live, unseen } }
}
