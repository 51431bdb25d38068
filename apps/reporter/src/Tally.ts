/** What a run has counted so far; kept in its journal, so that a resumed run counts on. */
import { Effect, Schema } from "effect"

const Count = Schema.Int.check(Schema.isGreaterThanOrEqualTo(0))
const Total = Schema.NullOr(Count)
/** A count that runs before the one which brought it in did not keep. */
const LaterCount = Count.pipe(Schema.withDecodingDefaultKey(Effect.succeed(0)))

export const Tally = Schema.Struct({
  /** Rows written. */
  executions: Count,
  matches: Count,
  sourceDocuments: Count,
  failures: Count,
  /** Records that did not fit, and IDs that could not be had: together, the failures. */
  quarantined: Count,
  missing: Count,
  /** Records that were read, each execution once. */
  read: Count,
  /** Records that came again and were written once. */
  repeated: Count,
  /** Records that came again with other content; the first was kept. */
  conflicting: Count,
  /** Records that runs before this one settled, by its state; each execution once. */
  known: LaterCount,
  /** Executions behind the place where a walk ended early: all of them settled before. */
  unread: LaterCount,
  /** Records that the filter left out. */
  filtered: Count,
  /** Records that fall to another shard; only in a shard whose pages hold them. */
  elsewhere: Schema.optionalKey(Count),
  /** Executions whose matches the server did not send. */
  withoutMatches: Count,
  /** Executions with fewer or more matches than the server counted. */
  matchCountDiffers: Count,
  /** Cells that are longer than Excel keeps, in an export for spreadsheets. */
  longCells: LaterCount,
  /** Pages or blocks of IDs. */
  units: Count,
  /** The server's count at the first and at the last page, summed over the lists; `null` when it did not say. */
  totalFirst: Total,
  totalLast: Total,
})
export type Tally = typeof Tally.Type

export const empty: Tally = {
  executions: 0,
  matches: 0,
  sourceDocuments: 0,
  failures: 0,
  quarantined: 0,
  missing: 0,
  read: 0,
  repeated: 0,
  conflicting: 0,
  known: 0,
  unread: 0,
  filtered: 0,
  withoutMatches: 0,
  matchCountDiffers: 0,
  longCells: 0,
  units: 0,
  totalFirst: null,
  totalLast: null,
}
