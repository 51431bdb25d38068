/** The line under the list: the filter on the left, how much there is on the right. Text fields open here. */
import { clean } from "../../text/Clean.ts"
import { cells } from "../../text/Width.ts"
import { spelled } from "../../text/Glyph.ts"
import { keyFor } from "../Help.ts"
import { filterOf } from "../Filter.ts"
import { isItem, type ListState } from "../List.ts"
import { news } from "../Live.ts"
import type { Model, Overlay } from "../Model.ts"
import { known } from "../Remote.ts"
import { type TextField, textOf } from "../TextField.ts"
import { ends, fit, type Line, line, type Span, span, widthOf } from "./Line.ts"

/** A field with a block for its cursor. */
const fieldSpans = (label: string, field: TextField): ReadonlyArray<Span> => [
  span(label, "accent", { bold: true }),
  span(clean(field.value.slice(0, field.cursor).join(""))),
  span("▏", "accent"),
  span(clean(field.value.slice(field.cursor).join(""))),
]

/** How much there is; what is less important goes first when there is no room. */
const amount = (list: ListState, key: string, room: number): string => {
  const loaded = known(list.items)?.length ?? 0
  const rows = list.visible.filter(isItem).length
  const shown = rows === loaded ? String(loaded) : `${rows} of ${loaded}`
  const total = list.total === null || list.total === loaded ? "" : ` of ${list.total}`
  const more = list.next === null ? "" : ` · ${key} more`
  const order = ` · by ${list.sort.by === "took" ? "duration" : list.sort.by}${list.sort.descending ? "↓" : "↑"}`
  const texts = [`${shown} loaded${total}${more}${order}`, `${shown} loaded${total}${more}`, `${shown} loaded${total}`]
  return texts.find((text) => cells(text) <= room) ?? `${shown} loaded`
}

const standing = (model: Model): ReadonlyArray<Span> => {
  const { filter, gaps, sort, triggeredOnly } = model.list
  const { above, below } = news(model)
  const { live, theme } = model
  const [up, down] = theme.ascii ? ["^", "v"] : ["↑", "↓"]
  // A server that lists in another order, or puts what is new elsewhere, is not silently believed.
  const doubt = !live.on
    ? ""
    : live.ordering === "otherwise"
      ? "not newest first: live may miss some"
      : live.elsewhere > 0
        ? `${live.elsewhere} new not on page 1`
        : ""
  const { length } = model.marks
  const from = model.visit?.board ?? null
  return [
    span(from === null ? "" : `${keyFor(model, "clear")} back to the ${from._tag.toLowerCase()}  `, "quiet"),
    span(above === 0 ? "" : `${up} ${above} new  `, "accent", { bold: true }),
    span(below === 0 ? "" : `${down} ${below} new  `, "accent", { bold: true }),
    span(doubt === "" ? "" : `! ${doubt}  `, "error"),
    // Among times a gap has its own row.
    span(
      gaps.length === 0 || sort.by === "time" ? "" : `! ${gaps.length} ${gaps.length === 1 ? "gap" : "gaps"}  `,
      "error",
    ),
    span(length === 0 ? "" : `+ ${length} marked, ${keyFor(model, "compare")} compares  `, "accent"),
    span(triggeredOnly ? "x triggered only  " : "", "fired"),
    span(filter === null ? "" : `/ ${clean(filter.text)}`, "accent"),
  ]
}

const spansOf = (model: Model): ReadonlyArray<Span> => {
  const { list, overlay, size, theme } = model
  const start = standing(model)
  const text = amount(list, keyFor(model, "loadMore"), size.columns - widthOf(start) - 1)
  const end = [span(spelled(text, theme.ascii), "plain", { dim: true })]
  if (overlay?._tag !== "Filter") return ends(start, end, size.columns)
  const field = fieldSpans("/ ", overlay.field)
  const { complaint } = filterOf(textOf(overlay.field), model.now)
  // What is wrong with a filter needs the room more than how much is loaded.
  return complaint === null ? ends(field, end, size.columns) : [...field, span(`  ${clean(complaint)}`, "error")]
}

export const statusLine = (model: Model): Line => line(spansOf(model), model.size.columns)

type Fields = Extract<Overlay, { readonly _tag: "Open" | "Go" | "Find" }>

const words: Readonly<Record<Fields["_tag"], readonly [label: string, help: string]>> = {
  Open: ["open ", "enter open  esc cancel"],
  Go: [": ", "alert NAME, alerts, trends, list, open ID, filter TEXT, quit"],
  Find: ["/ ", "enter keep  esc back"],
}

/** What there is to say about what was typed so far. */
const remark = (overlay: Fields, model: Model): Span => {
  const [, help] = words[overlay._tag]
  if (overlay._tag === "Find") return span(clean(model.notice === "" ? help : model.notice.replace(/:.*/, "")), "quiet")
  return overlay.complaint === "" ? span(help, "quiet") : span(clean(overlay.complaint), "error")
}

/** A field to type into, in the place of the footer. */
export const fieldLine = (overlay: Fields, model: Model): Line => {
  const [label] = words[overlay._tag]
  const field = fieldSpans(label, overlay.field)
  // What was typed needs the room more than what could be.
  const room = model.size.columns - overlay.field.value.length - label.length - 4
  const { columns } = model.size
  return line(ends(field, fit([remark(overlay, model)], Math.max(0, room)), columns), columns)
}
