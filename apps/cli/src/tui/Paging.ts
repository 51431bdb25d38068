/** What pages do to the list: the first ones, more, what fills a gap, and those of an earlier run. */
import type { Page } from "@mixpeek-alerts/domain"
import type { SavedPage } from "../cache/SavedPage.ts"
import { type Merged, type PageOf, withBack, withFilled, withFront } from "../live/Front.ts"
import { arranged, empty, itemOf, type ListState, loaded } from "./List.ts"
import type { Item } from "./Model.ts"
import { ready } from "./Remote.ts"

/** The list as an earlier run has kept it, while the server is asked. */
export const saved = ({ records, savedAt, total }: SavedPage, since: number, height: number): ListState =>
  arranged(
    { ...empty(since), items: { _tag: "Waiting", since, previous: records.map(itemOf) }, total, savedAt },
    height,
  )

const pageOf = (page: Page): PageOf<Item> => ({
  items: page.records.map(itemOf),
  next: page.next,
  total: page.totalCount,
})

const knownOf = (list: ListState) => ({ items: loaded(list), gaps: list.gaps, total: list.total })

/** What a page was asked for: the front of the list, what comes after its end, or what a gap leaves out. */
export type Aim = { readonly gap: string } | "front" | "more"

/** What a page adds to what is known. */
export const mergedWith = (list: ListState, page: Page, aim: Aim): Merged<Item> => {
  // What an earlier run saved only stands in until the server has answered.
  const known = list.savedAt === null ? knownOf(list) : { items: [], gaps: [], total: null }
  if (aim === "front") return withFront(known, pageOf(page))
  if (aim === "more") return withBack(known, pageOf(page))
  const gap = known.gaps.find(({ key }) => key === aim.gap)
  return gap === undefined ? { ...known, fresh: [], joined: true } : withFilled(known, gap, pageOf(page))
}

/** The list with one more page; the front refreshes what is there and keeps the rest. */
export const withPage = (list: ListState, page: Page, aim: Aim, now: number, height: number): ListState => {
  const { gaps, items, total } = mergedWith(list, page, aim)
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
