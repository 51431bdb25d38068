/** The line under the list: the filter on the left, how much there is on the right. Text fields open here. */
import type { ReactElement } from "react"
import { clean } from "../../text/Clean.ts"
import { cells } from "../../text/Width.ts"
import { keyFor } from "../Help.ts"
import { filterOf } from "../Filter.ts"
import { isItem, type ListState } from "../List.ts"
import { news } from "../Live.ts"
import type { Model } from "../Model.ts"
import { known } from "../Remote.ts"
import { type TextField, textOf } from "../TextField.ts"
import { ends, Line, type Span, span, widthOf } from "./Line.tsx"

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
  return [
    span(above === 0 ? "" : `${up} ${above} new  `, "accent", { bold: true }),
    span(below === 0 ? "" : `${down} ${below} new  `, "accent", { bold: true }),
    span(doubt === "" ? "" : `! ${doubt}  `, "error"),
    // Among times a gap has its own row.
    span(
      gaps.length === 0 || sort.by === "time" ? "" : `! ${gaps.length} ${gaps.length === 1 ? "gap" : "gaps"}  `,
      "error",
    ),
    span(triggeredOnly ? "x triggered only  " : "", "fired"),
    span(filter === null ? "" : `/ ${clean(filter.text)}`, "accent"),
  ]
}

const plain = (text: string): string => text.replace("↓", " down").replace("↑", " up").replaceAll("·", "-")

const spansOf = (model: Model): ReadonlyArray<Span> => {
  const { list, overlay, size, theme } = model
  const start = standing(model)
  const text = amount(list, keyFor(model, "loadMore"), size.columns - widthOf(start) - 1)
  const end = [span(theme.ascii ? plain(text) : text, "plain", { dim: true })]
  if (overlay?._tag !== "Filter") return ends(start, end, size.columns)
  const field = fieldSpans("/ ", overlay.field)
  const { complaint } = filterOf(textOf(overlay.field), model.now)
  // What is wrong with a filter needs the room more than how much is loaded.
  return complaint === null ? ends(field, end, size.columns) : [...field, span(`  ${clean(complaint)}`, "error")]
}

export const StatusLine = ({ model }: { readonly model: Model }): ReactElement => (
  <Line theme={model.theme} width={model.size.columns} spans={spansOf(model)} />
)

/** The field for an ID, in the place of the footer. */
export const OpenLine = (props: {
  readonly complaint: string
  readonly field: TextField
  readonly model: Model
}): ReactElement => {
  const { complaint, field, model } = props
  const end = complaint === "" ? span("enter open  esc cancel", "quiet") : span(clean(complaint), "error")
  return (
    <Line
      theme={model.theme}
      width={model.size.columns}
      spans={ends(fieldSpans("open ", field), [end], model.size.columns)}
    />
  )
}
