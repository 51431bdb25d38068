/** A fold of executions: how many triggered, how long they took, how high they scored. */
import type { ExecutionFacts } from "./ExecutionFacts.ts"
import { toNanos, toUtc } from "./Timestamp.ts"

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

/** Which step of the scores a top score lies in. */
export const scoreStep = (score: number): number => Math.min(scoreSteps - 1, Math.floor(score * scoreSteps))

/** Collects executions one by one. */
export class StatsFold {
  private executions = 0
  private triggered = 0
  private readonly durations: Array<number> = []
  private readonly scores = Array.from({ length: scoreSteps }, () => 0)
  private first: ExecutionFacts | null = null
  private last: ExecutionFacts | null = null

  /** Counts one more. */
  add(facts: ExecutionFacts): void {
    this.executions++
    if (facts.triggered) this.triggered++
    this.durations.push(facts.durationMs)
    const step = facts.topScore === null ? -1 : scoreStep(facts.topScore)
    if (step >= 0) this.scores[step] = (this.scores[step] ?? 0) + 1
    if (this.first === null || isBefore(facts, this.first)) this.first = facts
    if (this.last === null || isBefore(this.last, facts)) this.last = facts
  }

  /** The statistics of what was counted so far. */
  result(): ExecutionStats {
    return {
      executions: this.executions,
      triggered: this.triggered,
      durations: this.durations.toSorted((one, other) => one - other),
      scores: [...this.scores],
      first: this.first === null ? null : toUtc(this.first.executedAt),
      last: this.last === null ? null : toUtc(this.last.executedAt),
    }
  }
}

const isBefore = (one: ExecutionFacts, other: ExecutionFacts): boolean =>
  one.millis === other.millis ? toNanos(one.executedAt) < toNanos(other.executedAt) : one.millis < other.millis

/** The statistics of these executions. */
export const statsOf = (executions: Iterable<ExecutionFacts>): ExecutionStats => {
  const fold = new StatsFold()
  for (const facts of executions) fold.add(facts)
  return fold.result()
}

/** The share that triggered, 0 to 1; `null` of nothing. */
export const rate = ({ executions, triggered }: ExecutionStats): number | null =>
  executions === 0 ? null : triggered / executions

/** The least duration that `share` (0 to 1) of the executions do not exceed; `null` of nothing. */
export const percentile = ({ durations }: ExecutionStats, share: number): number | null =>
  durations[Math.max(0, Math.ceil(share * durations.length) - 1)] ?? null
