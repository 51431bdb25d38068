/** `get`: prints executions, for people, for spreadsheets, or exactly as the server sent them. */
import { ExitCode } from "@mixpeek-alerts/client"
import type { Decoded } from "@mixpeek-alerts/domain"
import { Effect } from "effect"
import { forPeople, speaksJson } from "../output/Format.ts"
import { conditionOf } from "./Condition.ts"
import { executionListing, hasRow } from "./ExecutionListing.ts"
import { tell } from "./Failure.ts"
import { fetchEach, misfit, readIds } from "./Fetching.ts"
import { connected, type Invocation } from "./Invocation.ts"
import { printing } from "./Printing.ts"
import { sheet } from "./Sheet.ts"

export interface GetOptions {
  readonly invocation: Invocation
  /** IDs or URLs, or `-` alone for standard input. */
  readonly ids: ReadonlyArray<string>
  /** A condition that makes the exit code 10, as it was typed. */
  readonly failOn: string | null
}

const reading = Effect.fnUntraced(function* (options: GetOptions) {
  const { invocation } = options
  const failOn = yield* conditionOf(options.failOn)
  const ids = yield* readIds(options.ids)
  const single = ids.length === 1 && options.ids[0] !== "-"
  const printer = yield* printing(executionListing, invocation, { single })
  // As a table, one execution fills a sheet of its own.
  const sheets = forPeople(printer.format, invocation.choice)
  let unfit = false
  let decided = false
  let printed = 0
  const take = (record: Decoded): Effect.Effect<boolean> => {
    decided ||= failOn?.(record) === true
    if (record._tag === "Quarantined" && (sheets || !hasRow(record, printer.format))) {
      unfit = true
      return Effect.as(tell(misfit(record), speaksJson(invocation.choice)), true)
    }
    if (!sheets) return printer.print([record])
    return printer.write(`${printed++ === 0 ? "" : "\n"}${sheet(record, printer.surface)}`)
  }
  const code = yield* Effect.ensuring(fetchEach(ids, invocation, take), printer.finish)
  if (code !== ExitCode.ok) return code
  return decided ? ExitCode.decided : unfit ? ExitCode.data : ExitCode.ok
})

/** Prints the executions and gives the exit code: that of the first that failed. */
export const get = (options: GetOptions): Effect.Effect<number> => connected(options.invocation, reading(options))
