/**
 * What ties the rows of one execution together across tables: its
 * `execution_id`, or a stable stand-in when the server left that out.
 */
import type { AlertExecution } from "./Execution.ts"
import { fingerprint } from "./Fingerprint.ts"

/** Marks a key that was computed here; no ID of the server starts like this. */
export const syntheticPrefix = "synthetic_"

const hex = (value: number): string => value.toString(16).padStart(8, "0")

const hash64 = (text: string): string => {
  const { high, low } = fingerprint(text)
  return hex(high) + hex(low)
}

/** What tells two runs apart. Metadata and features are left out: they belong to documents, not to the run. */
const identity = (execution: AlertExecution): string =>
  JSON.stringify([
    execution.alertId,
    execution.collectionId,
    execution.executedAt,
    execution.durationMs,
    execution.triggered,
    execution.matchCount,
    execution.sourceDocuments,
    execution.matches?.map((match) => [match.documentId, match.score]) ?? null,
  ])

/** The key of an execution: the same one whenever and wherever it is read. */
export const executionKey = (execution: AlertExecution): string =>
  execution.executionId ?? syntheticPrefix + hash64(identity(execution))
