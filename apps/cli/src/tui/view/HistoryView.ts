/** What else the alert of an execution did, with the execution itself marked. */
import type { Decoded } from "@mixpeek-alerts/domain"
import { bar } from "../../text/Bar.ts"
import { clean } from "../../text/Clean.ts"
import { glyphs, spelled } from "../../text/Glyph.ts"
import { brief, briefWidth, took } from "../../text/Moment.ts"
import { left, right } from "../../text/Width.ts"
import type { DetailState } from "../Detail.ts"
import { alertIdOf } from "../History.ts"
import { historyHeight } from "../Layout.ts"
import { keyOf } from "../../live/RecordKey.ts"
import type { Item, Model } from "../Model.ts"
import { filling, line, type Lines, type Span, span } from "./Line.ts"

interface Columns {
  readonly id: number
  readonly count: number
  readonly bar: number
  readonly took: number
}

const columnsFor = (width: number, when: number): Columns => {
  const tookWidth = width < 60 ? 0 : 9
  const count = width < 60 ? 0 : 5
  const room = width - (8 + when + 1 + 7 + count + tookWidth)
  const barWidth = room < 30 ? 0 : Math.min(24, room - 28)
  return { id: Math.max(6, Math.min(28, room - barWidth)), count, bar: barWidth, took: tookWidth }
}

const rowOf = (
  item: Item,
  present: boolean,
  selected: boolean,
  columns: Columns,
  model: Model,
): ReadonlyArray<Span> => {
  const { facts, record } = item
  const { broken, fired, none, quiet, selected: marker } = glyphs(model.theme.ascii)
  const start = [span(selected ? marker : " "), span(present ? "this " : "     ", "accent", { bold: true })]
  const id = (text: string | null) => `${left(clean(text ?? none), columns.id)} `
  if (facts === null) {
    const text = record._tag === "Quarantined" ? `does not fit: ${clean(record.problem.message)}` : ""
    const name = record._tag === "Quarantined" ? record.executionId : null
    return [
      ...start,
      span(`${broken} `, "error"),
      span(`${left("", briefWidth(model.times))} ${id(name)}`),
      span(text, "error"),
    ]
  }
  const { durationMs, executedAt, executionId, matchCount, topScore, triggered } = facts
  return [
    ...start,
    triggered ? span(`${fired} `, "fired") : span(`${quiet} `, "quiet"),
    span(`${left(brief(executedAt, model.times, model.now), briefWidth(model.times))} `, "plain", { dim: true }),
    span(id(executionId)),
    span(columns.count === 0 ? "" : right(String(matchCount), columns.count)),
    span(` ${topScore === null ? right(none, 4) : topScore.toFixed(2)} `, "number"),
    span(
      columns.bar === 0
        ? ""
        : left(topScore === null ? "" : bar(topScore, columns.bar - 1, model.theme.ascii), columns.bar),
      "fired",
    ),
    span(columns.took === 0 ? "" : right(took(durationMs), columns.took), "plain", { dim: true }),
  ]
}

/** How much of the history this is, and what more costs. */
const coverage = ({ history }: DetailState, narrow: boolean): string => {
  const { next, request, rows, total } = history
  const many = String(rows.length)
  if (request === null && narrow) return `${many} loaded · L 100: 1 request`
  if (request === null) return `${many} of this alert are loaded · L asks for 100: 1 request`
  const all = total === null || next === null ? "" : ` of ${total}`
  if (narrow) return next === null ? `${many} of this alert: all` : `${many}${all} · L 100 more: 1 request`
  return next === null
    ? `${many}${all} of this alert: these are all`
    : `${many}${all} of this alert · L asks for 100 more: 1 request`
}

export const historyView = (model: Model, detail: DetailState, record: Decoded): Lines => {
  const width = model.size.columns
  if (alertIdOf(record) === null) return [line([span("   The record does not say which alert it is of.")], width)]
  const { rows } = detail.history
  const { index: selected, top } = detail.spots.history
  const present = keyOf(record)
  const columns = columnsFor(width, briefWidth(model.times))
  const when = left("when", briefWidth(model.times))
  const head = `        ${when} ${left("execution", columns.id)}${columns.count === 0 ? "" : " match"}  top ${left("", columns.bar)}${right(columns.took === 0 ? "" : "took", columns.took)}`
  const height = historyHeight(model.size)
  const shown = rows
    .slice(top, top + height)
    .map((item, offset) =>
      line(
        rowOf(item, item.key === present, top + offset === selected, columns, model),
        width,
        top + offset === selected,
      ),
    )
  return [
    line([span(head, "quiet")], width),
    ...filling(shown, height),
    line([span(spelled(`   ${coverage(detail, width < 60)}`, model.theme.ascii), "quiet")], width),
  ]
}
