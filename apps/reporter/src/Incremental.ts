/** The part of an export that has a state: of each page only what is new goes on, and a walk may end before the list does. */
import { type Decoded, fingerprint, keyFingerprint, recordId, recordTime } from "@mixpeek-alerts/domain"
import { Effect } from "effect"
import { begin, type ListWalk, mayStop, seeTime, whyWhole } from "./ListWalk.ts"
import type { Memory } from "./Memory.ts"
import { caught, type ReporterError } from "./ReporterError.ts"
import type { RunDirectory } from "./RunDirectory.ts"
import { append, type RunState } from "./RunState.ts"
import type { Seen } from "./Seen.ts"
import { type Key, keyOf, packKeys } from "./SettledKeys.ts"
import { attempt } from "./StateFile.ts"
import type { Tally } from "./Tally.ts"
import type { Position, Unit } from "./Unit.ts"
import type { RowOptions } from "./UnitRows.ts"

/** The fingerprint that a record is known by; `null` when it did not fit and has no ID. */
const printOf = (record: Decoded) => {
  if (record._tag === "ExecutionRecord") return keyFingerprint(record)
  return record.executionId === null ? null : fingerprint(record.executionId)
}

/** What can be looked up of a page in one go. */
interface Lookup {
  readonly prints: ReadonlyArray<ReturnType<typeof printOf>>
  readonly keys: ReadonlyArray<Key>
  readonly settled: ReadonlyArray<boolean>
}

const noKey = 0n

const lookUp = (memory: Memory, records: ReadonlyArray<Decoded>): Effect.Effect<Lookup, ReporterError> => {
  const prints = records.map(printOf)
  const keys = prints.map((print) => (print === null ? noKey : keyOf(print)))
  const none = memory.settled === 0
  return Effect.map(
    attempt(memory.state, () => (none ? keys.map(() => false) : memory.find(keys))),
    (found) => ({ prints, keys, settled: found.map((one, index) => one && prints[index] !== null) }),
  )
}

export interface Sifted {
  readonly records: ReadonlyArray<Decoded>
  /** The keys of those that are settled when this run is published. */
  readonly keys: ReadonlyArray<Key>
  readonly walk: ListWalk
  readonly tally: Tally
}

/**
 * The keys of the records that the run is about to write. One that came before
 * in this run is not among them: it is there already, or it did not fit then,
 * and what did not fit is never settled.
 */
const settling = (records: ReadonlyArray<Decoded>, seen: Seen): ReadonlyArray<Key> => {
  const broken = new Set<Key>()
  const keys: Array<Key> = []
  for (const record of records) {
    const print = printOf(record)
    if (print === null) continue
    const key = keyOf(print)
    if (record._tag !== "ExecutionRecord") broken.add(key)
    else if (!broken.has(key) && !seen.knows(print)) keys.push(key)
  }
  return keys
}

/** Leaves out what earlier runs settled, and counts it. */
const sift = (
  records: ReadonlyArray<Decoded>,
  lookup: Lookup,
  margin: number,
  walk: ListWalk,
  tally: Tally,
  seen: Seen,
): Sifted => {
  const kept: Array<Decoded> = []
  let { disorder, known, last, late, row } = walk
  let repeated = 0
  for (const [index, record] of records.entries()) {
    ;({ disorder, last } = seeTime({ ...walk, disorder, last }, recordTime(record)))
    const print = lookup.prints[index] ?? null
    if (lookup.settled[index] === true && print !== null) {
      row++
      if (seen.add(print, 0) === "new") known++
      else repeated++
      continue
    }
    if (row >= margin) late++
    row = 0
    kept.push(record)
  }
  return {
    records: kept,
    keys: settling(kept, seen),
    walk: { ...walk, disorder, known, last, late, row },
    tally: { ...tally, known: tally.known + known - walk.known, repeated: tally.repeated + repeated },
  }
}

/** Where a walk goes on when this list is done with. */
const following = (list: number, lists: number): Position =>
  list + 1 < lists ? { _tag: "Page", list: list + 1, cursor: null } : { _tag: "End" }

const endOf = (unit: Unit, list: number): ListWalk["end"] =>
  unit.next._tag === "Page" && unit.next.list === list ? "open" : "whole"

/** Appends what is new in a page. Answers whether its list ends here although the server has more of it. */
const takePage = Effect.fnUntraced(function* (
  memory: Memory,
  run: RunDirectory,
  state: RunState,
  unit: Unit,
  options: RowOptions,
  from: Position & { _tag: "Page" },
): Effect.fn.Return<boolean, ReporterError> {
  const { list } = from
  const facts = memory.lists[list]
  const lookup = yield* lookUp(memory, unit.records)
  const before = state.walks[list] ?? begin
  const walk = from.cursor === null ? { ...before, total: unit.totalCount } : before
  const sifted = yield* caught(() => sift(unit.records, lookup, memory.margin, walk, state.tally, state.seen))
  state.tally = sifted.tally
  const { quarantined, read } = state.tally
  run.files.settled.append(packKeys(sifted.keys))
  yield* append(run, state, { ...unit, records: sifted.records }, options)
  const now: ListWalk = {
    ...sifted.walk,
    fresh: walk.fresh + state.tally.read - read,
    failed: walk.failed + state.tally.quarantined - quarantined,
    end: endOf(unit, list),
  }
  const early =
    now.end === "open" &&
    facts !== undefined &&
    memory.whole === null &&
    whyWhole(facts, Date.parse(memory.run.startedAt)) === null &&
    mayStop(now, facts, memory.margin)
  state.walks = state.walks.toSpliced(list, 1, early ? { ...now, end: "early" } : now)
  if (!early) return false
  state.next = following(list, memory.lists.length)
  state.tally = {
    ...state.tally,
    unread: state.tally.unread + (facts.settled ?? 0) - now.known,
    totalLast: (state.tally.totalLast ?? 0) + (unit.totalCount ?? 0),
  }
  return true
})

/** Appends what is new in a unit. Answers whether the walk of its list ends here although the server has more of it. */
export const take = Effect.fnUntraced(function* (
  memory: Memory,
  run: RunDirectory,
  state: RunState,
  unit: Unit,
  options: RowOptions,
): Effect.fn.Return<boolean, ReporterError> {
  const from = state.next
  if (from._tag === "Page" && memory.lists.length > 0) return yield* takePage(memory, run, state, unit, options, from)
  const { wanted } = options
  const records = wanted === null ? unit.records : unit.records.filter((record) => wanted.has(recordId(record) ?? ""))
  run.files.settled.append(packKeys(yield* caught(() => settling(records, state.seen))))
  yield* append(run, state, unit, options)
  return false
})
