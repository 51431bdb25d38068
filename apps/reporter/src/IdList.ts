/** The IDs to export: from arguments, from a text with comments, or from JSON lines. */
import { type ExecutionId, parseExecutionId } from "@mixpeek-alerts/domain"
import { Result } from "effect"
import { fail, type ReporterError } from "./ReporterError.ts"

/** IDs in the order in which they first occurred, each once. */
export interface IdList {
  readonly ids: ReadonlyArray<ExecutionId>
  /** How many were given again and are exported once. */
  readonly repeated: number
}

const problem = (where: string, message: string, hint: string): Result.Result<never, ReporterError> =>
  Result.fail(fail("BadIdFile", `${where}: ${message}`, hint))

const ofJsonLine = (line: string, where: string): Result.Result<string, ReporterError> => {
  const hint = 'Write one object a line, like {"execution_id": "exec_8f3c21"}.'
  try {
    const value = JSON.parse(line) as { execution_id?: unknown } | null
    const id = typeof value === "object" && value !== null ? value.execution_id : undefined
    return typeof id === "string" ? Result.succeed(id) : problem(where, "The object has no execution_id.", hint)
  } catch {
    return problem(where, "The line starts like JSON and is not.", hint)
  }
}

const collect = (found: ReadonlyArray<ExecutionId>): IdList => {
  const ids = Array.from(new Set(found))
  return { ids, repeated: found.length - ids.length }
}

/** IDs given as arguments. */
export const fromArguments = (texts: ReadonlyArray<string>): Result.Result<IdList, ReporterError> => {
  const found: Array<ExecutionId> = []
  for (const text of texts) {
    const id = parseExecutionId(text)
    if (Result.isFailure(id)) return Result.fail(fail("Usage", id.failure.message, id.failure.hint))
    found.push(id.success)
  }
  return Result.succeed(collect(found))
}

/**
 * IDs from the text of a file named `name`: one a line, as plain IDs, URLs or
 * JSON objects with an `execution_id`. `#` starts a comment; blank lines, a
 * byte order mark and CRLF do not matter. Fails at the first line that holds
 * anything else, and when there is no ID at all.
 */
export const fromText = (text: string, name: string): Result.Result<IdList, ReporterError> => {
  if (text.includes("\0")) {
    return problem(name, "This is a binary file, not a list of IDs.", "Give a text file with one execution ID a line.")
  }
  const found: Array<ExecutionId> = []
  const lines = text.replace(/^\uFEFF/, "").split(/\r\n|\n|\r/)
  for (const [index, raw] of lines.entries()) {
    const line = raw.trimStart().startsWith("{") ? raw.trim() : raw.replace(/(^|\s)#.*$/, "").trim()
    if (line === "") continue
    const where = `${name}, line ${index + 1}`
    const idText = line.startsWith("{") ? ofJsonLine(line, where) : Result.succeed(line)
    if (Result.isFailure(idText)) return Result.fail(idText.failure)
    const id = parseExecutionId(idText.success)
    if (Result.isFailure(id)) return problem(where, id.failure.message, id.failure.hint)
    found.push(id.success)
  }
  if (found.length === 0) return problem(name, "The list holds no execution ID.", "Give one execution ID a line.")
  return Result.succeed(collect(found))
}
