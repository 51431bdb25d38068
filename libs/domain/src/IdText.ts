/** Execution IDs in a text that another program wrote: one a line, plain, as URLs, or in JSON lines. */
import { Result } from "effect"
import { type ExecutionId, type InvalidId, isExecutionId, parseExecutionId } from "./Identifier.ts"

/** The first line that holds no ID, and what to do about it. */
export interface InvalidIdText extends InvalidId {
  /** Its number, from 1; 0 when the text as a whole is wrong. */
  readonly line: number
}

const ofJson = (line: string): Result.Result<string, InvalidId> => {
  const hint = 'Write one object a line, like {"execution_id": "exec_8f3c21"}.'
  try {
    const value = JSON.parse(line) as { execution_id?: unknown } | null
    const id = typeof value === "object" && value !== null ? value.execution_id : undefined
    return typeof id === "string"
      ? Result.succeed(id)
      : Result.fail({ message: "The object has no execution_id.", hint })
  } catch {
    return Result.fail({ message: "The line starts like JSON and is not.", hint })
  }
}

const wholeText = (message: string): Result.Result<never, InvalidIdText> =>
  Result.fail({ line: 0, message, hint: "Give one execution ID a line." })

/**
 * Reads IDs in their order, repeated ones too. `#` starts a comment; blank
 * lines, a byte order mark and CRLF do not matter. Fails at the first line that
 * holds anything else, and when there is no ID at all.
 */
export const parseIdText = (text: string): Result.Result<ReadonlyArray<ExecutionId>, InvalidIdText> => {
  if (text.includes("\0")) return wholeText("This is binary, not a list of IDs.")
  const found: Array<ExecutionId> = []
  // A list is parted sooner by a string, where that will do.
  const lines = text.replace(/^\uFEFF/, "").split(text.includes("\r") ? /\r\n|\n|\r/ : "\n")
  for (let index = 0; index < lines.length; index++) {
    const raw = lines[index] as string
    if (isExecutionId(raw)) {
      found.push(raw)
      continue
    }
    const isJson = raw.trimStart().startsWith("{")
    const line = isJson ? raw.trim() : raw.replace(/(^|\s)#.*$/, "").trim()
    if (line === "") continue
    const id = Result.flatMap(isJson ? ofJson(line) : Result.succeed(line), parseExecutionId)
    if (Result.isFailure(id)) return Result.fail({ line: index + 1, ...id.failure })
    found.push(id.success)
  }
  return found.length === 0 ? wholeText("The list holds no execution ID.") : Result.succeed(found)
}
