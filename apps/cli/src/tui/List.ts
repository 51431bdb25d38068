/**
 * The state of the list. What is selected is remembered by its key, so that
 * nothing moves under the cursor when rows come, go, or change their order.
 */
import { type Cursor, type Decoded, executionKey, type Page, toMillis, topScore } from "@mixpeek-alerts/domain"
import type { Item } from "./Model.ts"
import type { Remote } from "./Remote.ts"
import { ready } from "./Remote.ts"
import { settle, type Spot } from "./Spot.ts"

export const columnsToSort = ["time", "score", "matches", "took"] as const
export type SortBy = (typeof columnsToSort)[number]

/** A filter as the domain makes it of text. */
export interface Filter {
  readonly text: string
  readonly test: (record: Decoded) => boolean
}

export interface ListState {
  /** Everything loaded so far, in the order of the server; `null` inside until the first page is here. */
  readonly items: Remote<ReadonlyArray<Item>>
  readonly next: Cursor | null
  readonly pages: number
  readonly total: number | null
  readonly sort: { readonly by: SortBy; readonly descending: boolean }
  readonly triggeredOnly: boolean
  readonly filter: Filter | null
  /** The items that are shown, in the order in which they are shown. */
  readonly visible: ReadonlyArray<Item>
  readonly selected: string | null
  readonly top: number
  readonly preview: boolean
  /** Whether the request under way is for the next page. */
  readonly more: boolean
}

export const empty = (since: number): ListState => ({
  items: { _tag: "Waiting", since, previous: null },
  next: null,
  pages: 0,
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

const keyOf = (record: Decoded): string =>
  record._tag === "ExecutionRecord" ? executionKey(record.execution) : `broken_${record.executionId ?? record.json}`

export const itemOf = (record: Decoded): Item => ({ key: keyOf(record), record })

const measure: Record<SortBy, (record: Decoded) => number> = {
  time: (record) =>
    record._tag === "ExecutionRecord" ? toMillis(record.execution.executedAt) : Number.NEGATIVE_INFINITY,
  score: (record) => (record._tag === "ExecutionRecord" ? (topScore(record.execution) ?? -1) : -2),
  matches: (record) => (record._tag === "ExecutionRecord" ? record.execution.matchCount : -1),
  took: (record) => (record._tag === "ExecutionRecord" ? record.execution.durationMs : -1),
}

const shown = (list: ListState): ReadonlyArray<Item> => {
  const items = list.items._tag === "Ready" ? list.items.value : (list.items.previous ?? [])
  const kept = items.filter(
    ({ record }) =>
      (!list.triggeredOnly || (record._tag === "ExecutionRecord" && record.execution.triggered)) &&
      (list.filter === null || list.filter.test(record)),
  )
  const value = measure[list.sort.by]
  const sign = list.sort.descending ? -1 : 1
  let last = Number.POSITIVE_INFINITY
  const keyed = kept.map((item) => {
    // A record that does not fit has no time: it stays behind the one that the server sent before it.
    if (list.sort.by !== "time" || item.record._tag === "ExecutionRecord") last = value(item.record)
    return { item, at: last }
  })
  keyed.sort((a, b) => (a.at === b.at ? 0 : a.at < b.at ? -sign : sign))
  return keyed.map(({ item }) => item)
}

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

export const selectedItem = (list: ListState): Item | null => list.visible[indexOf(list)] ?? null

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

const merged = (fresh: ReadonlyArray<Item>, old: ReadonlyArray<Item>): ReadonlyArray<Item> => {
  const byKey = new Map<string, Item>()
  for (const item of fresh) byKey.set(item.key, item)
  for (const item of old) if (!byKey.has(item.key)) byKey.set(item.key, item)
  return [...byKey.values()]
}

/** The list with one more page; a first page refreshes what is there and keeps the rest. */
export const withPage = (list: ListState, page: Page, more: boolean, now: number, height: number): ListState => {
  const old = list.items._tag === "Ready" ? list.items.value : (list.items.previous ?? [])
  const fresh = page.records.map(itemOf)
  const first = list.pages === 0
  return arranged(
    {
      ...list,
      items: ready(more ? merged(old, fresh) : merged(fresh, old), now),
      next: more || first ? page.next : list.next,
      pages: more || first ? list.pages + 1 : list.pages,
      total: page.totalCount ?? list.total,
      more: false,
    },
    height,
  )
}
