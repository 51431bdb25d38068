/** Small records that tests start from. */
import { Result } from "effect"
import { type AlertExecution, decode } from "../src/Execution.ts"
import { type ExecutionRecord, parseRecord } from "../src/ExecutionRecord.ts"

/** A complete execution as the server sends it. */
export const full = {
  alert_id: "alt_1",
  collection_id: "col_1",
  execution_id: "exec_1",
  triggered: true,
  match_count: 2,
  matches: [
    { document_id: "doc_1", score: 0.25, asset_id: "ast_1", matched_features: { label: "logo" }, metadata: { a: 1 } },
    { document_id: "doc_2", score: 0.75 },
  ],
  source_documents: ["doc_9"],
  executed_at: "2026-03-01T09:30:00.123456",
  duration_ms: 120,
}

/** The same without the given keys. */
export const without = (...keys: ReadonlyArray<string>): Record<string, unknown> =>
  Object.fromEntries(Object.entries(full).filter(([key]) => !keys.includes(key)))

export const execution = (changes: Record<string, unknown> = {}): AlertExecution =>
  Result.getOrThrow(decode({ ...full, ...changes }))

/** The record of a text that is an execution. */
export const record = (json: string): ExecutionRecord => {
  const decoded = Result.getOrThrow(parseRecord(json))
  if (decoded._tag !== "ExecutionRecord") throw decoded.problem
  return decoded
}

/** `depth` arrays or objects inside one another. */
export const nested = (depth: number, open: string, close: string): string =>
  `${open.repeat(depth)}null${close.repeat(depth)}`
