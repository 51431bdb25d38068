/** What stands where data would: waiting for it, an error, a terminal that is too small. */
import type { Problem } from "../../Problem.ts"
import { clean } from "../../text/Clean.ts"
import { clock } from "../../text/Moment.ts"
import { bodyHeight, smallest } from "../Layout.ts"
import type { Model } from "../Model.ts"
import { selectedItem } from "../List.ts"
import { known } from "../Remote.ts"
import { filling, line, type Lines, type Span, span } from "./Line.ts"
import { panel } from "./Panel.ts"
import { wrapped } from "../../text/Wrap.ts"

/** Rows that are on their way. No animation. */
export const waitingView = ({ size }: Model): Lines => {
  const dots = (length: number) => "·".repeat(Math.max(1, Math.min(length, size.columns - 18)))
  return Array.from({ length: Math.min(6, bodyHeight(size)) }, (_, index) =>
    line([span(`   ${dots(12)}  ${dots(24 - (index % 3) * 5)}`, "quiet")], size.columns),
  )
}

/** An error in full: what happened, what to do, and what support will ask for. */
const problemLines = (problem: Problem, width: number): ReadonlyArray<ReadonlyArray<Span>> => {
  const field = (name: string, value: string): ReadonlyArray<Span> => [
    span(name.padEnd(12), "quiet"),
    span(clean(value)),
  ]
  return [
    [span(`! ${problem.tag}`, "error", { bold: true })],
    ...wrapped(clean(problem.message), width).map((text) => [span(text)]),
    [],
    ...wrapped(clean(problem.hint), width).map((text) => [span(text, "accent")]),
    [],
    ...(problem.request === "" ? [] : [field("request", problem.request)]),
    ...(problem.status === null ? [] : [field("status", String(problem.status))]),
    ...(problem.requestId === null ? [] : [field("request ID", problem.requestId)]),
    ...(problem.retryAt === null ? [] : [field("try again", `${clock(problem.retryAt)} UTC, which happens by itself`)]),
    ...problem.attempts.map(({ outcome, requestId, status, waitMillis }, index) =>
      field(
        index === 0 ? "attempts" : "",
        `${index + 1}. ${status ?? "no answer"} ${outcome}${requestId === null ? "" : `  ${requestId}`}${waitMillis === 0 ? "" : `, waited ${(waitMillis / 1000).toFixed(1)} s`}`,
      ),
    ),
  ]
}

export const problemView = ({ size }: Model, problem: Problem, top = 0): Lines => {
  const width = Math.max(10, Math.min(90, size.columns - 6))
  const lines = problemLines(problem, width)
  return panel(
    lines.slice(Math.min(top, Math.max(0, lines.length - 1))).map((spans) => line(spans, width)),
    size,
  )
}

/** Several lines to read, such as text that could not be copied. */
export const textView = ({ size }: Model, title: string, text: string): Lines => {
  const width = Math.max(10, size.columns - 6)
  const lines = text.split("\n").flatMap((one) => wrapped(clean(one), width))
  return panel(
    [
      line([span(clean(title), "plain", { bold: true })], width),
      [],
      ...lines.slice(0, size.rows).map((one) => line([span(one)], width)),
    ],
    size,
  )
}

/** All that fits into a very small terminal: what is selected, and how to get more. */
export const smallView = (model: Model): Lines => {
  const { columns, rows } = model.size
  const record = model.detail === null ? (selectedItem(model.list)?.record ?? null) : known(model.detail.record)
  const execution = record?._tag === "ExecutionRecord" ? record.execution : null
  const id = model.detail?.id ?? execution?.executionId ?? ""
  const { board } = model
  const what = [
    id === "" ? "" : clean(id),
    execution === null ? "" : `${execution.triggered ? "triggered" : "quiet"}, ${execution.matchCount} matches`,
    "q quit",
  ]
  const lines = [
    `mixpeek-alerts ${columns}x${rows}`,
    ...(board === null ? what : [board._tag.toLowerCase(), "esc back"]),
    `make it ${smallest.columns}x${smallest.rows}`,
  ]
  return filling(
    lines.map((text) => line([span(text)], columns)),
    rows,
  )
}
