/** An execution together with the text that the server sent for it. */
import { Result } from "effect"
import { maxJsonDepth } from "./BoundedJson.ts"
import { type AlertExecution, decode, encode } from "./Execution.ts"
import { isDeeper, member } from "./JsonText.ts"
import { Malformed } from "./Malformed.ts"
import { type Quarantined, quarantined } from "./Quarantined.ts"
import { scanRecord } from "./scan/PageScan.ts"
import { ScannedRecord } from "./scan/ScannedRecord.ts"
import { TextRecord } from "./TextRecord.ts"

/** An execution that was decoded, with the text that it came from. */
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

/** The ID that a record was sent with; `null` when it was sent without. Builds nothing. */
export const recordId = (record: Decoded): string | null =>
  record._tag === "Quarantined" || record instanceof ScannedRecord ? record.executionId : record.execution.executionId

/** Whether a record's ID is this one; `null` when it was sent without. Builds nothing. */
export const carriesId = (record: Decoded, id: string): boolean | null => {
  if (record instanceof ScannedRecord) return record.carries(id)
  const sent = recordId(record)
  return sent === null ? null : sent === id
}

/** When a record says that it was executed, as sent; `null` when it did not fit. Builds nothing. */
export const recordTime = (record: Decoded): string | null => {
  if (record._tag === "Quarantined") return null
  return record instanceof ScannedRecord ? record.executedAt : record.execution.executedAt
}

/** The ID in a text that may not even be JSON; only one without escapes. */
const idIn = (json: string): string | null => {
  try {
    return /^"([^"\\]*)"$/.exec(member(json, "execution_id") ?? "")?.[1] ?? null
  } catch {
    return null
  }
}

/** A record that is nested so deep that nothing but its text and its ID is read. */
export const tooDeep = (json: string): Quarantined => {
  const problem = new Malformed({ path: "", expected: `Expected at most ${maxJsonDepth} levels of nesting` })
  return quarantined(problem, json, { execution_id: idIn(json) })
}

/**
 * The same records without the page that they came in: what is kept of it is their text, in one piece, since many small
 * pieces leave holes in the memory of a process. Each is decoded when it is looked at. For whoever keeps many.
 */
export const detached = (records: ReadonlyArray<Decoded>): ReadonlyArray<Decoded> => {
  const size = records.reduce((sum, record) => sum + (record instanceof ScannedRecord ? record.byteLength : 0), 0)
  const texts = new Uint8Array(size)
  let end = 0
  return records.map((record) => {
    if (!(record instanceof ScannedRecord)) return record
    const start = end
    end += record.byteLength
    texts.set(record.bytes, start)
    return new TextRecord(texts, start, end)
  })
}

const decoder = new TextDecoder("utf-8", { ignoreBOM: true })

/** Decodes one record, text or UTF-8, which is not copied and must not change afterwards. Fails only when it is not JSON. */
export const parseRecord = (body: string | Uint8Array): Result.Result<Decoded, Malformed> => {
  const scanned = typeof body === "string" ? null : scanRecord(body)
  if (scanned !== null) return Result.succeed(scanned)
  const json = typeof body === "string" ? body : decoder.decode(body)
  if (isDeeper(json, maxJsonDepth)) return Result.succeed(tooDeep(json))
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
