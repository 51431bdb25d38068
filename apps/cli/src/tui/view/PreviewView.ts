/** The execution under the cursor, beside the list. */
import { bar } from "../../text/Bar.ts"
import { clean } from "../../text/Clean.ts"
import { glyphs } from "../../text/Glyph.ts"
import { ago, full, took } from "../../text/Moment.ts"
import { left } from "../../text/Width.ts"
import { wrapped } from "../../text/Wrap.ts"
import { selectedItem } from "../List.ts"
import type { Item, Model } from "../Model.ts"
import { verdict } from "./DetailView.ts"
import { ends, filling, line, type Lines, type Span, span } from "./Line.ts"

const field = (name: string, value: string): ReadonlyArray<Span> => [span(left(name, 12), "quiet"), span(clean(value))]

const linesOf = ({ record }: Item, model: Model, width: number): ReadonlyArray<ReadonlyArray<Span>> => {
  const { none } = glyphs(model.theme.ascii)
  const state = verdict(record, model.theme)
  if (record._tag !== "ExecutionRecord") {
    const text = wrapped(clean(record.problem.message), width).map((line) => [span(line, "error")])
    return [ends([span(clean(record.executionId ?? none), "plain", { bold: true })], [state], width), [], ...text]
  }
  const { execution } = record
  const matches = execution.matches ?? []
  const barWidth = Math.max(4, Math.min(16, width - 30))
  return [
    ends([span(clean(execution.executionId ?? "without an ID"), "plain", { bold: true })], [state], width),
    field("alert", execution.alertId),
    field("collection", execution.collectionId),
    field("executed", `${full(execution.executedAt, model.times)}, ${ago(execution.executedAt, model.now)}`),
    field("took", took(execution.durationMs)),
    field("sources", execution.sourceDocuments === null ? "not sent" : String(execution.sourceDocuments.length)),
    field(
      "matches",
      execution.matches === null && execution.matchCount > 0
        ? `${execution.matchCount}, not sent`
        : String(execution.matchCount),
    ),
    [],
    ...matches.map((match, index) => [
      span(`${String(index + 1).padStart(3)}  `, "quiet"),
      span(left(clean(match.documentId), Math.max(8, width - barWidth - 13))),
      span(` ${match.score.toFixed(3)} `, "number"),
      span(bar(match.score, barWidth, model.theme.ascii), "fired"),
    ]),
  ]
}

/** The lines that fit; the last one says how many do not. */
const shortened = (lines: ReadonlyArray<ReadonlyArray<Span>>, height: number): ReadonlyArray<ReadonlyArray<Span>> =>
  lines.length <= height
    ? lines
    : [...lines.slice(0, height - 1), [span(`     ${lines.length - height + 1} more: enter opens it`, "quiet")]]

export const previewView = (model: Model, width: number, height: number): Lines => {
  const item = selectedItem(model.list)
  const lines = item === null ? [] : shortened(linesOf(item, model, width - 2), height)
  const { guide } = glyphs(model.theme.ascii)
  return filling(lines, height).map((spans) => line([span(guide, "quiet"), ...spans], width))
}
