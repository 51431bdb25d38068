/**
 * What ties the rows of one execution together across tables: its
 * `execution_id`, or a stable stand-in when the server left that out.
 */
import type { AlertExecution } from "./Execution.ts"

/** Marks a key that was computed here; no ID of the server starts like this. */
export const syntheticPrefix = "synthetic_"

/** Two independent 32-bit multiplicative hashes over UTF-16 units, as 16 hex digits. */
const hash64 = (text: string): string => {
  let high = 0xdeadbeef
  let low = 0x41c6ce57
  for (let index = 0; index < text.length; index++) {
    const code = text.charCodeAt(index)
    high = Math.imul(high ^ code, 2654435761)
    low = Math.imul(low ^ code, 1597334677)
  }
  const mixedHigh = Math.imul(high ^ (high >>> 16), 2246822507) ^ Math.imul(low ^ (low >>> 13), 3266489909)
  const mixedLow = Math.imul(low ^ (low >>> 16), 2246822507) ^ Math.imul(mixedHigh ^ (mixedHigh >>> 13), 3266489909)
  const hex = (value: number) => (value >>> 0).toString(16).padStart(8, "0")
  return hex(mixedHigh) + hex(mixedLow)
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
