/** What a Mixpeek alert execution is. The public API of `@mixpeek-alerts/domain`. */
export * as Csv from "./Csv.ts"
export * as JsonText from "./JsonText.ts"
export * as Table from "./Table.ts"
export { Alert, AlertPage } from "./Alert.ts"
export { type ApiFault, decodeFault, ErrorEnvelope, FastApiValidation, type FaultIssue } from "./ApiFault.ts"
export { AlertExecution, AlertExecutionWire, decode, encode, topScore } from "./Execution.ts"
export { type ExecutionFilter, parseFilter } from "./ExecutionFilter.ts"
export { executionKey, syntheticPrefix } from "./ExecutionKey.ts"
export { type Decoded, decodeRecord, type ExecutionRecord, parseRecord, recordOf } from "./ExecutionRecord.ts"
export { contentHash, type Fingerprint, fingerprint } from "./Fingerprint.ts"
export {
  AlertId,
  CollectionId,
  DocumentId,
  ExecutionId,
  type InvalidId,
  maxIdLength,
  parseExecutionId,
} from "./Identifier.ts"
export type { FilterProblem } from "./FilterField.ts"
export type { Json, JsonObject } from "./Json.ts"
export { Malformed } from "./Malformed.ts"
export { type AlertMatch, AlertMatchWire } from "./Match.ts"
export { parseMoment, parseSpan } from "./Moment.ts"
export { Cursor, decodePage, type Page } from "./Page.ts"
export type { Quarantined } from "./Quarantined.ts"
export { RowBuffer } from "./RowBuffer.ts"
export { Timestamp, toMillis, toNanos, toUtc } from "./Timestamp.ts"
