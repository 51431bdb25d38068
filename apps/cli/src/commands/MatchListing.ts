/** How matches are printed: one matched document a line. */
import { type AlertMatch, type Csv, type ExecutionRecord, JsonText, Table } from "@mixpeek-alerts/domain"
import type { Listing } from "../output/Listing.ts"
import type { ViewColumn } from "../output/View.ts"
import { bar } from "../text/Bar.ts"
import { clean } from "../text/Clean.ts"
import { glyphs } from "../text/Glyph.ts"

/** One match of an execution. */
export interface MatchRow {
  readonly match: AlertMatch
  /** Its place in the server's list, from 0. */
  readonly index: number
  readonly cells: ReadonlyArray<Csv.Cell>
  /** The match as the server sent it. */
  readonly json: string
}

/** The matches of an execution that were sent. */
export const matchRows = (record: ExecutionRecord): ReadonlyArray<MatchRow> => {
  const { json } = record
  const from = JsonText.members(json).findLast(({ key }) => key === "matches")?.start ?? json.length
  const spans = JsonText.elements(json, from)
  const rows = Table.matches.rows(record)
  return (record.execution.matches ?? []).map((match, index) => {
    const { end = 0, start = 0 } = spans[index] ?? {}
    return { match, index, cells: rows[index] ?? [], json: json.slice(start, end) }
  })
}

const barWidth = 16

const owner: ViewColumn<MatchRow> = {
  title: "execution",
  align: "left",
  text: ({ cells }) => clean(String(cells[0])),
  least: 8,
  drop: 1,
}

const view: ReadonlyArray<ViewColumn<MatchRow>> = [
  { title: "#", align: "right", text: ({ index }) => String(index + 1), drop: 2 },
  { title: "document", align: "left", text: ({ match }) => clean(match.documentId), least: 8, drop: 0 },
  {
    title: "asset",
    align: "left",
    text: ({ match }, { ascii }) => clean(match.assetId ?? glyphs(ascii).none),
    least: 8,
    drop: 3,
  },
  { title: "score", align: "right", text: ({ match }) => match.score.toFixed(3), drop: 0 },
  {
    title: "",
    align: "left",
    text: ({ match }, { ascii }) => bar(match.score, barWidth, ascii),
    color: () => "33",
    drop: 9,
  },
]

/** The listing of matches; of several executions, each line names its own. */
export const matchListing = (several: boolean): Listing<MatchRow> => ({
  noun: "matches",
  columns: Table.matches.columns,
  members: [],
  cells: ({ cells }) => cells,
  json: ({ json }) => json,
  id: ({ match }) => match.documentId,
  view: several ? [owner, ...view] : view,
})
