/** What a Mixpeek alert execution is. The public API of `@mixpeek-alerts/domain`. */
export * as Csv from "./Csv.ts"
/** Where the parts of a JSON text lie, so that they can be cut out of it as they are. */
export * as JsonText from "./JsonText.ts"
/** The tables that an execution becomes, and their rows. */
export * as Table from "./Table.ts"
/** What changed from one execution to another. */
export * as Comparison from "./ExecutionComparison.ts"
/** How many executions triggered, how long they took, how high they scored. */
export * as Stats from "./ExecutionStats.ts"
/** Executions in steps of time and of duration. */
export * as Trends from "./ExecutionTrends.ts"
export { maxJsonDepth, parseJson } from "./BoundedJson.ts"
export { Alert, AlertPage } from "./Alert.ts"
export { type ApiFault, decodeFault, ErrorEnvelope, FastApiValidation, type FaultIssue } from "./ApiFault.ts"
export { AlertExecution, AlertExecutionWire, decode, encode, topScore } from "./Execution.ts"
export { type ExecutionFacts, factsOf } from "./ExecutionFacts.ts"
export { type ExecutionFilter, parseFilter } from "./ExecutionFilter.ts"
export { executionKey, syntheticPrefix } from "./ExecutionKey.ts"
export {
  carriesId,
  type Decoded,
  decodeRecord,
  detached,
  type ExecutionRecord,
  parseRecord,
  recordId,
  recordOf,
  recordTime,
} from "./ExecutionRecord.ts"
export { type FilterTerms, parseFilterTerms } from "./FilterTerms.ts"
export type { FieldChange } from "./FieldChange.ts"
export { type Fingerprint, fingerprint } from "./Fingerprint.ts"
export {
  AlertId,
  CollectionId,
  DocumentId,
  ExecutionId,
  type InvalidId,
  maxIdLength,
  parseExecutionId,
} from "./Identifier.ts"
export { type InvalidIdText, parseIdText } from "./IdText.ts"
export type { FilterProblem } from "./FilterField.ts"
export type { Json, JsonObject } from "./Json.ts"
export { Malformed } from "./Malformed.ts"
export { type AlertMatch, AlertMatchWire } from "./Match.ts"
export { parseMoment, parseSpan } from "./Moment.ts"
export { Cursor, decodePage, type Page } from "./Page.ts"
export type { Quarantined } from "./Quarantined.ts"
export {
  countsOf,
  keyFingerprint,
  type RecordCounts,
  type TableBuffers,
  writeRecord,
  writeTable,
} from "./RecordRows.ts"
export { recordFacts } from "./RecordFacts.ts"
export { RowBuffer } from "./RowBuffer.ts"
export { Timestamp, toMillis, toNanos, toUtc } from "./Timestamp.ts"
