/** Where things go on a screen of a given size. Pure numbers, for `Update` (which scrolls) and the view (which draws). */
import type { DetailState } from "./Detail.ts"
import type { Model } from "./Model.ts"

type Size = Model["size"]

export const smallest = { columns: 40, rows: 10 }
const previewFrom = 100

export const tooSmall = (size: Size): boolean => size.columns < smallest.columns || size.rows < smallest.rows

/** Rules between the parts are left out when rows are short. */
export const ruled = (size: Size): boolean => size.rows >= 16

/** Rows of the list under its column names: without header, status, footer and their rules. */
export const listHeight = (size: Size): number => Math.max(1, size.rows - (ruled(size) ? 7 : 4))

/** Columns of the preview pane, its edge included; 0 when there is no room for one. */
export const previewWidth = (size: Size, wanted: boolean): number =>
  wanted && size.columns >= previewFrom ? Math.max(40, Math.floor(size.columns * 0.4)) : 0

/** Rows between the tabs and the footer of an open execution. */
export const bodyHeight = (size: Size): number => Math.max(1, size.rows - (ruled(size) ? 7 : 4))

/** How the matches tab divides its body: rows of the table (without its head) and rows of the tree. */
export const matchesSplit = (size: Size, count: number): { readonly table: number; readonly tree: number } => {
  const body = bodyHeight(size)
  const edges = ruled(size) ? 3 : 2
  const table = Math.max(1, Math.min(count, Math.floor((body - edges) * 0.45)))
  return { table, tree: Math.max(1, body - edges - table) }
}

/** The height of what scrolls in the pane that has the keys. */
export const paneHeight = (size: Size, detail: DetailState): number => {
  if (detail.tab !== "matches") return bodyHeight(size)
  const split = matchesSplit(size, detail.matchCount)
  return detail.pane === "tree" ? split.tree : split.table
}
