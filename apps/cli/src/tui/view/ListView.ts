/** The list of executions: as many rows as fit, never all of them. */
import type { ExecutionFacts } from "@mixpeek-alerts/domain"
import { bar } from "../../text/Bar.ts"
import { clean } from "../../text/Clean.ts"
import { glyphs } from "../../text/Glyph.ts"
import { brief, briefWidth, type Times, took } from "../../text/Moment.ts"
import { left, right } from "../../text/Width.ts"
import type { Gap } from "../../live/Front.ts"
import { listHeight, previewWidth } from "../Layout.ts"
import { keyFor } from "../Help.ts"
import { indexOf, isItem } from "../List.ts"
import type { Item, Model, Theme } from "../Model.ts"
import { known } from "../Remote.ts"
import { rules } from "./Rule.ts"
import { beside, filling, line, type Lines, type Span, span } from "./Line.ts"
import { previewView } from "./PreviewView.ts"
import { problemView, waitingView } from "./StateView.ts"
import { statusLine } from "./StatusLine.ts"

interface Columns {
  readonly when: number
  readonly id: number
  readonly alert: number
  readonly bar: number
  readonly took: number
}

/** What gives way when it gets narrow: the bar, then the duration, then the alert. */
const columnsFor = (width: number, times: Times): Columns => {
  const when = width < 60 ? 8 : briefWidth(times)
  const id = width < 60 ? 14 : width < 100 ? 16 : 26
  const tookWidth = width < 64 ? 0 : 8
  const barWidth = width < 72 ? 0 : 8
  const fixed =
    3 + when + 1 + id + 1 + 6 + 5 + (barWidth === 0 ? 0 : barWidth + 1) + (tookWidth === 0 ? 0 : tookWidth + 1)
  const alert = width - fixed - 1
  return { when, id, bar: barWidth, took: tookWidth, alert: alert < 10 ? 0 : alert }
}

const titles: Readonly<Record<Times, string>> = { relative: "when", utc: "when, UTC", local: "when, local" }

const head = (columns: Columns, times: Times): ReadonlyArray<Span> => [
  span(
    `   ${left(columns.when < 10 ? titles[times].replace("when, ", "") : titles[times], columns.when)} ${left("execution", columns.id)} `,
    "quiet",
  ),
  span(columns.alert === 0 ? "" : `${left("alert", columns.alert)} `, "quiet"),
  span(`match ${left(columns.bar === 0 ? "top" : "top score", columns.bar === 0 ? 4 : 5 + columns.bar)}`, "quiet"),
  span(columns.took === 0 ? "" : ` ${right("took", columns.took)}`, "quiet"),
]

/** A gap says that something is missing here, how much, and how to get it. */
const gapOf = (gap: Gap, selected: boolean, width: number, theme: Theme, key: string): ReadonlyArray<Span> => {
  const { rule, selected: marker } = glyphs(theme.ascii)
  const text = gap.missing === null ? ` maybe more here, ${key} looks ` : ` ${gap.missing} not loaded, ${key} loads `
  const before = Math.max(0, Math.min(8, Math.floor((width - text.length - 2) / 2)))
  const after = Math.max(0, width - text.length - before - 3)
  return [
    span(selected ? `${marker} ` : "  "),
    span(rule.repeat(before), "quiet"),
    span(text, "accent"),
    span(rule.repeat(after), "quiet"),
  ]
}

/** As much of a time as fits: of what is narrower than a date and a time, the time. */
const whenOf = ({ executedAt }: ExecutionFacts, { when }: Columns, { now, times }: Model): string =>
  left(brief(executedAt, times, now).slice(times === "relative" ? 0 : -when), when)

const rowOf = (
  { facts, key, record }: Item,
  selected: boolean,
  columns: Columns,
  model: Model,
): ReadonlyArray<Span> => {
  const { theme } = model
  const mark = model.marks.some((item) => item.key === key) ? span("+", "accent", { bold: true }) : span(" ")
  const { broken, fired, none, quiet, selected: marker } = glyphs(theme.ascii)
  const start = selected ? marker : " "
  if (facts === null) {
    const unfit = record._tag === "Quarantined" ? record : null
    return [
      span(start),
      span(broken, "error"),
      mark,
      span(`${left("", columns.when)} ${left(clean(unfit?.executionId ?? none), columns.id)} `),
      span(`does not fit: ${clean(unfit?.problem.message ?? "")}`, "error"),
    ]
  }
  const { topScore: score } = facts
  return [
    span(start),
    facts.triggered ? span(fired, "fired") : span(quiet, "quiet"),
    mark,
    span(`${whenOf(facts, columns, model)} `, "plain", { dim: true }),
    span(`${left(clean(facts.executionId ?? none), columns.id)} `),
    span(columns.alert === 0 ? "" : `${left(clean(facts.alertId), columns.alert)} `, "name"),
    span(right(String(facts.matchCount), 5)),
    span(` ${score === null ? right(none, 4) : score.toFixed(2)}`, "number"),
    span(
      columns.bar === 0 ? "" : ` ${left(score === null ? "" : bar(score, columns.bar, theme.ascii), columns.bar)}`,
      "fired",
    ),
    span(columns.took === 0 ? "" : ` ${right(took(facts.durationMs), columns.took)}`, "plain", { dim: true }),
  ]
}

const emptiness = (model: Model): ReadonlyArray<string> => {
  const { list } = model
  const loaded = known(list.items)?.length ?? 0
  if (loaded > 0) {
    const more = list.next === null ? "" : ` ${keyFor(model, "loadMore")} loads the next page: one request.`
    return [`None of the ${loaded} loaded executions pass the filter.`, `${keyFor(model, "clear")} clears it.${more}`]
  }
  return list.next === null
    ? ["There are no executions yet.", "An alert runs when documents arrive in a collection that it watches."]
    : ["This page is empty, and there is a next one.", `${keyFor(model, "loadMore")} loads it: one request.`]
}

const rowsOf = (model: Model, columns: Columns, width: number): Lines => {
  const { list, theme } = model
  if (list.visible.length === 0) return ["", ...emptiness(model)].map((text) => line([span(`   ${text}`)], width))
  const selected = indexOf(list)
  return list.visible.slice(list.top, list.top + listHeight(model.size)).map((item, offset) => {
    const here = list.top + offset === selected
    const spans = isItem(item)
      ? rowOf(item, here, columns, model)
      : gapOf(item.gap, here, width, theme, keyFor(model, "open"))
    return line(spans, width, here)
  })
}

export const listView = (model: Model): Lines => {
  const { list, size } = model
  if (known(list.items) === null)
    return list.items._tag === "Failed" ? problemView(model, list.items.problem) : waitingView(model)
  const height = listHeight(size) + 1
  const preview = previewWidth(size, list.preview)
  const width = size.columns - preview
  const columns = columnsFor(width, model.times)
  const rows = filling([line(head(columns, model.times), width), ...rowsOf(model, columns, width)], height)
  return [
    ...(preview === 0 ? rows : beside(rows, previewView(model, preview, height), width)),
    ...rules(model),
    statusLine(model),
  ]
}
