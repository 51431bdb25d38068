/** A condition that decides the exit code, as `--fail-on` and `--until` take it. */
import { type Decoded, parseFilter } from "@mixpeek-alerts/domain"
import { Effect, Result } from "effect"
import { type Failure, understood } from "./Failure.ts"

export type Condition = (record: Decoded) => boolean

interface Misunderstood {
  readonly message: string
  readonly hint: string
}

const words: ReadonlyMap<string, string> = new Map([
  ["triggered", "triggered:yes"],
  ["not-triggered", "triggered:no"],
])

/**
 * Reads `triggered`, `not-triggered`, or a comparison like `score>=0.9`,
 * `matches>5` or `took>30s`. A record that does not fit meets no condition.
 */
export const parseCondition = (text: string): Result.Result<Condition, Misunderstood> => {
  const comparison = /^(score|matches|took)\s*(>=|<=|>|<|=)\s*(\S+)$/.exec(text.trim())
  const filter =
    words.get(text.trim()) ?? (comparison === null ? null : `${comparison.slice(1).join("").replace(/[<>=]/, ":$&")}`)
  const parsed = filter === null ? null : parseFilter(filter, 0)
  if (parsed === null || Result.isFailure(parsed)) {
    return Result.fail({
      message: `${JSON.stringify(text)} is not a condition.`,
      hint: "Write triggered, not-triggered, or a comparison like score>=0.9, matches>5 or took>30s.",
    })
  }
  const { test } = parsed.success
  return Result.succeed((record) => record._tag === "ExecutionRecord" && test(record))
}

/** The condition of a flag that may be left out. */
export const conditionOf = (text: string | null): Effect.Effect<Condition | null, Failure> =>
  text === null ? Effect.succeed(null) : understood(parseCondition(text))
