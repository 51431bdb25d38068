/** The IDs to export: from arguments, from a text with comments, or from JSON lines. */
import { type ExecutionId, parseExecutionId, parseIdText } from "@mixpeek-alerts/domain"
import { Result } from "effect"
import { fail, type ReporterError } from "./ReporterError.ts"

/** IDs in the order in which they first occurred, each once. */
export interface IdList {
  readonly ids: ReadonlyArray<ExecutionId>
  /** How many were given again and are exported once. */
  readonly repeated: number
}

const collect = (found: ReadonlyArray<ExecutionId>): IdList => {
  const once = new Set(found)
  const repeated = found.length - once.size
  return { ids: repeated === 0 ? found : Array.from(once), repeated }
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
  const found = parseIdText(text)
  if (Result.isSuccess(found)) return Result.succeed(collect(found.success))
  const { hint, line, message } = found.failure
  return Result.fail(fail("BadIdFile", `${line === 0 ? name : `${name}, line ${line}`}: ${message}`, hint))
}
