/**
 * The tables that an execution becomes: one row of `executions`, one of
 * `matches` per match, one of `source_documents` per source document. Cells
 * that hold JSON are cut out of the text that the server sent.
 */
import type { Cell } from "./Csv.ts"
import { executionKeys, topScore } from "./Execution.ts"
import { executionKey } from "./ExecutionKey.ts"
import type { ExecutionRecord } from "./ExecutionRecord.ts"
import { hasMembers } from "./Json.ts"
import { elements, type Member, members, unlistedText } from "./JsonText.ts"
import { matchKeys } from "./Match.ts"
import { toUtc } from "./Timestamp.ts"

/** A column's type, as Frictionless Table Schema names it; `json` cells are JSON text. */
export type ColumnType = "string" | "integer" | "number" | "boolean" | "datetime" | "json"

/** One column: what its cells are, and what they mean. */
export interface Column {
  readonly name: string
  readonly type: ColumnType
  readonly required: boolean
  readonly description: string
}

/** The name of a table, which is also the name of its file. */
export type TableName = "executions" | "matches" | "source_documents"

/** A table: its columns and keys, and the rows that one record becomes. */
export interface Table {
  readonly name: TableName
  readonly columns: ReadonlyArray<Column>
  readonly primaryKey: ReadonlyArray<string>
  /** The rows of one execution. */
  readonly rows: (record: ExecutionRecord) => ReadonlyArray<ReadonlyArray<Cell>>
}

const column = (name: string, type: ColumnType, required: boolean, description: string): Column => ({
  name,
  type,
  required,
  description,
})

const key = column(
  "execution_key",
  "string",
  true,
  "The execution_id, or a stable synthetic_… when the server sent none",
)
const extra = column("extra", "json", false, "Fields that the API reference does not list, as sent")

const cell = (json: string, all: ReadonlyArray<Member>, name: string): string | null => {
  const found = all.findLast((member) => member.key === name)
  if (found === undefined) return null
  const text = json.slice(found.start, found.end)
  return text === "null" ? null : text
}

/** One row for each execution. */
export const executions: Table = {
  name: "executions",
  primaryKey: ["execution_key"],
  columns: [
    key,
    column("execution_id", "string", false, "The server's ID of the execution"),
    column("alert_id", "string", true, "The alert that ran"),
    column("collection_id", "string", true, "The collection it ran against"),
    column("triggered", "boolean", true, "Whether the retriever returned results"),
    column("match_count", "integer", true, "Matches that the server counted"),
    column("matches_included", "boolean", true, "Whether the server sent the matches"),
    column("matches_returned", "integer", false, "Matches that the server sent: the rows in matches.csv"),
    column("top_score", "number", false, "The highest score, 0 to 1"),
    column("executed_at", "string", true, "When it ran, as received"),
    column("executed_at_utc", "datetime", true, "When it ran, in UTC, with the digits received"),
    column("duration_ms", "integer", true, "How long it took, in milliseconds"),
    column("source_document_count", "integer", false, "Source documents: the rows in source_documents.csv"),
    extra,
  ],
  rows: (record) => {
    const { execution, json } = record
    return [
      [
        executionKey(execution),
        execution.executionId,
        execution.alertId,
        execution.collectionId,
        execution.triggered,
        execution.matchCount,
        execution.matches !== null,
        execution.matches?.length ?? null,
        topScore(execution),
        execution.executedAt,
        toUtc(execution.executedAt),
        execution.durationMs,
        execution.sourceDocuments?.length ?? null,
        // Most executions have none, and finding that out in the text would cost more than the whole row.
        hasMembers(execution.extra) ? (unlistedText(json, members(json), executionKeys) ?? null) : null,
      ],
    ]
  },
}

/** One row for each match, in the order of the server. */
export const matches: Table = {
  name: "matches",
  primaryKey: ["execution_key", "match_index"],
  columns: [
    key,
    column("match_index", "integer", true, "The position in the server's list, from 0"),
    column("document_id", "string", true, "The document that matched"),
    column("score", "number", true, "How well it matched, 0 to 1"),
    column("asset_id", "string", false, "The asset the document belongs to"),
    column("matched_features", "json", false, "What matched, as sent"),
    column("metadata", "json", false, "The document's metadata, as sent"),
    extra,
  ],
  rows: ({ execution, json }) => {
    if (execution.matches === null || execution.matches.length === 0) return []
    const at = members(json).findLast((member) => member.key === "matches")?.start ?? 0
    const spans = elements(json, at)
    const owner = executionKey(execution)
    return execution.matches.map((match, index) => {
      const all = members(json, spans[index]?.start)
      return [
        owner,
        index,
        match.documentId,
        match.score,
        match.assetId,
        cell(json, all, "matched_features"),
        cell(json, all, "metadata"),
        unlistedText(json, all, matchKeys) ?? null,
      ]
    })
  },
}

/** One row for each document whose arrival ran the alert. */
export const sourceDocuments: Table = {
  name: "source_documents",
  primaryKey: ["execution_key", "position"],
  columns: [
    key,
    column("position", "integer", true, "The position in the server's list, from 0"),
    column("document_id", "string", true, "A document whose arrival ran the alert"),
  ],
  rows: ({ execution }) => {
    if (execution.sourceDocuments === null || execution.sourceDocuments.length === 0) return []
    const owner = executionKey(execution)
    return execution.sourceDocuments.map((documentId, position) => [owner, position, documentId])
  },
}

/** The three tables, in the order in which they are written. */
export const tables: ReadonlyArray<Table> = [executions, matches, sourceDocuments]
