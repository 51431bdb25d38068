/** `compare`: what changed from one execution to another. */
import { ExitCode } from "@mixpeek-alerts/client"
import { Comparison, type ExecutionRecord } from "@mixpeek-alerts/domain"
import { Effect } from "effect"
import { asObject, forPeople, speaksJson } from "../output/Format.ts"
import { comparisonListing, comparisonObject, comparisonRow, sideBySide } from "./ComparisonListing.ts"
import { fail, say } from "./Failure.ts"
import { fetchEach, misfit, readIds } from "./Fetching.ts"
import { connected, type Invocation } from "./Invocation.ts"
import { printing } from "./Printing.ts"

export interface CompareOptions {
  readonly invocation: Invocation
  readonly before: string
  readonly after: string
}

const fetchBoth = Effect.fnUntraced(function* (options: CompareOptions) {
  const ids = yield* readIds([options.before, options.after])
  const records: Array<ExecutionRecord> = []
  const code = yield* fetchEach(ids, options.invocation, (record) =>
    record._tag === "Quarantined"
      ? fail(misfit(record))
      : Effect.as(
          Effect.sync(() => records.push(record)),
          true,
        ),
  )
  const [before, after] = records
  return code === ExitCode.ok && before !== undefined && after !== undefined ? { before, after } : code
})

/** Matches that an alert keeps to itself cannot be compared. */
const isWithheld = ({ execution }: ExecutionRecord): boolean => execution.matches === null && execution.matchCount > 0

const tellWithheld = (record: ExecutionRecord): Effect.Effect<void> =>
  isWithheld(record)
    ? say(`${record.execution.executionId} came without its matches, so its documents are not known.`)
    : Effect.void

const reading = Effect.fnUntraced(function* (options: CompareOptions) {
  const { choice } = options.invocation
  const object = asObject(choice)
  const printer = yield* printing(comparisonListing, options.invocation, { single: object })
  const both = yield* fetchBoth(options)
  if (typeof both === "number") return both
  const { after, before } = both
  const changes = isWithheld(before) || isWithheld(after) ? [] : Comparison.documentChanges(before, after)
  if (forPeople(printer.format, choice)) yield* printer.write(sideBySide(before, after, printer.surface))
  yield* printer.print(object ? [comparisonObject(before, after, changes)] : changes.map(comparisonRow))
  yield* printer.finish
  if (!speaksJson(choice)) yield* Effect.andThen(tellWithheld(before), tellWithheld(after))
  return ExitCode.ok
})

/** Prints what changed and gives the exit code. */
export const compare = (options: CompareOptions): Effect.Effect<number> =>
  connected(options.invocation, reading(options))
