/** Two executions: side by side, then document by document, and what else differs of the one that is selected. */
import { Comparison, type ExecutionRecord, type FieldChange, topScore } from "@mixpeek-alerts/domain"
import { clean } from "../../text/Clean.ts"
import { glyphs } from "../../text/Glyph.ts"
import { full, took } from "../../text/Moment.ts"
import { cells, left, right } from "../../text/Width.ts"
import type { CompareBoard } from "../Board.ts"
import { isWithheld } from "../Comparing.ts"
import { compareSplit } from "../Layout.ts"
import type { Model } from "../Model.ts"
import { rules } from "./Rule.ts"
import type { Tone } from "../Palette.ts"
import { line, type Span, span, type Lines } from "./Line.ts"

const signs: Readonly<Record<Comparison.Change, string>> = { new: "+", gone: "-", higher: "^", lower: "v", same: "=" }
const tones: Readonly<Record<Comparison.Change, Tone>> = {
  new: "number",
  gone: "fired",
  higher: "number",
  lower: "fired",
  same: "quiet",
}

const sideRows = ({ after, before }: CompareBoard, model: Model): ReadonlyArray<readonly [string, string, string]> => {
  const { none } = glyphs(model.theme.ascii)
  const row = (name: string, text: (record: ExecutionRecord) => string) => [name, text(before), text(after)] as const
  return [
    row("", ({ execution }) => execution.executionId ?? "without an ID"),
    row("alert", ({ execution }) => execution.alertId),
    row("executed", ({ execution }) => full(execution.executedAt, model.times)),
    row("triggered", ({ execution }) => (execution.triggered ? "yes" : "no")),
    row("matches", (record) => `${record.execution.matchCount}${isWithheld(record) ? ", not sent" : ""}`),
    row("top score", ({ execution }) => topScore(execution)?.toFixed(3) ?? none),
    row("took", ({ execution }) => took(execution.durationMs)),
  ]
}

const sideSpans = ([name, before, after]: readonly [string, string, string], width: number): ReadonlyArray<Span> => {
  const side = Math.max(8, Math.floor((width - 14) / 2))
  const same = before === after
  return [
    span(` ${left(name, 11)} `, "quiet"),
    span(`${left(clean(before), side)} `, same ? "quiet" : "plain", { bold: name === "" }),
    span(clean(after), same ? "quiet" : "plain", { bold: name === "" }),
  ]
}

const counted = (fields: ReadonlyArray<FieldChange>): string =>
  fields.length === 0 ? "" : fields.length === 1 ? "1 field" : `${fields.length} fields`

const documentWidth = (width: number): number => Math.max(8, Math.min(40, width - (width < 60 ? 30 : 49)))

const head = (width: number): ReadonlyArray<Span> => [
  span(
    `   ${left("change", 9)} ${left("document", documentWidth(width))} ${right("before", 6)} ${right("after", 6)}`,
    "quiet",
  ),
  span(width < 60 ? "" : ` ${right("score", 7)}  also differs`, "quiet"),
]

const wholeSpans = ({ fields }: CompareBoard, width: number, start: string): ReadonlyArray<Span> => [
  span(start),
  span(left(fields.length === 0 ? "= same" : "~ differs", 9), fields.length === 0 ? "quiet" : "accent"),
  span(` ${left("the execution", documentWidth(width) + 14)}`),
  span(width < 60 ? ` ${fields.length}` : `${" ".repeat(10)}${counted(fields)}`, "quiet"),
]

const changeSpans = (
  change: Comparison.DocumentChange,
  width: number,
  start: string,
  none: string,
): ReadonlyArray<Span> => {
  const delta = Comparison.delta(change)
  const score = (value: number | null) => right(value?.toFixed(3) ?? none, 6)
  return [
    span(start),
    span(left(`${signs[change.change]} ${change.change}`, 9), tones[change.change]),
    span(` ${left(clean(change.documentId), documentWidth(width))}`),
    span(` ${score(change.before)} ${score(change.after)}`, "number"),
    span(
      width < 60
        ? ""
        : ` ${right(delta === null || delta === 0 ? "" : `${delta > 0 ? "+" : ""}${delta.toFixed(3)}`, 7)}`,
      "number",
    ),
    span(width < 60 ? "" : `  ${counted(change.fields)}`, "quiet"),
  ]
}

const fieldSpans = ({ after, before, path }: FieldChange, width: number, none: string): ReadonlyArray<Span> => {
  const room = Math.max(8, Math.min(32, Math.floor(width * 0.35)))
  const value = (text: string | null) => (text === null ? none : clean(text.slice(0, 400)))
  const half = Math.max(6, Math.floor((width - room - 8) / 2))
  const was = value(before)
  return [
    span(`   ${left(clean(path), room)} `, "name"),
    span(cells(was) > half ? left(was, half) : was, "fired"),
    span(" > ", "quiet"),
    span(value(after), "number"),
  ]
}

const fieldsOf = (board: CompareBoard, height: number, model: Model): Lines => {
  const width = model.size.columns
  const change = board.changes[board.spot.index - 1]
  const fields = change?.fields ?? (board.spot.index === 0 ? board.fields : [])
  const name = change === undefined ? "the execution" : clean(change.documentId)
  const withheld = isWithheld(board.before) || isWithheld(board.after)
  const absent = change !== undefined && (change.before === null || change.after === null)
  const text = withheld
    ? "An execution came without its matches, so its documents are not known."
    : absent
      ? `is only in the ${change.before === null ? "later" : "earlier"} one`
      : fields.length === 0
        ? "nothing else differs"
        : fields.length > height - 1
          ? `${fields.length} fields differ, the first of them:`
          : "differs in"
  return [
    line([span(`   ${name}  `, "plain", { bold: true }), span(text, "quiet")], width),
    ...fields
      .slice(0, Math.max(0, height - 1))
      .map((field) => line(fieldSpans(field, width, glyphs(model.theme.ascii).none), width)),
  ]
}

export const compareView = (board: CompareBoard, model: Model): Lines => {
  const { size, theme } = model
  const width = size.columns
  const { none, selected: marker } = glyphs(theme.ascii)
  const split = compareSplit(size, board.changes.length + 1)
  const { index: selected, top } = board.spot
  const rows = Array.from(
    { length: Math.min(split.table, board.changes.length + 1 - top) },
    (_, offset) => top + offset,
  )
  return [
    ...sideRows(board, model)
      .slice(0, split.sides)
      .map((row) => line(sideSpans(row, width), width)),
    ...rules(model),
    line(head(width), width),
    ...rows.map((index) => {
      const change = board.changes[index - 1]
      const start = index === selected ? `${marker}  ` : "   "
      const spans = change === undefined ? wholeSpans(board, width, start) : changeSpans(change, width, start, none)
      return line(spans, width, index === selected)
    }),
    ...rules(model),
    ...fieldsOf(board, split.fields + 1, model),
  ]
}
