/** Executions in steps: over time, by how long they took. Each step is an interval that excludes its end. */
import type { ExecutionFacts } from "./ExecutionFacts.ts"
import { type ExecutionStats, StatsFold } from "./ExecutionStats.ts"

/** The executions of a stretch of time, `[from, until)` in milliseconds since the epoch. */
export interface TimeBucket {
  readonly from: number
  readonly until: number
  readonly stats: ExecutionStats
}

/** The executions that took `[from, until)` milliseconds; `until` is `null` of the last. */
export interface DurationBucket {
  readonly from: number
  readonly until: number | null
  readonly count: number
}

const minute = 60_000
const hour = 60 * minute
const day = 24 * hour

/** The lengths of time that people count in, in milliseconds. */
export const timeSteps: ReadonlyArray<number> = [
  minute,
  5 * minute,
  15 * minute,
  30 * minute,
  hour,
  3 * hour,
  6 * hour,
  12 * hour,
  day,
  7 * day,
  30 * day,
  365 * day,
]

/** No more buckets than this are made, however short the step. */
const mostBuckets = 2000

const bounds = (executions: ReadonlyArray<ExecutionFacts>): readonly [number, number] => {
  let [first, last] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY]
  for (const { millis } of executions) {
    if (millis < first) first = millis
    if (millis > last) last = millis
  }
  return [first, last]
}

const countOf = ([first, last]: readonly [number, number], step: number): number =>
  Math.floor(last / step) - Math.floor(first / step) + 1

/** The shortest step that puts the executions into at most `most` buckets. */
export const stepFor = (executions: ReadonlyArray<ExecutionFacts>, most: number): number => {
  const span = bounds(executions)
  const longest = timeSteps.at(-1) as number
  return timeSteps.find((step) => countOf(span, step) <= most) ?? longest
}

/**
 * The executions in steps of `step` milliseconds, which begin at its multiples in UTC, the earliest first. A step in which
 * nothing ran is there, and empty. A step that would make too many is lengthened.
 */
export const timeBuckets = (executions: ReadonlyArray<ExecutionFacts>, step: number): ReadonlyArray<TimeBucket> => {
  if (executions.length === 0) return []
  const span = bounds(executions)
  if (countOf(span, step) > mostBuckets) return timeBuckets(executions, step * 2)
  const start = Math.floor(span[0] / step) * step
  const folds = Array.from({ length: countOf(span, step) }, () => new StatsFold())
  for (const facts of executions) folds[Math.floor((facts.millis - start) / step)]?.add(facts)
  return folds.map((fold, index) => ({
    from: start + index * step,
    until: start + (index + 1) * step,
    stats: fold.result(),
  }))
}

const edges: ReadonlyArray<number> = [0, 100, 200, 300, 500, 1000, 2000, 5000, 10_000, 30_000, 60_000]

/** How many took how long, from the shortest to the longest that there is. */
export const durationBuckets = ({ durations }: ExecutionStats): ReadonlyArray<DurationBucket> => {
  const buckets = edges.map((from, index) => {
    const until = edges[index + 1] ?? null
    return { from, until, count: durations.filter((one) => one >= from && (until === null || one < until)).length }
  })
  const used = buckets.map(({ count }) => count > 0)
  return buckets.slice(Math.max(0, used.indexOf(true)), used.lastIndexOf(true) + 1)
}
