/** `latest`: what ran last, of one alert or of all. */
import { ExitCode, maxPageSize, Mixpeek } from "@mixpeek-alerts/client"
import { type Decoded, toNanos } from "@mixpeek-alerts/domain"
import { Effect } from "effect"
import { speaksJson } from "../output/Format.ts"
import { problem } from "../Problem.ts"
import { conditionOf } from "./Condition.ts"
import { executionListing, hasRow } from "./ExecutionListing.ts"
import { fail, tell } from "./Failure.ts"
import { misfit } from "./Fetching.ts"
import { connected, type Invocation } from "./Invocation.ts"
import { printing } from "./Printing.ts"

export interface LatestOptions {
  readonly invocation: Invocation
  readonly alert: string | null
  readonly count: number
  /** A condition that makes the exit code 10, as it was typed. */
  readonly failOn: string | null
}

/** Read at least so many, since the order of a page is not documented. */
const leastRead = 100

const byTime = (one: Decoded, other: Decoded): number => {
  const [first, second] = [one, other].map((record) =>
    record._tag === "ExecutionRecord" ? toNanos(record.execution.executedAt) : -1n,
  ) as [bigint, bigint]
  return first < second ? 1 : first > second ? -1 : 0
}

const newest = Effect.fnUntraced(function* ({ alert, count }: LatestOptions) {
  const mixpeek = yield* Mixpeek
  if (alert !== null && count === 1) return [yield* mixpeek.latest(alert)]
  const pageSize = Math.min(maxPageSize, Math.max(count, leastRead))
  const { records } = yield* mixpeek.page({ pageSize, ...(alert === null ? {} : { alert }) })
  return [...records].sort(byTime).slice(0, count)
})

const reading = Effect.fnUntraced(function* (options: LatestOptions) {
  const { choice } = options.invocation
  const failOn = yield* conditionOf(options.failOn)
  const printer = yield* printing(executionListing, options.invocation, { single: options.count === 1 })
  const records = yield* newest(options)
  if (records.length === 0)
    return yield* fail(
      problem(
        "NotFound",
        ExitCode.notFound,
        "There are no executions yet.",
        "An alert runs when documents arrive in a collection that it watches.",
      ),
    )
  const unfit = records.find((record) => !hasRow(record, printer.format))
  yield* printer.print(records.filter((record) => hasRow(record, printer.format)))
  yield* printer.finish
  if (unfit?._tag === "Quarantined") yield* tell(misfit(unfit), speaksJson(choice))
  if (failOn !== null && records.some(failOn)) return ExitCode.decided
  return unfit === undefined ? ExitCode.ok : ExitCode.data
})

/** Prints the latest executions and gives the exit code. */
export const latest = (options: LatestOptions): Effect.Effect<number> => connected(options.invocation, reading(options))
