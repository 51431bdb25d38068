/**
 * The filter language that the terminal, the list command and the exporter
 * share: `triggered:yes score:>0.8 alert:logo took:>500ms since:2h "exact words"
 * !not ~fuzzy re:/pattern/`. Terms are joined by "and".
 */
import { Result } from "effect"
import type { ExecutionRecord } from "./ExecutionRecord.ts"
import { fields, type FilterProblem, type Test } from "./FilterField.ts"

/** A filter that was understood: which records pass. */
export interface ExecutionFilter {
  /** The text it was parsed from. */
  readonly text: string
  /** How many terms it has; with none, everything passes. */
  readonly terms: number
  /** Whether a record passes every term. */
  readonly test: (record: ExecutionRecord) => boolean
}

const words = (text: string): ReadonlyArray<string> =>
  text.match(/!?(?:re:\/(?:\\.|[^/\\])*\/[a-z]*|(?:[A-Za-z]+:)?"[^"]*"|\S+)/g) ?? []

/** What a plain word is looked for in: everything that the server sent. */
const contains = (wanted: string): Test => {
  const lower = wanted.toLowerCase()
  return (record) => record.json.toLowerCase().includes(lower)
}

const fuzzy = (wanted: string): Test => {
  const letters = Array.from(wanted.toLowerCase())
  return ({ execution }) => {
    const text = `${execution.executionId ?? ""} ${execution.alertId} ${execution.collectionId}`.toLowerCase()
    let at = 0
    return letters.every((letter) => (at = text.indexOf(letter, at) + 1) > 0)
  }
}

const regular = (source: string, flags: string): Result.Result<Test, FilterProblem> => {
  try {
    const pattern = new RegExp(source, flags.includes("i") ? "iu" : "u")
    return Result.succeed((record) => pattern.test(record.json))
  } catch {
    return regularProblem(`re:/${source}/`)
  }
}

const regularProblem = (word: string): Result.Result<never, FilterProblem> =>
  Result.fail({ message: `${word} is not a regular expression.`, hint: "Write it like re:/cam-[0-9]+/i." })

const nearest = (name: string): string | undefined =>
  Object.keys(fields).find((field) => field.startsWith(name) || name.startsWith(field) || field.includes(name))

const unquoted = (text: string): string => (/^".*"$/s.test(text) ? text.slice(1, -1) : text)

const parseTerm = (word: string, nowMillis: number): Result.Result<Test, FilterProblem> => {
  if (word.startsWith("!") && word.length > 1) {
    return Result.map(
      parseTerm(word.slice(1), nowMillis),
      (test): Test =>
        (record) =>
          !test(record),
    )
  }
  if (word.startsWith("~") && word.length > 1) return Result.succeed(fuzzy(word.slice(1)))
  const expression = /^re:\/(.*)\/([a-z]*)$/s.exec(word)
  if (expression !== null) return regular(expression[1] as string, expression[2] as string)
  if (/^re:/i.test(word)) return regularProblem(word)
  const named = /^([a-z]+):(.*)$/is.exec(word)
  if (named === null || /^https?$/i.test(named[1] as string)) return Result.succeed(contains(unquoted(word)))
  const name = (named[1] as string).toLowerCase()
  const value = named[2] as string
  const field = Object.hasOwn(fields, name) ? fields[name] : undefined
  if (field !== undefined && value === "") {
    return Result.fail({
      message: `"${word}" says nothing after its colon.`,
      hint: "Write a value there, without a space.",
    })
  }
  if (field !== undefined) return field(unquoted(value), nowMillis)
  const guess = nearest(name)
  return Result.fail({
    message: `There is no field "${name}".`,
    hint: guess === undefined ? `Fields are ${Object.keys(fields).join(", ")}.` : `Did you mean ${guess}:${value}?`,
  })
}

/**
 * Reads a filter. Times like `since:2h` count back from `nowMillis`
 * (milliseconds since the epoch). Fails with the first term that makes no sense.
 */
export const parseFilter = (text: string, nowMillis: number): Result.Result<ExecutionFilter, FilterProblem> => {
  const tests: Array<Test> = []
  for (const word of words(text)) {
    const term = parseTerm(word, nowMillis)
    if (Result.isFailure(term)) return Result.fail(term.failure)
    tests.push(term.success)
  }
  return Result.succeed({ text, terms: tests.length, test: (record) => tests.every((test) => test(record)) })
}
