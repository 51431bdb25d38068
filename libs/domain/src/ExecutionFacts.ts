/** The few facts of an execution that lists are sorted by and statistics count, without its matches. */
import { type AlertExecution, topScore } from "./Execution.ts"
import type { AlertId, ExecutionId } from "./Identifier.ts"
import { type Timestamp, toMillis } from "./Timestamp.ts"

/** Small enough to keep for every row of a long list. */
export interface ExecutionFacts {
  /** `null` when the execution was sent without one. */
  readonly executionId: ExecutionId | null
  readonly alertId: AlertId
  readonly executedAt: Timestamp
  /** `executedAt` in milliseconds since the epoch. */
  readonly millis: number
  readonly triggered: boolean
  readonly matchCount: number
  /** `null` when no match was sent. */
  readonly topScore: number | null
  readonly durationMs: number
}

/** The facts of an execution. */
export const factsOf = (execution: AlertExecution): ExecutionFacts => ({
  executionId: execution.executionId,
  alertId: execution.alertId,
  executedAt: execution.executedAt,
  millis: toMillis(execution.executedAt),
  triggered: execution.triggered,
  matchCount: execution.matchCount,
  topScore: topScore(execution),
  durationMs: execution.durationMs,
})
