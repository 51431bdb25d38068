/** Turns a unit into the bytes of its rows, and counts. The hot path: no effects, one pass. */
import {
  countsOf,
  Csv,
  type ExecutionFilter,
  type ExecutionRecord,
  type Fingerprint,
  fingerprint,
  keyFingerprint,
  type Quarantined,
  recordId,
  RowBuffer,
  Table,
  writeRecord,
  writeTable,
} from "@mixpeek-alerts/domain"
import { missingRow, quarantinedRow } from "./Failure.ts"
import { type FlatColumn, flatCells } from "./Flatten.ts"
import type { Seen } from "./Seen.ts"
import { owns, type Part } from "./Shard.ts"
import type { Tally } from "./Tally.ts"
import type { Unit } from "./Unit.ts"

/** The files of a run that rows go to. */
export const published = ["executions", "matches", "source_documents", "failures", "retry"] as const
export type PublishedName = (typeof published)[number]

/** All files that grow with a run; those that are not published are dropped when the run is whole. */
export const streams = [...published, "seen", "settled"] as const
export type StreamName = (typeof streams)[number]

/** The rows of a unit by stream, in memory that is used again for the next unit. */
export type Rows = Record<PublishedName, RowBuffer>

export const makeRows = (): Rows => ({
  executions: new RowBuffer(),
  matches: new RowBuffer(),
  source_documents: new RowBuffer(),
  failures: new RowBuffer(),
  retry: new RowBuffer(),
})

export interface RowOptions {
  readonly dialect: Csv.Dialect
  readonly filter: ExecutionFilter
  readonly flatten: ReadonlyArray<FlatColumn>
  /** Keeps only these executions; `null` keeps all. For IDs that are looked for in lists. */
  readonly wanted: ReadonlySet<string> | null
  /** Keeps only the executions of this shard; `null` keeps all. */
  readonly part: Part | null
}

type Counts = { -readonly [Key in keyof Tally]: Tally[Key] }

const writeRows = (rows: Rows, record: ExecutionRecord, options: RowOptions): void => {
  if (options.flatten.length === 0) return writeRecord(rows, record, options.dialect)
  writeTable(rows.executions, Table.executions, record, options.dialect)
  writeTable(rows.matches, Table.matches, record, options.dialect, flatCells(record, options.flatten))
  writeTable(rows.source_documents, Table.sourceDocuments, record, options.dialect)
}

const count = (counts: Counts, record: ExecutionRecord): void => {
  const { matchCount, matches, sourceDocuments } = countsOf(record)
  counts.executions++
  counts.matches += matches ?? 0
  counts.sourceDocuments += sourceDocuments
  if (matches === null) counts.withoutMatches++
  else if (matches !== matchCount) counts.matchCountDiffers++
}

const longCells = (record: ExecutionRecord): number =>
  Table.tables.reduce((sum, table) => sum + table.rows(record).flat().filter(Csv.isLongForExcel).length, 0)

/** Whether an execution falls to another shard. It counts as read, once, so that the walk can be compared with its total. */
const isElsewhere = (counts: Counts, key: Fingerprint, seen: Seen, { part }: RowOptions): boolean => {
  if (part === null || owns(part, key)) return false
  if (seen.add(key, 0) === "new") {
    counts.read++
    counts.elsewhere = (counts.elsewhere ?? 0) + 1
  } else counts.repeated++
  return true
}

/** Writes the rows first, since what was seen is known by its rows, and takes them back when they are not wanted. */
const addExecution = (rows: Rows, counts: Counts, record: ExecutionRecord, seen: Seen, options: RowOptions): void => {
  if (options.wanted !== null && !options.wanted.has(recordId(record) ?? "")) return
  const key = keyFingerprint(record)
  if (isElsewhere(counts, key, seen, options)) return
  const executions = rows.executions.length
  const matches = rows.matches.length
  const sources = rows.source_documents.length
  writeRows(rows, record, options)
  const content = rows.executions.hash(executions) ^ rows.matches.hash(matches)
  const sighting = seen.add(key, content >>> 0)
  if (sighting === "new") {
    counts.read++
    if (options.filter.test(record)) {
      if (options.dialect === Csv.excel) counts.longCells += longCells(record)
      return count(counts, record)
    }
    counts.filtered++
  } else {
    counts.repeated++
    if (sighting === "different") counts.conflicting++
  }
  rows.executions.length = executions
  rows.matches.length = matches
  rows.source_documents.length = sources
}

/** What a record that did not fit is remembered by. */
const quarantineKey = (record: Quarantined): string => record.executionId ?? `quarantined ${record.json}`

/** Puts the rows of a unit into `rows`, and returns the tally after it. Remembers in `seen` what it wrote. */
export const unitRows = (unit: Unit, before: Tally, seen: Seen, options: RowOptions, rows: Rows): Tally => {
  const counts: Counts = { ...before, units: before.units + 1 }
  for (const record of unit.records) {
    if (record._tag === "ExecutionRecord") {
      addExecution(rows, counts, record, seen, options)
      continue
    }
    if (options.wanted !== null && !options.wanted.has(record.executionId ?? "")) continue
    const key = fingerprint(quarantineKey(record))
    if (isElsewhere(counts, key, seen, options)) continue
    if (seen.add(key, 0) !== "new") {
      counts.repeated++
      continue
    }
    counts.read++
    counts.quarantined++
    rows.failures.row(quarantinedRow(record, unit.origin), options.dialect)
    if (record.executionId !== null) rows.retry.text(`${record.executionId}\n`)
  }
  for (const missing of unit.missing) {
    counts.missing++
    rows.failures.row(missingRow(missing), options.dialect)
    rows.retry.text(`${missing.id}\n`)
  }
  counts.failures = counts.quarantined + counts.missing
  return counts
}

/** The header of each stream. */
export const headers = (options: RowOptions, failureNames: ReadonlyArray<string>): Record<PublishedName, string> => {
  const names = (table: Table.Table) => table.columns.map((column) => column.name)
  return {
    executions: Csv.encodeHeader(names(Table.executions), options.dialect),
    matches: Csv.encodeHeader([...names(Table.matches), ...options.flatten.map((one) => one.name)], options.dialect),
    source_documents: Csv.encodeHeader(names(Table.sourceDocuments), options.dialect),
    failures: Csv.encodeHeader(failureNames, options.dialect),
    retry: "",
  }
}
