/** The rows of a record in all tables, as bytes, by the shortest way that the record allows. */
import { type Cell, type Dialect, standard } from "./Csv.ts"
import { executionKey } from "./ExecutionKey.ts"
import type { ExecutionRecord } from "./ExecutionRecord.ts"
import { type Fingerprint, fingerprint } from "./Fingerprint.ts"
import type { RowBuffer } from "./RowBuffer.ts"
import { ScannedRecord } from "./scan/ScannedRecord.ts"
import { isPlain, writeExecution, writeMatches, writeSources } from "./scan/ScannedRows.ts"
import { type Table, type TableName, tables } from "./Table.ts"

/** Where the rows of each table go. */
export type TableBuffers = Readonly<Record<TableName, RowBuffer>>

/** Appends the rows of `record` to all tables. */
export const writeRecord = (to: TableBuffers, record: ExecutionRecord, dialect: Dialect): void => {
  if (dialect === standard && record instanceof ScannedRecord && isPlain(record)) {
    writeExecution(to.executions, record)
    writeMatches(to.matches, record)
    writeSources(to.source_documents, record)
  } else for (const table of tables) writeTable(to[table.name], table, record, dialect)
}

/** Appends the rows of `record` to one table, with `more` cells at the end of each, if any. */
export const writeTable = (
  to: RowBuffer,
  table: Table,
  record: ExecutionRecord,
  dialect: Dialect,
  more?: ReadonlyArray<ReadonlyArray<Cell>>,
): void => {
  const rows = table.rows(record)
  for (let index = 0; index < rows.length; index++) {
    const row = rows[index] as ReadonlyArray<Cell>
    to.row(more === undefined ? row : [...row, ...(more[index] ?? [])], dialect)
  }
}

/** The fingerprint of a record's key: that of `executionKey(record.execution)`. */
export const keyFingerprint = (record: ExecutionRecord): Fingerprint => {
  const short = record instanceof ScannedRecord ? record.idFingerprint : null
  return short ?? fingerprint(executionKey(record.execution))
}

/** What a record says that its rows are counted by. */
export interface RecordCounts {
  /** Matches that the server counted. */
  readonly matchCount: number
  /** Matches that it sent; `null` when it sent no list. */
  readonly matches: number | null
  /** Source documents that it sent. */
  readonly sourceDocuments: number
}

/** The counts of a record, without making its rows. */
export const countsOf = (record: ExecutionRecord): RecordCounts => {
  if (record instanceof ScannedRecord) return record.counts
  const { matchCount, matches, sourceDocuments } = record.execution
  return { matchCount, matches: matches?.length ?? null, sourceDocuments: sourceDocuments?.length ?? 0 }
}
