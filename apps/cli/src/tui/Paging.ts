/** What pages do to the list: the first ones, more, what fills a gap, and those of an earlier run. */
import type { Page } from "@mixpeek-alerts/domain"
import type { SavedPage } from "../cache/SavedPage.ts"
import { type Merged, type PageOf, withBack, withFilled, withFront } from "../live/Front.ts"
import { keyOf } from "../live/RecordKey.ts"
import { arranged, empty, itemsOf, type ListState, loaded } from "./List.ts"
import type { Item } from "./Model.ts"
import { ready } from "./Remote.ts"

/** The list as an earlier run has kept it, while the server is asked. */
export const saved = ({ records, savedAt, total }: SavedPage, since: number, height: number): ListState =>
  arranged({ ...empty(since), items: { _tag: "Waiting", since, previous: itemsOf(records) }, total, savedAt }, height)

/** A page of items. What is known is not decoded again: an execution does not change after it ran. */
const pageOf = ({ next, records, totalCount }: Page, known: ReadonlyMap<string, Item>): PageOf<Item> => {
  const old = records.map((record) => {
    const item = known.get(keyOf(record))
    return item?.record._tag === "ExecutionRecord" && record._tag === "ExecutionRecord" ? item : null
  })
  const fresh = itemsOf(records.filter((_, index) => old[index] === null)).values()
  return { items: old.map((item) => item ?? (fresh.next().value as Item)), next, total: totalCount }
}

const knownOf = (list: ListState) => ({ items: loaded(list), gaps: list.gaps, total: list.total })

/** What a page was asked for: the front of the list anew, what is new there, what comes after its end, or what a gap leaves out. */
export type Aim = { readonly gap: string } | "front" | "look" | "more"

/** What a page adds to what is known. */
export const mergedWith = (list: ListState, page: Page, aim: Aim): Merged<Item> => {
  // What an earlier run saved only stands in until the server has answered.
  const known = list.savedAt === null ? knownOf(list) : { items: [], gaps: [], total: null }
  // Whoever asks for the front again wants what the server says now.
  const keep = aim === "front" ? [] : known.items
  const read = pageOf(page, new Map(keep.map((item) => [item.key, item])))
  if (aim === "front" || aim === "look") return withFront(known, read)
  if (aim === "more") return withBack(known, read)
  const gap = known.gaps.find(({ key }) => key === aim.gap)
  return gap === undefined ? { ...known, fresh: [], joined: true } : withFilled(known, gap, read)
}

/** The list with one more page. */
export const withPage = (list: ListState, page: Page, aim: Aim, now: number, height: number): ListState =>
  withMerged(list, mergedWith(list, page, aim), page, aim, now, height)

/** The list with what a page has added to it. */
export const withMerged = (
  list: ListState,
  { gaps, items, total }: Merged<Item>,
  page: Page,
  aim: Aim,
  now: number,
  height: number,
): ListState => {
  const grows = aim === "more" || list.pages === 0
  return arranged(
    {
      ...list,
      items: ready(items, now),
      gaps,
      next: grows ? page.next : list.next,
      pages: grows ? list.pages + 1 : list.pages,
      total,
      more: false,
      savedAt: null,
    },
    height,
  )
}
