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

/** Rows of the history, under its column names and over the line that says how much it is. */
export const historyHeight = (size: Size): number => Math.max(1, bodyHeight(size) - 2)

/** How many buckets a chart has room for: every one takes a column and a gap. */
export const bucketRoom = (size: Size): number => Math.max(8, Math.floor((size.columns - 8) / 2))

/** How a comparison divides the screen: rows for the two sides, for the lines, and for the fields of one. */
export const compareSplit = (
  size: Size,
  count: number,
): { readonly sides: number; readonly table: number; readonly fields: number } => {
  const body = size.rows - (ruled(size) ? 7 : 4)
  const sides = body >= 16 ? 7 : 1
  const rest = body - sides - (ruled(size) ? 1 : 0)
  const table = Math.max(1, Math.min(count, Math.floor(rest * 0.6)))
  return { sides, table, fields: Math.max(1, rest - table) }
}

/** How the matches tab divides its body: rows of the table (without its head) and rows of the tree. */
export const matchesSplit = (size: Size, count: number): { readonly table: number; readonly tree: number } => {
  const body = bodyHeight(size)
  const edges = ruled(size) ? 3 : 2
  const table = Math.max(1, Math.min(count, Math.floor((body - edges) * 0.45)))
  return { table, tree: Math.max(1, body - edges - table) }
}

/** The height of what scrolls in the pane that has the keys. */
export const paneHeight = (size: Size, detail: DetailState): number => {
  if (detail.tab === "history") return historyHeight(size)
  if (detail.tab !== "matches") return bodyHeight(size)
  const split = matchesSplit(size, detail.matchCount)
  return detail.pane === "tree" ? split.tree : split.table
}
