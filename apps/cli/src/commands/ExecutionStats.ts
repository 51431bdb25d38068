/** A fold of executions: how many triggered, how long they took, how high they scored. */
import { type AlertExecution, toMillis, toNanos, topScore, toUtc } from "@mixpeek-alerts/domain"

/** Equal steps of the score from 0 to 1. */
export const scoreSteps = 10

/** Of all executions, or of those of one alert. */
export interface ExecutionStats {
  readonly executions: number
  readonly triggered: number
  /** Milliseconds, ascending. */
  readonly durations: ReadonlyArray<number>
  /** How many top scores lie in each step; 1.0 is in the last. */
  readonly scores: ReadonlyArray<number>
  /** ISO 8601 in UTC; `null` when there was nothing. */
  readonly first: string | null
  readonly last: string | null
}

/** Collects executions one by one. */
export class StatsFold {
  private executions = 0
  private triggered = 0
  private readonly durations: Array<number> = []
  private readonly scores = Array.from({ length: scoreSteps }, () => 0)
  private first: AlertExecution | null = null
  private last: AlertExecution | null = null

  add(execution: AlertExecution): void {
    this.executions++
    if (execution.triggered) this.triggered++
    this.durations.push(execution.durationMs)
    const score = topScore(execution)
    const step = score === null ? -1 : Math.min(scoreSteps - 1, Math.floor(score * scoreSteps))
    if (step >= 0) this.scores[step] = (this.scores[step] ?? 0) + 1
    if (this.first === null || before(execution, this.first)) this.first = execution
    if (this.last === null || before(this.last, execution)) this.last = execution
  }

  result(): ExecutionStats {
    return {
      executions: this.executions,
      triggered: this.triggered,
      durations: this.durations.toSorted((one, other) => one - other),
      scores: this.scores,
      first: this.first === null ? null : toUtc(this.first.executedAt),
      last: this.last === null ? null : toUtc(this.last.executedAt),
    }
  }
}

const before = (one: AlertExecution, other: AlertExecution): boolean => {
  const [first, second] = [toMillis(one.executedAt), toMillis(other.executedAt)]
  return first === second ? toNanos(one.executedAt) < toNanos(other.executedAt) : first < second
}

/** The share that triggered, 0 to 1; `null` of nothing. */
export const rate = ({ executions, triggered }: ExecutionStats): number | null =>
  executions === 0 ? null : triggered / executions

/** The least duration that `share` (0 to 1) of the executions do not exceed; `null` of nothing. */
export const percentile = ({ durations }: ExecutionStats, share: number): number | null =>
  durations[Math.max(0, Math.ceil(share * durations.length) - 1)] ?? null
