/**
 * The state of the list. What is selected is remembered by its key, so that
 * nothing moves under the cursor when rows come, go, or change their order.
 */
import { type Cursor, type Decoded, detached, type ExecutionFacts, recordFacts } from "@mixpeek-alerts/domain"
import type { Gap } from "../live/Front.ts"
import { keyOf } from "../live/RecordKey.ts"
import type { Item } from "./Model.ts"
import type { Remote } from "./Remote.ts"
import { settle, type Spot } from "./Spot.ts"

export const columnsToSort = ["time", "score", "matches", "took"] as const
export type SortBy = (typeof columnsToSort)[number]

/** A filter as the domain makes it of text. */
export interface Filter {
  readonly text: string
  readonly test: (record: Decoded) => boolean
}

/** A line for executions that are there and were not read. */
export interface GapRow {
  readonly key: string
  readonly record: null
  readonly gap: Gap
}

export type Row = Item | GapRow

export const isItem = (row: Row): row is Item => row.record !== null

export interface ListState {
  /** Everything loaded so far, in the order of the server; `null` inside until the first page is here. */
  readonly items: Remote<ReadonlyArray<Item>>
  /** Where something between them was not read. */
  readonly gaps: ReadonlyArray<Gap>
  /** The alert whose executions these are; `null` for the whole namespace. */
  readonly alert: string | null
  readonly next: Cursor | null
  readonly pages: number
  /** When what is shown was saved, if it comes from an earlier run and nothing newer has come yet. */
  readonly savedAt: number | null
  /** Whether old executions were let go to bound the memory of a long watch. */
  readonly trimmed: boolean
  readonly total: number | null
  readonly sort: { readonly by: SortBy; readonly descending: boolean }
  readonly triggeredOnly: boolean
  readonly filter: Filter | null
  /** The rows that are shown, in the order in which they are shown. */
  readonly visible: ReadonlyArray<Row>
  readonly selected: string | null
  readonly top: number
  readonly preview: boolean
  /** Whether the request under way is for the next page. */
  readonly more: boolean
}

export const empty = (since: number): ListState => ({
  items: { _tag: "Waiting", since, previous: null },
  gaps: [],
  alert: null,
  next: null,
  pages: 0,
  savedAt: null,
  trimmed: false,
  total: null,
  sort: { by: "time", descending: true },
  triggeredOnly: false,
  filter: null,
  visible: [],
  selected: null,
  top: 0,
  preview: true,
  more: false,
})

/** What rows are sorted and counted by is read once; of the records their text is kept, together. */
export const itemsOf = (records: ReadonlyArray<Decoded>): ReadonlyArray<Item> => {
  const kept = detached(records)
  return records.map((record, index) => {
    const facts = recordFacts(record)
    return { key: facts?.executionId ?? keyOf(record), facts, record: kept[index] ?? record }
  })
}

export const itemOf = (record: Decoded): Item => itemsOf([record])[0] as Item

const measure: Record<SortBy, (facts: ExecutionFacts | null) => number> = {
  time: (facts) => facts?.millis ?? Number.NEGATIVE_INFINITY,
  score: (facts) => (facts === null ? -2 : (facts.topScore ?? -1)),
  matches: (facts) => facts?.matchCount ?? -1,
  took: (facts) => facts?.durationMs ?? -1,
}

/** Everything that is loaded. */
export const loaded = (list: ListState): ReadonlyArray<Item> =>
  list.items._tag === "Ready" ? list.items.value : (list.items.previous ?? [])

const passes = (list: ListState, { facts, record }: Item): boolean =>
  (!list.triggeredOnly || facts?.triggered === true) && (list.filter === null || list.filter.test(record))

const shown = (list: ListState): ReadonlyArray<Row> => {
  const byTime = list.sort.by === "time"
  const value = measure[list.sort.by]
  const sign = list.sort.descending ? -1 : 1
  // A gap has a place only among times.
  const gaps = new Map(byTime ? list.gaps.map((gap) => [gap.after, gap]) : [])
  let last = Number.POSITIVE_INFINITY
  const keyed: Array<{ readonly row: Row; readonly at: number }> = []
  for (const item of loaded(list)) {
    // A record that does not fit has no time: it stays behind the one that the server sent before it.
    if (!byTime || item.facts !== null) last = value(item.facts)
    if (passes(list, item)) keyed.push({ row: item, at: last })
    const gap = gaps.get(item.key)
    if (gap !== undefined) keyed.push({ row: { key: gap.key, record: null, gap }, at: last - 0.5 })
  }
  keyed.sort((a, b) => (a.at === b.at ? 0 : a.at < b.at ? -sign : sign))
  return keyed.map(({ row }) => row)
}

/** The executions that are shown. */
export const shownItems = (list: ListState): ReadonlyArray<Item> => list.visible.filter(isItem)

/** Where the selected row is; 0 when nothing is. */
export const indexOf = (list: ListState): number =>
  Math.max(
    0,
    list.visible.findIndex(({ key }) => key === list.selected),
  )

export const spotOf = (list: ListState): Spot => ({ index: indexOf(list), top: list.top })

/** Selects the row at `spot`. */
export const at = (list: ListState, spot: Spot): ListState => ({
  ...list,
  selected: list.visible[spot.index]?.key ?? null,
  top: spot.top,
})

const selectedRow = (list: ListState): Row | null => list.visible[indexOf(list)] ?? null

/** The execution under the cursor; `null` when there is none, or a gap. */
export const selectedItem = (list: ListState): Item | null => {
  const row = selectedRow(list)
  return row !== null && isItem(row) ? row : null
}

/** The gap under the cursor. */
export const selectedGap = (list: ListState): Gap | null => {
  const row = selectedRow(list)
  return row === null || isItem(row) ? null : row.gap
}

/**
 * The list after its rows changed. The selected row stays on the line of the
 * screen on which it is; when it is gone, the row that took its place is selected.
 */
export const arranged = (list: ListState, height: number): ListState => {
  const before = indexOf(list)
  const line = before - list.top
  const visible = shown(list)
  const found = visible.findIndex(({ key }) => key === list.selected)
  const index = found === -1 ? Math.min(before, Math.max(0, visible.length - 1)) : found
  const spot = settle({ index, top: Math.max(0, index - line) }, visible.length, height)
  // At the very top of an untouched list, newcomers push the rest down and the first row stays selected by key.
  return at({ ...list, visible }, spot)
}
