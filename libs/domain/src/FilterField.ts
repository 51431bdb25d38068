/** The fields that a filter can name, and how each compares with what is written after its colon. */
import { Option, Result } from "effect"
import { topScore } from "./Execution.ts"
import type { ExecutionRecord } from "./ExecutionRecord.ts"
import { parseMoment, parseSpan } from "./Moment.ts"
import { toMillis } from "./Timestamp.ts"

export type Test = (record: ExecutionRecord) => boolean

/** What is wrong with a filter, and what to write instead. */
export interface FilterProblem {
  readonly message: string
  readonly hint: string
}

const problem = (message: string, hint: string): Result.Result<never, FilterProblem> => Result.fail({ message, hint })

type Read = (text: string) => number | undefined

const plain: Read = (text) => (/^-?\d+(\.\d+)?$/.test(text) ? Number(text) : undefined)
const span: Read = (text) => plain(text) ?? Option.getOrUndefined(parseSpan(text))

/** `>n`, `>=n`, `<n`, `<=n`, `a..b` (both included) or `n`. */
const range = (value: string, read: Read): ((actual: number) => boolean) | undefined => {
  const between = /^(.+)\.\.(.+)$/.exec(value)
  if (between !== null) {
    const [low, high] = [read(between[1] as string), read(between[2] as string)]
    return low === undefined || high === undefined ? undefined : (actual) => actual >= low && actual <= high
  }
  const [, sign = "", rest = ""] = /^(>=|<=|>|<|=)?(.*)$/.exec(value) ?? []
  const bound = read(rest)
  if (bound === undefined) return undefined
  if (sign === ">") return (actual) => actual > bound
  if (sign === ">=") return (actual) => actual >= bound
  if (sign === "<") return (actual) => actual < bound
  if (sign === "<=") return (actual) => actual <= bound
  return (actual) => actual === bound
}

type Field = (value: string, nowMillis: number) => Result.Result<Test, FilterProblem>

const numeric =
  (name: string, read: Read, of: (record: ExecutionRecord) => number | null): Field =>
  (value) => {
    const test = range(value, read)
    if (test === undefined)
      return problem(`"${value}" is not a comparison for ${name}.`, `Write ${name}:>0.8 or ${name}:1..5.`)
    return Result.succeed((record) => {
      const actual = of(record)
      return actual !== null && test(actual)
    })
  }

/** A part in any case, or after `=` the whole as it is. */
const textual =
  (of: (record: ExecutionRecord) => ReadonlyArray<string | null>): Field =>
  (value) => {
    if (value.startsWith("=")) return Result.succeed((record) => of(record).includes(value.slice(1)))
    const wanted = value.toLowerCase()
    return Result.succeed((record) => of(record).some((text) => text !== null && text.toLowerCase().includes(wanted)))
  }

const moment =
  (name: string, compare: (at: number, bound: number) => boolean): Field =>
  (value, nowMillis) => {
    const bound = parseMoment(value, nowMillis)
    if (Option.isNone(bound))
      return problem(`"${value}" is not a time.`, `Write ${name}:2h, ${name}:7d or ${name}:2026-03-01.`)
    return Result.succeed((record) => compare(toMillis(record.execution.executedAt), bound.value))
  }

const triggered: Field = (value) => {
  const wanted = /^(yes|true|y|1)$/i.test(value) ? true : /^(no|false|n|0)$/i.test(value) ? false : undefined
  if (wanted === undefined) return problem(`"${value}" is neither yes nor no.`, "Write triggered:yes or triggered:no.")
  return Result.succeed((record) => record.execution.triggered === wanted)
}

const documents = ({ execution }: ExecutionRecord): ReadonlyArray<string | null> => [
  ...(execution.sourceDocuments ?? []),
  ...(execution.matches ?? []).map((match) => match.documentId),
]

/** Every field by its name. `score` is the highest of the execution, `took` is in milliseconds without a unit. */
export const fields: Readonly<Record<string, Field>> = {
  triggered,
  score: numeric("score", plain, (record) => topScore(record.execution)),
  matches: numeric("matches", plain, (record) => record.execution.matchCount),
  took: numeric("took", span, (record) => record.execution.durationMs),
  since: moment("since", (at, bound) => at >= bound),
  until: moment("until", (at, bound) => at < bound),
  id: textual((record) => [record.execution.executionId]),
  alert: textual((record) => [record.execution.alertId]),
  collection: textual((record) => [record.execution.collectionId]),
  document: textual(documents),
  asset: textual((record) => (record.execution.matches ?? []).map((match) => match.assetId)),
}
