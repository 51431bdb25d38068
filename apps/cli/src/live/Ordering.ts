/**
 * In which order a server lists. The API documents none, and looking at the
 * first page only finds what is new when the newest come first.
 */
import { type Decoded, toNanos } from "@mixpeek-alerts/domain"

export type Ordering = "newestFirst" | "otherwise" | "unknown"

/** Runs end out of order, so some neighbours may be the wrong way around: at most this part of them. */
const tolerance = 0.25

/** What the times on a page say; nothing when there are too few different ones. */
export const orderingOf = (records: ReadonlyArray<Decoded>): Ordering => {
  const times = records.flatMap((record) =>
    record._tag === "ExecutionRecord" ? [toNanos(record.execution.executedAt)] : [],
  )
  const steps = times.slice(1).map((time, index) => {
    const before = times[index] as bigint
    return time < before ? -1 : time > before ? 1 : 0
  })
  const down = steps.filter((step) => step < 0).length
  const up = steps.filter((step) => step > 0).length
  if (down + up < 2) return "unknown"
  const descends = (times.at(-1) as bigint) <= (times[0] as bigint)
  return descends && up <= (down + up) * tolerance ? "newestFirst" : "otherwise"
}
