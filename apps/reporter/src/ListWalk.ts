/**
 * What a run sees of one list: whether it comes newest first, and whether what
 * it read and what earlier runs settled add up to what the server counted.
 * Only together do these allow to stop before the end.
 */
import { type Timestamp, toNanos } from "@mixpeek-alerts/domain"
import { Schema } from "effect"

const Count = Schema.Int.check(Schema.isGreaterThanOrEqualTo(0))

export const ListWalk = Schema.Struct({
  /** The server's count at the first page; `null` when it did not say. */
  total: Schema.NullOr(Count),
  /** Executions that were not settled before, each once. */
  fresh: Count,
  /** Those of them that did not fit, and stay unsettled. */
  failed: Count,
  /** Executions that were settled before, each once. */
  known: Count,
  /** How many settled ones came in a row, up to where the walk is. */
  row: Count,
  /** Those of the fresh that came after so long a row that a walk would have stopped before them. */
  late: Count,
  /** When the execution read last was executed, as sent. */
  last: Schema.NullOr(Schema.String),
  /** What shows that the list is not newest first; `null` as long as nothing does. */
  disorder: Schema.NullOr(Schema.String),
  /** How the walk of this list ended, if it did. */
  end: Schema.Literals(["open", "whole", "early"]),
})
export type ListWalk = typeof ListWalk.Type

export const begin: ListWalk = {
  total: null,
  fresh: 0,
  failed: 0,
  known: 0,
  row: 0,
  late: 0,
  last: null,
  disorder: null,
  end: "open",
}

/** What the state says of a list. */
export interface ListFacts {
  /** Settled executions of this list, when a whole walk has proved that it comes newest first; `null` otherwise. */
  readonly settled: number | null
  /** Executions that lie anywhere in the list and are not settled: those that failed, and those that were forgotten. */
  readonly late: number
  /** When it was last walked to its end (ISO 8601). */
  readonly wholeAt: string | null
  /** Why it is not known to come newest first. */
  readonly doubt: string | null
}

export const unknownList: ListFacts = { settled: null, late: 0, wholeAt: null, doubt: null }

/** A list that came newest first is walked to its end at least this often. */
export const wholeEveryMillis = 7 * 86_400_000

/** Why a list has to be walked to its end; `null` when it may end early. */
export const whyWhole = (facts: ListFacts, now: number): string | null => {
  if (facts.settled === null) return facts.doubt ?? "its order is not proved yet"
  if (facts.wholeAt === null || now - Date.parse(facts.wholeAt) >= wholeEveryMillis)
    return "the last walk to its end is a week old"
  return null
}

const sameForm = /^[\d-]{10}T[\d:.]+Z?$/

/** Whether one time as sent is after another; text decides where it can, since this is asked for every record. */
const isAfter = (one: string, other: string): boolean =>
  one.length === other.length && sameForm.test(one) && sameForm.test(other)
    ? one > other
    : toNanos(one as Timestamp) > toNanos(other as Timestamp)

/** The walk after one more record, executed at `at`; `null` for one whose time cannot be read, which proves nothing. */
export const seeTime = (walk: ListWalk, at: string | null): Pick<ListWalk, "last" | "disorder"> =>
  at === null
    ? walk
    : {
        last: at,
        disorder:
          walk.disorder ?? (walk.last !== null && isAfter(at, walk.last) ? `${at} came after ${walk.last}` : null),
      }

/** Whether everything behind this place was settled by earlier runs. `margin` is how many settled ones must come in a row. */
export const mayStop = (walk: ListWalk, facts: ListFacts, margin: number): boolean =>
  facts.settled !== null &&
  walk.disorder === null &&
  walk.late <= facts.late &&
  walk.row >= margin &&
  facts.settled + walk.fresh === walk.total

const contradiction = (walk: ListWalk, facts: ListFacts, sum: number): string | null => {
  if (walk.disorder !== null) return `it does not come newest first (${walk.disorder})`
  if (walk.late > facts.late) return "executions arrived late, behind many that were exported before"
  if (walk.total === null) return "the server does not say how many there are"
  return sum === walk.total ? null : `the server counted ${walk.total} where ${sum} were found`
}

/** What is known of a list after a walk that ended, in a run that began at `startedAt`. */
export const after = (walk: ListWalk, facts: ListFacts, startedAt: string): ListFacts => {
  if (walk.end === "open") return unknownList
  const late = walk.failed
  if (walk.end === "early") return { ...facts, settled: (facts.settled ?? 0) + walk.fresh - walk.failed, late }
  const sum = walk.known + walk.fresh
  const doubt = contradiction(walk, facts, sum)
  return { settled: doubt === null ? sum - walk.failed : null, late, wholeAt: startedAt, doubt }
}
