/** What stands where data would: waiting for it, an error, a terminal that is too small. */
import { Box } from "ink"
import type { ReactElement } from "react"
import type { Problem } from "../../Problem.ts"
import { clean } from "../../text/Clean.ts"
import { clock } from "../../text/Moment.ts"
import { bodyHeight, ruled, smallest } from "../Layout.ts"
import type { Model } from "../Model.ts"
import { selectedItem } from "../List.ts"
import { known } from "../Remote.ts"
import { Line, type Span, span } from "./Line.tsx"
import { wrapped } from "../../text/Wrap.ts"

/** Rows that are on their way. No animation. */
export const WaitingView = ({ model }: { readonly model: Model }): ReactElement => {
  const rows = Math.min(6, bodyHeight(model.size))
  const dots = (length: number) => "·".repeat(Math.max(1, Math.min(length, model.size.columns - 18)))
  return (
    <>
      {Array.from({ length: rows }, (_, index) => (
        <Line
          key={index}
          theme={model.theme}
          width={model.size.columns}
          spans={[span(`   ${dots(12)}  ${dots(24 - (index % 3) * 5)}`, "quiet")]}
        />
      ))}
    </>
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

export const ProblemView = (props: {
  readonly model: Model
  readonly problem: Problem
  readonly top?: number
}): ReactElement => {
  const { model, problem, top = 0 } = props
  const width = Math.max(10, Math.min(90, model.size.columns - 6))
  const lines = problemLines(problem, width)
  return (
    <Box flexDirection="column" paddingLeft={3} paddingTop={ruled(model.size) ? 1 : 0} overflow="hidden">
      {lines.slice(Math.min(top, Math.max(0, lines.length - 1))).map((spans, index) => (
        <Line key={index} theme={model.theme} width={width} spans={spans} />
      ))}
    </Box>
  )
}

/** Several lines to read, such as text that could not be copied. */
export const TextView = (props: {
  readonly model: Model
  readonly title: string
  readonly text: string
}): ReactElement => {
  const { model, text, title } = props
  const width = Math.max(10, model.size.columns - 6)
  return (
    <Box flexDirection="column" paddingLeft={3} paddingTop={ruled(model.size) ? 1 : 0} overflow="hidden">
      <Line theme={model.theme} width={width} spans={[span(clean(title), "plain", { bold: true })]} />
      <Line theme={model.theme} width={width} spans={[]} />
      {text
        .split("\n")
        .flatMap((line) => wrapped(clean(line), width))
        .slice(0, model.size.rows)
        .map((line, index) => (
          <Line key={index} theme={model.theme} width={width} spans={[span(line)]} />
        ))}
    </Box>
  )
}

/** All that fits into a very small terminal: what is selected, and how to get more. */
export const SmallView = ({ model }: { readonly model: Model }): ReactElement => {
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
  return (
    <Box flexDirection="column" width="100%" height={rows} overflow="hidden">
      {lines.slice(0, rows).map((text, index) => (
        <Line key={index} theme={model.theme} width={columns} spans={[span(text)]} />
      ))}
    </Box>
  )
}
