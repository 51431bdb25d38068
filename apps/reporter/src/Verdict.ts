/** Whether a run has everything, with the reasons for the answer. */
import type { Tally } from "./Tally.ts"

export interface Verdict {
  readonly complete: boolean | "unknown"
  readonly reasons: ReadonlyArray<string>
}

const count = (n: number, one: string, many = `${one}s`): string => `${n} ${n === 1 ? one : many}`

/** What is missing for certain. */
const shortfalls = (tally: Tally): ReadonlyArray<string> => {
  const found: Array<string> = []
  if (tally.missing > 0) found.push(`${count(tally.missing, "ID")} could not be had (failures.csv)`)
  if (tally.quarantined > 0) found.push(`${count(tally.quarantined, "record")} did not fit (failures.csv)`)
  if (tally.matchCountDiffers > 0) {
    found.push(
      `${count(tally.matchCountDiffers, "execution")} came with another number of matches than the server counted`,
    )
  }
  if (tally.conflicting > 0) {
    found.push(`${count(tally.conflicting, "execution")} came again with other content; the first was kept`)
  }
  return found
}

/** The verdict on a walk that reached its end: compares what was read with what the server counted. */
const ofWalk = (tally: Tally): Verdict => {
  const reasons = [...shortfalls(tally)]
  const { known, read, totalFirst, totalLast, unread } = tally
  const before = known + unread
  if (totalFirst === null) {
    return reasons.length > 0
      ? { complete: false, reasons }
      : { complete: "unknown", reasons: ["the last page was reached, but the server gave no total to compare with"] }
  }
  if (read + before < totalFirst) {
    const earlier = before === 0 ? "" : `, with ${before} known from earlier runs`
    reasons.push(`the server counted ${totalFirst} at the start and ${read} were read${earlier}`)
  }
  if (reasons.length > 0) return { complete: false, reasons }
  const arrived = (totalLast ?? totalFirst) - totalFirst
  const note =
    before === 0
      ? `the last page was reached and all ${totalFirst} that the server counted at the start were read`
      : `${read} new and ${before} known from earlier runs are all ${totalFirst} that the server counted at the start`
  return { complete: true, reasons: arrived > 0 ? [note, `${arrived} more arrived during the walk`] : [note] }
}

/** The verdict on an export of IDs, all of which were asked for. */
const ofIds = (tally: Tally, ids: number): Verdict => {
  const reasons = shortfalls(tally)
  return reasons.length > 0
    ? { complete: false, reasons }
    : { complete: true, reasons: [`all ${count(ids, tally.known > 0 ? "new ID" : "ID")} were read`] }
}

/** The verdict on a finished run; `ids` is how many were asked for, `null` for a walk of lists. */
export const verdict = (tally: Tally, ids: number | null): Verdict => (ids === null ? ofWalk(tally) : ofIds(tally, ids))

/** The verdict of a shard that has nothing to do. */
export const idle: Verdict = { complete: true, reasons: ["nothing of what was asked for falls to this shard"] }

/** The verdict in one line for people. */
export const sentence = ({ complete, reasons }: Verdict): string =>
  `${complete === true ? "complete" : complete === false ? "NOT complete" : "completeness unknown"}: ${reasons.join("; ")}`
