/** `matches`: the matched documents of executions, one a line. */
import { ExitCode } from "@mixpeek-alerts/client"
import type { Decoded, ExecutionRecord } from "@mixpeek-alerts/domain"
import { Effect } from "effect"
import { speaksJson } from "../output/Format.ts"
import { problem } from "../Problem.ts"
import { fail, say, tell } from "./Failure.ts"
import { fetchEach, misfit, readIds } from "./Fetching.ts"
import { connected, type Invocation } from "./Invocation.ts"
import { matchListing, matchRows } from "./MatchListing.ts"
import { printing } from "./Printing.ts"

export interface MatchesOptions {
  readonly invocation: Invocation
  readonly ids: ReadonlyArray<string>
  /** The least score, 0 to 1. */
  readonly minScore: number | null
}

/** Nothing is missing when there was no match; it is when the alert keeps them to itself. */
const withheld = ({ execution }: ExecutionRecord): Effect.Effect<void> =>
  execution.matches === null && execution.matchCount > 0
    ? say(
        `${execution.executionId ?? "The execution"} has ${execution.matchCount} matches, which its alert is configured not to send.`,
      )
    : Effect.void

const reading = Effect.fnUntraced(function* (options: MatchesOptions) {
  const { invocation, minScore } = options
  if (minScore !== null && !(minScore >= 0 && minScore <= 1))
    return yield* fail(
      problem("Usage", ExitCode.usage, `--min-score ${minScore} is not a score.`, "Give a number from 0 to 1."),
    )
  const ids = yield* readIds(options.ids)
  const printer = yield* printing(matchListing(ids.length > 1), invocation)
  let unfit = false
  const take = (record: Decoded): Effect.Effect<boolean> => {
    if (record._tag === "Quarantined") {
      unfit = true
      return Effect.as(tell(misfit(record), speaksJson(invocation.choice)), true)
    }
    const rows = matchRows(record).filter(({ match }) => match.score >= (minScore ?? 0))
    return Effect.andThen(withheld(record), printer.print(rows))
  }
  const code = yield* Effect.ensuring(fetchEach(ids, invocation, take), printer.finish)
  return code === ExitCode.ok && unfit ? ExitCode.data : code
})

/** Prints the matches and gives the exit code. */
export const matches = (options: MatchesOptions): Effect.Effect<number> =>
  connected(options.invocation, reading(options))
