/** How a comparison is printed. */
import { Comparison, type ExecutionRecord, type FieldChange, topScore } from "@mixpeek-alerts/domain"
import type { Listing } from "../output/Listing.ts"
import { painted, type Surface } from "../output/Surface.ts"
import type { ViewColumn } from "../output/View.ts"
import { clean } from "../text/Clean.ts"
import { glyphs } from "../text/Glyph.ts"
import { took } from "../text/Moment.ts"
import { cells, left } from "../text/Width.ts"
import { when } from "./ExecutionListing.ts"

/** The two executions that are compared, and one line of what differs. */
export interface ComparisonRow extends Comparison.DocumentChange {
  readonly json: string
}

/** The values are as they were sent; a side that has none has no member. */
const fieldJson = ({ after, before, path }: FieldChange): string =>
  [
    `{"path":${JSON.stringify(path)}`,
    ...(before === null ? [] : [`"before":${before}`]),
    ...(after === null ? [] : [`"after":${after}`]),
  ].join(",") + "}"

const fieldsJson = (changes: ReadonlyArray<FieldChange>): string => `[${changes.map(fieldJson).join(",")}]`

const changeJson = (change: Comparison.DocumentChange): string => {
  const scores = JSON.stringify({
    document_id: change.documentId,
    change: change.change,
    score_before: change.before,
    score_after: change.after,
    score_delta: Comparison.delta(change),
  })
  return `${scores.slice(0, -1)},"fields":${fieldsJson(change.fields)}}`
}

/** A line of its own. */
export const comparisonRow = (change: Comparison.DocumentChange): ComparisonRow => ({
  ...change,
  json: changeJson(change),
})

const sideJson = ({ execution }: ExecutionRecord): string =>
  JSON.stringify({
    execution_id: execution.executionId,
    alert_id: execution.alertId,
    executed_at: execution.executedAt,
    triggered: execution.triggered,
    match_count: execution.matchCount,
    matches_included: execution.matches !== null,
    top_score: topScore(execution),
    duration_ms: execution.durationMs,
  })

/** One object for programs. */
export const comparisonObject = (
  before: ExecutionRecord,
  after: ExecutionRecord,
  changes: ReadonlyArray<Comparison.DocumentChange>,
): ComparisonRow => ({
  documentId: "",
  change: "same",
  before: null,
  after: null,
  fields: [],
  json: `{"before":${sideJson(before)},"after":${sideJson(after)},"fields":${fieldsJson(Comparison.executionChanges(before, after))},"documents":[${changes.map(changeJson).join(",")}]}`,
})

const signs: Readonly<Record<Comparison.Change, string>> = { new: "+", gone: "-", higher: "^", lower: "v", same: "=" }
const colors: Readonly<Record<Comparison.Change, string>> = {
  new: "34",
  gone: "33",
  higher: "34",
  lower: "33",
  same: "2",
}

const score = (value: number | null, ascii: boolean): string => value?.toFixed(3) ?? glyphs(ascii).none

const signed = (value: number): string => `${value > 0 ? "+" : ""}${value.toFixed(3)}`

const view: ReadonlyArray<ViewColumn<ComparisonRow>> = [
  {
    title: "change",
    align: "left",
    text: ({ change }) => `${signs[change]} ${change}`,
    color: ({ change }) => colors[change],
    drop: 0,
  },
  { title: "document", align: "left", text: ({ documentId }) => clean(documentId), least: 8, drop: 0 },
  { title: "before", align: "right", text: ({ before }, { ascii }) => score(before, ascii), drop: 0 },
  { title: "after", align: "right", text: ({ after }, { ascii }) => score(after, ascii), drop: 0 },
  {
    title: "change of score",
    align: "right",
    text: (change) => (Comparison.delta(change) === null ? "" : signed(Comparison.delta(change) ?? 0)),
    drop: 3,
  },
]

export const comparisonListing: Listing<ComparisonRow> = {
  noun: "changes",
  columns: [
    { name: "document_id", type: "string" },
    { name: "change", type: "string" },
    { name: "score_before", type: "number" },
    { name: "score_after", type: "number" },
    { name: "score_delta", type: "number" },
  ],
  members: ["before", "after", "documents", "fields"],
  cells: (row) => [row.documentId, row.change, row.before, row.after, Comparison.delta(row)],
  json: ({ json }) => json,
  id: ({ documentId }) => documentId,
  view,
}

/** The two executions side by side, for people. */
export const sideBySide = (before: ExecutionRecord, after: ExecutionRecord, surface: Surface): string => {
  const { none } = glyphs(surface.ascii)
  const sides = [before.execution, after.execution]
  const rows: ReadonlyArray<readonly [string, ReadonlyArray<string>]> = [
    ["", sides.map(({ executionId }) => clean(executionId ?? none))],
    ["alert", sides.map(({ alertId }) => clean(alertId))],
    ["executed", sides.map((execution) => when(execution, surface))],
    ["triggered", sides.map(({ triggered }) => (triggered ? "yes" : "no"))],
    [
      "matches",
      sides.map(({ matchCount, matches }) => `${matchCount}${matches === null && matchCount > 0 ? ", not sent" : ""}`),
    ],
    ["top score", sides.map((execution) => score(topScore(execution), surface.ascii))],
    ["took", sides.map(({ durationMs }) => took(durationMs))],
  ]
  const width = Math.max(...rows.map(([, texts]) => cells(texts[0] ?? "")))
  return `${rows
    .map(([name, [first = "", second = ""]]) =>
      `${painted(surface, "2", left(name, 10))}${left(first, width)}  ${second}`.trimEnd(),
    )
    .join("\n")}\n\n`
}
