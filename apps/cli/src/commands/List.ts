/** `list`: the executions of a namespace or an alert, newest first, as far as they are wanted. */
import { ExitCode } from "@mixpeek-alerts/client"
import { type Decoded, topScore, toNanos } from "@mixpeek-alerts/domain"
import { Effect, Stream } from "effect"
import { speaksJson } from "../output/Format.ts"
import { conditionOf } from "./Condition.ts"
import { executionListing, keepsUnfit } from "./ExecutionListing.ts"
import { say, tell } from "./Failure.ts"
import { connected, type Invocation } from "./Invocation.ts"
import type { Order } from "./Order.ts"
import { type Printing, printing } from "./Printing.ts"
import { leftOut, type Progress, select, type Wanted } from "./Selection.ts"

export interface ListOptions extends Wanted {
  readonly invocation: Invocation
  /** The highest or latest first; as the server sends them when `null`. */
  readonly order: Order | null
  /** The lowest or earliest first instead. */
  readonly reverse: boolean
  /** A condition that makes the exit code 10, as it was typed. */
  readonly failOn: string | null
}

const measures: Readonly<Record<Order, (record: Decoded) => number | bigint>> = {
  time: (record) => (record._tag === "ExecutionRecord" ? toNanos(record.execution.executedAt) : -1n),
  score: (record) => (record._tag === "ExecutionRecord" ? (topScore(record.execution) ?? -1) : -2),
  matches: (record) => (record._tag === "ExecutionRecord" ? record.execution.matchCount : -1),
  took: (record) => (record._tag === "ExecutionRecord" ? record.execution.durationMs : -1),
}

const sorted = (records: ReadonlyArray<Decoded>, order: Order, reverse: boolean): ReadonlyArray<Decoded> => {
  const measure = measures[order]
  const sign = reverse ? -1 : 1
  return records
    .map((record) => ({ record, value: measure(record) }))
    .sort((one, other) => (one.value < other.value ? sign : one.value > other.value ? -sign : 0))
    .map(({ record }) => record)
}

/** For a person: how much of what there is was printed, and how to see more. */
const footer = (progress: Progress, printer: Printing<Decoded>): Effect.Effect<void> => {
  const total = progress.total === null ? "" : ` of ${progress.total}`
  const more = progress.next === null ? "" : ` More: --limit N, --all, or --cursor ${progress.next}`
  if (printer.format !== "table" || !printer.surface.terminal) return Effect.void
  if (progress.selected === 0)
    return say(
      progress.read === 0
        ? "There are no executions yet."
        : `None of the ${progress.read} executions that were read pass.`,
    )
  return progress.ended ? Effect.void : say(`${progress.selected} shown, ${progress.read}${total} read.${more}`)
}

const reading = Effect.fnUntraced(function* (options: ListOptions) {
  const { invocation, order } = options
  const failOn = yield* conditionOf(options.failOn)
  const printer = yield* printing(executionListing, invocation)
  const { pages, progress } = yield* select(invocation, options, keepsUnfit(printer.format))
  let decided = false
  const print = (records: ReadonlyArray<Decoded>): Effect.Effect<boolean> => {
    decided ||= failOn !== null && records.some(failOn)
    return printer.print(records)
  }
  const walk =
    order === null
      ? Stream.runForEachWhile(pages, print)
      : Effect.flatMap(Stream.runCollect(pages), (all) => print(sorted(all.flat(), order, options.reverse)))
  yield* Effect.asVoid(walk).pipe(
    Effect.tapError(() =>
      progress.next === null ? Effect.void : say(`${progress.read} were read; go on with --cursor ${progress.next}`),
    ),
    Effect.ensuring(printer.finish),
  )
  yield* footer(progress, printer)
  if (invocation.verbose && progress.next !== null) yield* say(`The next page: --cursor ${progress.next}`)
  const unfit = leftOut(progress)
  if (unfit !== null) yield* tell(unfit, speaksJson(invocation.choice))
  return decided ? ExitCode.decided : unfit === null ? ExitCode.ok : unfit.exitCode
})

/** Prints the executions and gives the exit code. */
export const list = (options: ListOptions): Effect.Effect<number> => connected(options.invocation, reading(options))
