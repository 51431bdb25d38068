/** The filter as flags say it: shorthands beside a text of the filter language, all of which have to hold. */
import { Option, Result } from "effect"
import { type ExecutionFilter, parseFilter } from "./ExecutionFilter.ts"
import type { FilterProblem } from "./FilterField.ts"
import { parseMoment } from "./Moment.ts"

/** What was given; `null`, `false` and no collection exclude nothing. */
export interface FilterTerms {
  /** At or after this moment, as `parseMoment` reads it. */
  readonly since: string | null
  /** Before this moment. */
  readonly until: string | null
  readonly triggered: boolean
  readonly notTriggered: boolean
  /** The least top score, 0 to 1. */
  readonly minScore: number | null
  /** Any of these collections, by their whole ID. */
  readonly collections: ReadonlyArray<string>
  /** A text of the filter language. */
  readonly where: string | null
}

const problem = (message: string, hint: string): Result.Result<never, FilterProblem> => Result.fail({ message, hint })

const momentTerm = (
  name: "since" | "until",
  text: string | null,
  nowMillis: number,
): Result.Result<ReadonlyArray<string>, FilterProblem> => {
  if (text === null) return Result.succeed([])
  if (Option.isSome(parseMoment(text, nowMillis))) return Result.succeed([`${name}:"${text.trim()}"`])
  return problem(`--${name} "${text}" is not a time.`, "Write it like 24h, 7d, 2026-03-01 or 2026-03-01T09:30:00Z.")
}

/** Reads the terms as of `nowMillis` (milliseconds since the epoch). Fails with the first that makes no sense. */
export const parseFilterTerms = (
  terms: FilterTerms,
  nowMillis: number,
): Result.Result<ExecutionFilter, FilterProblem> => {
  if (terms.triggered && terms.notTriggered)
    return problem("--triggered and --not-triggered exclude each other.", "Give one of them.")
  if (terms.minScore !== null && !(terms.minScore >= 0 && terms.minScore <= 1))
    return problem(`--min-score ${terms.minScore} is not a score.`, "Give a number from 0 to 1.")
  const since = momentTerm("since", terms.since, nowMillis)
  if (Result.isFailure(since)) return Result.fail(since.failure)
  const until = momentTerm("until", terms.until, nowMillis)
  if (Result.isFailure(until)) return Result.fail(until.failure)
  const text = [
    ...since.success,
    ...until.success,
    ...(terms.triggered ? ["triggered:yes"] : []),
    ...(terms.notTriggered ? ["triggered:no"] : []),
    ...(terms.minScore === null ? [] : [`score:>=${terms.minScore}`]),
    ...(terms.where === null ? [] : [terms.where]),
  ].join(" ")
  const collections = new Set(terms.collections)
  return Result.map(parseFilter(text, nowMillis), (base) =>
    collections.size === 0
      ? base
      : {
          ...base,
          terms: base.terms + 1,
          test: (record) => collections.has(record.execution.collectionId) && base.test(record),
        },
  )
}
