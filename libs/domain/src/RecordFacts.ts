/** The facts of a record, without building its execution when they can be read from its text. */
import { type ExecutionFacts, factsOf } from "./ExecutionFacts.ts"
import type { Decoded } from "./ExecutionRecord.ts"
import type { AlertId } from "./Identifier.ts"
import { ScannedRecord } from "./scan/ScannedRecord.ts"
import { Head, MatchPart } from "./scan/Tape.ts"
import { type Timestamp, toMillis } from "./Timestamp.ts"

const scannedFacts = (record: ScannedRecord): ExecutionFacts => {
  const { at, tape } = record
  const executedAt = record.executedAt as Timestamp
  const topMatch = tape.get(at + Head.topMatch)
  return {
    executionId: record.executionId,
    alertId: tape.slice(at + Head.alertId) as AlertId,
    executedAt,
    millis: toMillis(executedAt),
    triggered: tape.get(at + Head.triggered) === 1,
    matchCount: tape.get(at + Head.matchCount),
    topScore: topMatch === -1 ? null : Number(tape.slice(topMatch + MatchPart.score)),
    durationMs: tape.get(at + Head.durationMs),
  }
}

/** The facts; `null` of a record that does not fit. */
export const recordFacts = (record: Decoded): ExecutionFacts | null => {
  if (record._tag === "Quarantined") return null
  return record instanceof ScannedRecord ? scannedFacts(record) : factsOf(record.execution)
}
