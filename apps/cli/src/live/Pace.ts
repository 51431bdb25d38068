/** How often to look for what is new, so that looking never takes more than its share of the rate limit. */

/** Of a limit, the part that looking may use. */
export const share = 0.5

/** The smallest limit that the API documents, in requests a minute: taken for granted while the server tells none. */
export const smallestLimit = 10

/** Milliseconds between two looks: as chosen, but never more requests than half of the limit a minute. */
export const intervalOf = (chosenMillis: number, limitPerMinute: number | null): number =>
  limitPerMinute === null ? chosenMillis : Math.max(chosenMillis, 60_000 / (limitPerMinute * share))

/** How much slower it gets when nobody looks at the window. */
const unfocused = 4
/** Each failure in a row doubles the wait, as long as that is not longer than a minute. */
const longestBackoff = 60_000
/** Up to a tenth is added, so that many watchers do not look in step. Never taken off: that would pass the share. */
const jitter = 0.1

export interface Pace {
  readonly chosenMillis: number
  /** Requests a minute; `null` when there is no limit, as of made-up data. */
  readonly limit: number | null
  readonly focused: boolean
  /** Looks in a row that failed. */
  readonly failures: number
}

/** Milliseconds from one look to the next; `random` is from 0 to 1. */
export const waitOf = ({ chosenMillis, failures, focused, limit }: Pace, random: number): number => {
  const interval = intervalOf(chosenMillis, limit)
  const backedOff = Math.max(interval, Math.min(longestBackoff, interval * 2 ** Math.min(failures, 30)))
  return Math.ceil(backedOff * (focused ? 1 : unfocused) * (1 + jitter * Math.min(1, Math.max(0, random))))
}

/** Failures of a look that pass by themselves: the next one may do better. */
const passing = new Set<string>(["ServerFault", "Unreachable", "TimedOut", "RateLimited", "CircuitOpen"])

/** Whether to look again after a failure with this tag. */
export const passes = (tag: string): boolean => passing.has(tag)

const smallestPage = 20
/** A page of more is long to decode; what it leaves out becomes a gap, and is loaded by who wants it. */
const largestPage = 200

/** The size of the next page: larger when the last one was too small for what arrived, smaller when little did. */
export const pageSizeAfter = (size: number, fresh: number, joined: boolean): number => {
  const wanted = joined ? (fresh > size / 2 ? size * 2 : fresh < size / 8 ? Math.ceil(size / 2) : size) : size * 4
  return Math.min(largestPage, Math.max(smallestPage, wanted))
}
