/** One execution: what happened in two lines, and its tabs. */
import type { AlertExecution, Decoded } from "@mixpeek-alerts/domain"
import { clean } from "../../text/Clean.ts"
import { glyphs, spelled } from "../../text/Glyph.ts"
import { ago, full, type Times, took } from "../../text/Moment.ts"
import { cells } from "../../text/Width.ts"
import { type DetailState, type Tab, tabs } from "../Detail.ts"
import { bodyHeight } from "../Layout.ts"
import type { Model, Theme } from "../Model.ts"
import { known } from "../Remote.ts"
import { historyView } from "./HistoryView.ts"
import { rules } from "./Rule.ts"
import { ends, line, type Span, span, type Lines } from "./Line.ts"
import { rawView, sourcesView } from "./LinesView.ts"
import { matchesView } from "./MatchesView.ts"
import { problemView, waitingView } from "./StateView.ts"
import { treeView } from "./TreeView.ts"

/** Whether it triggered: a sign, a word, and a colour. */
export const verdict = (record: Decoded, theme: Theme): Span => {
  const { broken, fired, quiet } = glyphs(theme.ascii)
  if (record._tag !== "ExecutionRecord") return span(`${broken} DOES NOT FIT`, "error", { bold: true })
  return record.execution.triggered
    ? span(`${fired} TRIGGERED`, "fired", { bold: true })
    : span(`${quiet} quiet`, "plain", { dim: true })
}

const when = (execution: AlertExecution, now: number, times: Times, width: number): string => {
  const at = full(execution.executedAt, times)
  const short = `${at} · ${took(execution.durationMs)}`
  const long = `${at} (${ago(execution.executedAt, now)}) · took ${took(execution.durationMs)}`
  return width >= 110 ? long : short
}

const summary = (record: Decoded, model: Model): ReadonlyArray<Span> => {
  const { columns } = model.size
  const state = verdict(record, model.theme)
  if (record._tag !== "ExecutionRecord") {
    return [state, span(`  ${clean(record.problem.message)}. Tabs 2 and 5 show what was sent.`)]
  }
  const { execution } = record
  const start = [state, span(`  ${clean(execution.alertId)}`, "name"), span(`  ${clean(execution.collectionId)}`)]
  const time = spelled(when(execution, model.now, model.times, columns), model.theme.ascii)
  const needed = start.reduce((sum, { text }) => sum + cells(text), 0) + cells(time) + 2
  return needed <= columns
    ? ends(start, [span(time, "plain", { dim: true })], columns)
    : ends(start, [span(full(execution.executedAt, model.times).slice(0, 16), "quiet")], columns)
}

const titles = (detail: DetailState, record: Decoded): Record<Tab, string> => {
  const execution = record._tag === "ExecutionRecord" ? record.execution : null
  const sources = execution?.sourceDocuments ?? null
  return {
    matches: `Matches ${execution === null ? "?" : execution.matchCount}`,
    json: "JSON",
    sources: `Sources ${sources === null ? "?" : detail.sourceCount}`,
    history: `History${detail.history.rows.length > 1 ? ` ${detail.history.rows.length}` : ""}`,
    raw: "Raw",
  }
}

/** Where there is no room for every name, only the tab that is shown has one. */
const tabLine = (detail: DetailState, record: Decoded, columns: number): ReadonlyArray<Span> => {
  const names = titles(detail, record)
  const room = tabs.reduce((sum, tab) => sum + names[tab].length + 5, 0)
  return tabs.flatMap((tab, index) => {
    const text = room <= columns || tab === detail.tab ? `${index + 1} ${names[tab]}` : String(index + 1)
    return tab === detail.tab
      ? [span(` [${text}]`, "accent", { bold: true })]
      : [span(`  ${text} `, "plain", { dim: true })]
  })
}

const bodyOf = (detail: DetailState, record: Decoded, model: Model): Lines => {
  const { columns } = model.size
  switch (detail.tab) {
    case "matches":
      return record._tag === "ExecutionRecord"
        ? matchesView(model, detail, record.execution)
        : [line([span("   The matches of this record could not be read.")], columns)]
    case "json":
      return treeView({
        lines: detail.json,
        spot: detail.spots.json,
        height: bodyHeight(model.size),
        width: columns,
        theme: model.theme,
        focused: true,
      })
    case "sources":
      return sourcesView(model, detail, record)
    case "history":
      return historyView(model, detail, record)
    case "raw":
      return rawView(model, detail)
  }
}

export const detailView = (detail: DetailState, model: Model): Lines => {
  const record = known(detail.record)
  const { columns } = model.size
  if (record === null)
    return detail.record._tag === "Failed" ? problemView(model, detail.record.problem) : waitingView(model)
  return [
    line(summary(record, model), columns),
    line(tabLine(detail, record, columns), columns),
    ...rules(model),
    ...bodyOf(detail, record, model),
  ]
}
