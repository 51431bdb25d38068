/** An execution together with the text that the server sent for it. */
import { Result } from "effect"
import { type AlertExecution, decode, encode } from "./Execution.ts"
import { Malformed } from "./Malformed.ts"
import { type Quarantined, quarantined } from "./Quarantined.ts"

export interface ExecutionRecord {
  readonly _tag: "ExecutionRecord"
  readonly execution: AlertExecution
  /** The record exactly as the server sent it, every digit and unknown field included. */
  readonly json: string
}

/** What one record of a response turned out to be. */
export type Decoded = ExecutionRecord | Quarantined

/** Decodes one value that `JSON.parse` made of `json`. */
export const decodeRecord = (input: unknown, json: string): Decoded => {
  const decoded = decode(input)
  return Result.isSuccess(decoded)
    ? { _tag: "ExecutionRecord", execution: decoded.success, json }
    : quarantined(decoded.failure, json, input)
}

/** Decodes the text of one record. Fails only when the text is not JSON. */
export const parseRecord = (json: string): Result.Result<Decoded, Malformed> => {
  try {
    return Result.succeed(decodeRecord(JSON.parse(json), json))
  } catch {
    return Result.fail(new Malformed({ path: "", expected: "Expected JSON" }))
  }
}

/** A record for an execution that did not come over the wire. */
export const recordOf = (execution: AlertExecution): ExecutionRecord => ({
  _tag: "ExecutionRecord",
  execution,
  json: JSON.stringify(encode(execution)),
})
