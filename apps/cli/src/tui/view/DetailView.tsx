/** One execution: what happened in two lines, and its tabs. */
import type { AlertExecution, Decoded } from "@mixpeek-alerts/domain"
import type { ReactElement } from "react"
import { clean } from "../../text/Clean.ts"
import { glyphs } from "../../text/Glyph.ts"
import { ago, took, utc } from "../../text/Moment.ts"
import { cells } from "../../text/Width.ts"
import { type DetailState, type Tab, tabs } from "../Detail.ts"
import { bodyHeight, ruled } from "../Layout.ts"
import type { Model, Theme } from "../Model.ts"
import { known } from "../Remote.ts"
import { Rule } from "./Frame.tsx"
import { ends, Line, type Span, span } from "./Line.tsx"
import { RawView, SourcesView } from "./LinesView.tsx"
import { MatchesView } from "./MatchesView.tsx"
import { ProblemView, WaitingView } from "./StateView.tsx"
import { TreeView } from "./TreeView.tsx"

/** Whether it triggered: a sign, a word, and a colour. */
export const verdict = (record: Decoded, theme: Theme): Span => {
  const { broken, fired, quiet } = glyphs(theme.ascii)
  if (record._tag !== "ExecutionRecord") return span(`${broken} DOES NOT FIT`, "error", { bold: true })
  return record.execution.triggered
    ? span(`${fired} TRIGGERED`, "fired", { bold: true })
    : span(`${quiet} quiet`, "plain", { dim: true })
}

const when = (execution: AlertExecution, now: number, width: number): string => {
  const short = `${utc(execution.executedAt)} · ${took(execution.durationMs)}`
  const long = `${utc(execution.executedAt)} (${ago(execution.executedAt, now)}) · took ${took(execution.durationMs)}`
  return width >= 110 ? long : short
}

const summary = (record: Decoded, model: Model): ReadonlyArray<Span> => {
  const { columns } = model.size
  const state = verdict(record, model.theme)
  if (record._tag !== "ExecutionRecord") {
    return [state, span(`  ${clean(record.problem.message)}. Tabs 2 and 4 show what was sent.`)]
  }
  const { execution } = record
  const start = [state, span(`  ${clean(execution.alertId)}`, "name"), span(`  ${clean(execution.collectionId)}`)]
  const time = when(execution, model.now, columns)
  const needed = start.reduce((sum, { text }) => sum + cells(text), 0) + cells(time) + 2
  return needed <= columns
    ? ends(start, [span(time, "plain", { dim: true })], columns)
    : ends(start, [span(utc(execution.executedAt).slice(0, 16), "quiet")], columns)
}

const titles = (detail: DetailState, record: Decoded): Record<Tab, string> => {
  const execution = record._tag === "ExecutionRecord" ? record.execution : null
  const sources = execution?.sourceDocuments ?? null
  return {
    matches: `Matches ${execution === null ? "?" : execution.matchCount}`,
    json: "JSON",
    sources: `Sources ${sources === null ? "?" : detail.sourceCount}`,
    raw: "Raw",
  }
}

const tabLine = (detail: DetailState, record: Decoded): ReadonlyArray<Span> => {
  const names = titles(detail, record)
  return tabs.flatMap((tab, index) => {
    const text = `${index + 1} ${names[tab]}`
    return tab === detail.tab
      ? [span(` [${text}]`, "accent", { bold: true })]
      : [span(`  ${text} `, "plain", { dim: true })]
  })
}

const Body = (props: {
  readonly model: Model
  readonly detail: DetailState
  readonly record: Decoded
}): ReactElement => {
  const { detail, model, record } = props
  switch (detail.tab) {
    case "matches":
      return record._tag === "ExecutionRecord" ? (
        <MatchesView model={model} detail={detail} execution={record.execution} />
      ) : (
        <Line
          theme={model.theme}
          width={model.size.columns}
          spans={[span("   The matches of this record could not be read.")]}
        />
      )
    case "json":
      return (
        <TreeView
          lines={detail.json}
          spot={detail.spots.json}
          height={bodyHeight(model.size)}
          width={model.size.columns}
          theme={model.theme}
          focused
        />
      )
    case "sources":
      return <SourcesView {...props} />
    case "raw":
      return <RawView model={model} detail={detail} />
  }
}

export const DetailView = ({
  detail,
  model,
}: {
  readonly detail: DetailState
  readonly model: Model
}): ReactElement => {
  const record = known(detail.record)
  const { columns } = model.size
  if (record === null) {
    return detail.record._tag === "Failed" ? (
      <ProblemView model={model} problem={detail.record.problem} />
    ) : (
      <WaitingView model={model} />
    )
  }
  return (
    <>
      <Line theme={model.theme} width={columns} spans={summary(record, model)} />
      <Line theme={model.theme} width={columns} spans={tabLine(detail, record)} />
      {ruled(model.size) ? <Rule model={model} width={columns} /> : null}
      <Body model={model} detail={detail} record={record} />
    </>
  )
}
