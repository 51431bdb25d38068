/** What a watch has seen: which records of a page are new, and where to go on. */
import { type Decoded, recordId, toNanos } from "@mixpeek-alerts/domain"
import { keyOf } from "../live/RecordKey.ts"

/** More keys than this are not remembered; they are far older than anything on a first page. */
const mostKeys = 100_000

const byTime = (one: Decoded, other: Decoded): number => {
  if (one._tag === "Quarantined" || other._tag === "Quarantined") return 0
  const [first, second] = [toNanos(one.execution.executedAt), toNanos(other.execution.executedAt)]
  return first < second ? -1 : first > second ? 1 : 0
}

/** The records of pages that were read one after the other, newest first. */
export interface Found {
  /** New ones, the oldest first. */
  readonly fresh: ReadonlyArray<Decoded>
  /** Whether the pages reach back to something that was known before. */
  readonly joined: boolean
}

export class WatchLog {
  private readonly seen = new Set<string>()
  private since: string | null
  /** The newest ID so far, to go on from. */
  lastId: string | null

  /** `since` is the ID that a watch goes on from. */
  constructor(since: string | null) {
    this.since = since
    this.lastId = since
  }

  /** Whether a watch begins here, with nothing to compare with. */
  get isEmpty(): boolean {
    return this.seen.size === 0 && this.since === null
  }

  /** Whether one of `records` was known before. */
  knows(records: ReadonlyArray<Decoded>): boolean {
    return records.some((record) => keyOf(record) === this.since || this.seen.has(keyOf(record)))
  }

  /** Tells new records from known ones, and knows them all from now on. */
  take(records: ReadonlyArray<Decoded>): Found {
    const joined = this.knows(records)
    const at = this.since === null ? -1 : records.findIndex((record) => keyOf(record) === this.since)
    const newer = at === -1 ? records : records.slice(0, at)
    const fresh = newer.filter((record) => !this.seen.has(keyOf(record)))
    for (const record of records) this.seen.add(keyOf(record))
    for (const key of this.seen) {
      if (this.seen.size <= mostKeys) break
      this.seen.delete(key)
    }
    this.since = null
    this.lastId = records.map(recordId).find((id) => id !== null) ?? this.lastId
    return { fresh: fresh.toReversed().sort(byTime), joined }
  }
}
