/** Executions by time, in buckets that grow as the range does, so that a year takes no more memory than a day. */
import { DurationCounts } from "./DurationCounts.ts"

const minute = 60_000
const hour = 60 * minute
const day = 24 * hour
/** Each is a multiple of the one before, so that buckets can be put together. */
const widths = [1, 5, 15, 60, 180, 720]
  .map((minutes) => minutes * minute)
  .concat([1, 7, 28, 364, 3640, 36_400, 364_000].map((days) => days * day))
/** A Monday, so that weeks begin on one. */
const origin = Date.UTC(1970, 0, 5)
const mostBuckets = 512

interface Counts {
  executions: number
  triggered: number
}

export class Bucket {
  /** By the number of the alert. */
  readonly alerts = new Map<number, Counts>()
  readonly durations = new DurationCounts()

  add(alert: number, executions: number, triggered: number): void {
    const counts = this.alerts.get(alert) ?? { executions: 0, triggered: 0 }
    counts.executions += executions
    counts.triggered += triggered
    this.alerts.set(alert, counts)
  }

  merge(other: Bucket): void {
    for (const [alert, { executions, triggered }] of other.alerts) this.add(alert, executions, triggered)
    this.durations.merge(other.durations)
  }

  get executions(): number {
    return [...this.alerts.values()].reduce((sum, counts) => sum + counts.executions, 0)
  }

  get triggered(): number {
    return [...this.alerts.values()].reduce((sum, counts) => sum + counts.triggered, 0)
  }
}

/** Buckets of one width without a gap; empty ones are empty. Times are milliseconds since the epoch. */
export interface Series {
  readonly start: number
  readonly width: number
  readonly buckets: ReadonlyArray<Bucket>
  /** Executions before and after, too far away to be shown with the rest. */
  readonly outside: number
}

const coarsened = (buckets: ReadonlyMap<number, Bucket>, factor: number): Map<number, Bucket> => {
  const result = new Map<number, Bucket>()
  for (const [index, bucket] of buckets) {
    const at = Math.floor(index / factor)
    const into = result.get(at)
    if (into === undefined) result.set(at, bucket)
    else into.merge(bucket)
  }
  return result
}

/** The range of indexes that holds nearly all executions, without those that are further off than all the others are from each other. */
const rangeOf = (buckets: ReadonlyMap<number, Bucket>): readonly [number, number] => {
  const sorted = [...buckets].sort(([a], [b]) => a - b)
  const total = sorted.reduce((sum, [, bucket]) => sum + bucket.executions, 0)
  let passed = 0
  let low: number | null = null
  let high = 0
  for (const [index, bucket] of sorted) {
    passed += bucket.executions
    if (low === null && passed > total * 0.01) low = index
    if (passed - bucket.executions < total * 0.99) high = index
  }
  const core = high - (low ?? 0) + 1
  const near = sorted.map(([index]) => index).filter((at) => at >= (low ?? 0) - core && at <= high + core)
  return [near[0] ?? 0, near.at(-1) ?? 0]
}

export class TimeBuckets {
  private level = 0
  private buckets = new Map<number, Bucket>()

  private get width(): number {
    return widths[this.level] as number
  }

  /** The bucket of a moment. */
  at(millis: number): Bucket {
    const index = Math.floor((millis - origin) / this.width)
    const found = this.buckets.get(index)
    if (found !== undefined) return found
    if (this.buckets.size >= mostBuckets && this.level < widths.length - 1) {
      const before = this.width
      this.level++
      this.buckets = coarsened(this.buckets, this.width / before)
      return this.at(millis)
    }
    const made = new Bucket()
    this.buckets.set(index, made)
    return made
  }

  /** What there is, in at most `limit` buckets; `null` when there is nothing. Ends the life of the buckets. */
  series(limit: number): Series | null {
    if (this.buckets.size === 0) return null
    let [first, last] = rangeOf(this.buckets)
    const shown = new Map([...this.buckets].filter(([index]) => index >= first && index <= last))
    const count = (all: Iterable<Bucket>) => [...all].reduce((sum, bucket) => sum + bucket.executions, 0)
    const outside = count(this.buckets.values()) - count(shown.values())
    let coarse = shown
    while (last - first + 1 > limit && this.level < widths.length - 1) {
      const before = this.width
      this.level++
      coarse = coarsened(coarse, this.width / before)
      first = Math.min(...coarse.keys())
      last = Math.max(...coarse.keys())
    }
    const buckets = Array.from({ length: last - first + 1 }, (_, offset) => coarse.get(first + offset) ?? new Bucket())
    return { start: origin + first * this.width, width: this.width, buckets, outside }
  }
}
