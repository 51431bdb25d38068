/** How executions are printed. */
import { type AlertExecution, type Csv, type Decoded, recordId, Table, topScore, toUtc } from "@mixpeek-alerts/domain"
import type { Format } from "../output/Format.ts"
import type { Listing } from "../output/Listing.ts"
import type { Surface } from "../output/Surface.ts"
import type { ViewColumn } from "../output/View.ts"
import { bar } from "../text/Bar.ts"
import { clean } from "../text/Clean.ts"
import { glyphs } from "../text/Glyph.ts"
import { ago, took, utc } from "../text/Moment.ts"

const { columns } = Table.executions
const idColumn = columns.findIndex(({ name }) => name === "execution_id")

const unfitCells = (id: string | null): ReadonlyArray<Csv.Cell> => columns.map((_, at) => (at === idColumn ? id : null))

const barWidth = 8

type Text = (execution: AlertExecution, surface: Surface) => string

/** A cell of an execution; empty for a record that does not fit. */
const of =
  (text: Text): ViewColumn<Decoded>["text"] =>
  (record, surface) =>
    record._tag === "ExecutionRecord" ? text(record.execution, surface) : ""

const state: ViewColumn<Decoded>["text"] = (record, { ascii }) => {
  const { broken, fired, quiet } = glyphs(ascii)
  if (record._tag !== "ExecutionRecord") return `${broken} misfit`
  return record.execution.triggered ? `${fired} fired` : `${quiet} quiet`
}

const stateColor = (record: Decoded): string =>
  record._tag !== "ExecutionRecord" ? "31" : record.execution.triggered ? "33" : "2"

/** When it ran: how long ago on a terminal, else as precisely as it was sent. */
export const when: Text = ({ executedAt }, surface) =>
  !surface.terminal ? toUtc(executedAt) : surface.utc ? utc(executedAt) : ago(executedAt, surface.now)

const score: Text = (execution, { ascii }) => topScore(execution)?.toFixed(2) ?? glyphs(ascii).none

const scoreBar: Text = (execution, { ascii }) => {
  const top = topScore(execution)
  return top === null ? "" : bar(top, barWidth, ascii)
}

const alertText: ViewColumn<Decoded>["text"] = (record) =>
  record._tag === "ExecutionRecord" ? clean(record.execution.alertId) : clean(record.problem.message)

const view: ReadonlyArray<ViewColumn<Decoded>> = [
  { title: "state", align: "left", text: state, color: stateColor, drop: 0 },
  { title: "when", align: "left", text: of(when), drop: 0 },
  {
    title: "execution",
    align: "left",
    text: (record, { ascii }) => clean(recordId(record) ?? glyphs(ascii).none),
    least: 13,
    drop: 0,
  },
  { title: "alert", align: "left", text: alertText, color: () => "36", least: 8, drop: 1 },
  { title: "collection", align: "left", text: of(({ collectionId }) => clean(collectionId)), least: 8, drop: 9 },
  { title: "matches", align: "right", text: of(({ matchCount }) => String(matchCount)), drop: 3 },
  { title: "top", align: "right", text: of(score), drop: 2 },
  { title: "", align: "left", text: of(scoreBar), color: () => "33", drop: 10 },
  { title: "took", align: "right", text: of(({ durationMs }) => took(durationMs)), drop: 7 },
]

/** The listing of executions, and of records that do not fit. */
export const executionListing: Listing<Decoded> = {
  noun: "executions",
  columns,
  members: ["matches", "source_documents"],
  cells: (record) =>
    record._tag === "ExecutionRecord" ? (Table.executions.rows(record)[0] ?? []) : unfitCells(record.executionId),
  json: (record) => record.json,
  id: recordId,
  view,
}

/** Whether a format can print a record that does not fit: it has no row. */
export const keepsUnfit = (format: Format): boolean => format !== "csv" && format !== "tsv"

/** Whether a record can be printed in a format. */
export const hasRow = (record: Decoded, format: Format): boolean =>
  record._tag === "ExecutionRecord" || keepsUnfit(format)
