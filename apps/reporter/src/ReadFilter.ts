/** Reads from the flags which of the executions are wanted. */
import { type ExecutionFilter, parseFilter, parseMoment } from "@mixpeek-alerts/domain"
import { Effect, Option, Result } from "effect"
import type { ExportFlags } from "./Flags.ts"
import { type ReporterError, usage } from "./ReporterError.ts"

/** The filter flags as one text of the filter language. */
const filterText = Effect.fnUntraced(function* (
  flags: ExportFlags,
  now: number,
): Effect.fn.Return<string, ReporterError> {
  if (flags.triggered && flags.notTriggered)
    return yield* usage("--triggered and --not-triggered exclude each other.", "Give one of them.")
  const terms: Array<string> = []
  for (const [name, value] of [
    ["since", flags.since],
    ["until", flags.until],
  ] as const) {
    if (Option.isNone(value)) continue
    if (Option.isNone(parseMoment(value.value, now)))
      return yield* usage(
        `--${name} "${value.value}" is not a time.`,
        "Write it like 24h, 7d, 2026-03-01 or 2026-03-01T09:30:00Z.",
      )
    terms.push(`${name}:${value.value}`)
  }
  if (flags.triggered) terms.push("triggered:yes")
  if (flags.notTriggered) terms.push("triggered:no")
  if (Option.isSome(flags.minScore)) {
    const { value } = flags.minScore
    if (value < 0 || value > 1)
      return yield* usage(`--min-score ${value} is not a score.`, "Give a number from 0 to 1.")
    terms.push(`score:>=${value}`)
  }
  if (Option.isSome(flags.where)) terms.push(flags.where.value)
  return terms.join(" ")
})

const compile = (
  text: string,
  collections: ReadonlySet<string>,
  now: number,
): Result.Result<ExecutionFilter, ReporterError> =>
  Result.map(
    Result.mapError(parseFilter(text, now), (problem) => usage(problem.message, problem.hint)),
    (base): ExecutionFilter =>
      collections.size === 0
        ? base
        : {
            ...base,
            terms: base.terms + 1,
            test: (record) => collections.has(record.execution.collectionId) && base.test(record),
          },
  )

/** The filter as of any moment: a resumed run counts `24h` from when it began. */
export const filterAt = Effect.fnUntraced(function* (
  flags: ExportFlags,
  now: number,
): Effect.fn.Return<(nowMillis: number) => ExecutionFilter, ReporterError> {
  const text = yield* filterText(flags, now)
  const collections = new Set(flags.collection)
  yield* Effect.fromResult(compile(text, collections, now))
  return (moment) => Result.getOrThrow(compile(text, collections, moment))
})
