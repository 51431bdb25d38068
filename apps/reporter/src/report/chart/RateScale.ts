/** Shares of executions that triggered, and the scale that shows them. */
import type { Bucket, Series } from "../TimeBuckets.ts"

/** The share that triggered among some alerts; `null` when none of them ran. */
export const rateOf = (bucket: Bucket, alerts: ReadonlySet<number>): number | null => {
  let executions = 0
  let triggered = 0
  for (const [alert, counts] of bucket.alerts) {
    if (!alerts.has(alert)) continue
    executions += counts.executions
    triggered += counts.triggered
  }
  return executions === 0 ? null : triggered / executions
}

/** The top of a scale of rates: as low as it can be and still easy to read. */
export const scaleTop = (rates: ReadonlyArray<number>): number =>
  [0.02, 0.1, 0.2, 0.4, 0.6].find((top) => rates.every((rate) => rate <= top)) ?? 1

/** The top of a scale that these alerts share, so that their pictures can be compared. */
export const commonTop = (series: Series, groups: ReadonlyArray<ReadonlySet<number>>): number =>
  scaleTop(groups.flatMap((group) => series.buckets.map((bucket) => rateOf(bucket, group) ?? 0)))

/** The foot, the middle and the top of such a scale. */
export const rateMarks = (top: number, y: (rate: number) => number) =>
  [0, top / 2, top].map((rate) => ({ at: y(rate), text: `${rate * 100} %` }))
