/**
 * A path into JSON text, as in `matches[].document_id`, `.matches[0].score` or
 * `metadata["a key"]`; what it leads to is cut out of the text as it was sent.
 */
import { JsonText } from "@mixpeek-alerts/domain"
import { Result } from "effect"
import { Code } from "../Code.ts"
import { type Problem, problem } from "../Problem.ts"

type Step =
  | { readonly _tag: "Key"; readonly key: string }
  | { readonly _tag: "Index"; readonly index: number }
  | { readonly _tag: "Each" }

export type Path = ReadonlyArray<Step>

const segment = /^(?:\.?([\p{L}_$][\p{L}\p{N}_$-]*)|\.?\[(\d+)\]|\.?\[\]|\.?\[("(?:[^"\\]|\\.)*")\])/u

const stepOf = ([whole, key, index, quoted]: RegExpExecArray): Step | null => {
  if (key !== undefined) return { _tag: "Key", key }
  if (index !== undefined) return { _tag: "Index", index: Number(index) }
  if (quoted === undefined) return whole.endsWith("[]") ? { _tag: "Each" } : null
  try {
    return { _tag: "Key", key: JSON.parse(quoted) as string }
  } catch {
    return null
  }
}

/** Reads a path; a lone `.` is the whole. */
export const parsePath = (text: string): Result.Result<Path, Problem> => {
  const steps: Array<Step> = []
  let rest = text.trim() === "." ? "" : text.trim()
  let found = text.trim() !== ""
  while (found && rest !== "") {
    const match = segment.exec(rest)
    const step = match === null ? null : stepOf(match)
    found = match !== null && step !== null && (steps.length === 0 || /^[.[]/.test(rest))
    if (!found || match === null || step === null) break
    steps.push(step)
    rest = rest.slice(match[0].length)
  }
  return found
    ? Result.succeed(steps)
    : Result.fail(
        problem(
          "Usage",
          Code.usage,
          `${JSON.stringify(text)} is not a path.`,
          'Write it like matches[].document_id, matches[0].score or metadata["a key"].',
        ),
      )
}

const taken = (json: string, step: Step): ReadonlyArray<string> => {
  if (step._tag === "Key") {
    const value = JsonText.member(json, step.key)
    return value === undefined ? [] : [value]
  }
  const elements = JsonText.elements(json).map(({ end, start }) => json.slice(start, end))
  return step._tag === "Each" ? elements : elements.slice(step.index, step.index + 1)
}

/** The JSON texts that the path leads to; none where it leads nowhere. */
export const valuesAt = (json: string, path: Path): ReadonlyArray<string> =>
  path.reduce<ReadonlyArray<string>>((values, step) => values.flatMap((value) => taken(value, step)), [json])

/** A JSON text as plain text: strings bare, everything else as it was sent. */
export const bare = (json: string): string => (json.startsWith('"') ? (JSON.parse(json) as string) : json)
