/** Turns a unit into the text of its rows, and counts. The hot path: no effects, one pass, strings only. */
import {
  Csv,
  type ExecutionFilter,
  executionKey,
  type ExecutionRecord,
  type Quarantined,
  Table,
} from "@mixpeek-alerts/domain"
import { missingRow, quarantinedRow } from "./Failure.ts"
import { type FlatColumn, flatCells } from "./Flatten.ts"
import type { Seen } from "./Seen.ts"
import type { Tally } from "./Tally.ts"
import type { Unit } from "./Unit.ts"

/** The files of a run that rows go to. */
export const published = ["executions", "matches", "source_documents", "failures", "retry"] as const
export type PublishedName = (typeof published)[number]

/** All files that grow with a run; `seen` is dropped when the run is whole. */
export const streams = [...published, "seen"] as const
export type StreamName = (typeof streams)[number]

/** Text to append, by stream. */
export type Rows = Record<PublishedName, string>

export interface RowOptions {
  readonly dialect: Csv.Dialect
  readonly filter: ExecutionFilter
  readonly flatten: ReadonlyArray<FlatColumn>
  /** Keeps only these executions; `null` keeps all. For IDs that are looked for in lists. */
  readonly wanted: ReadonlySet<string> | null
}

type Counts = { -readonly [Key in keyof Tally]: Tally[Key] }

const addMatches = (rows: Rows, counts: Counts, record: ExecutionRecord, options: RowOptions): void => {
  const cells = Table.matches.rows(record)
  const flat = options.flatten.length === 0 ? undefined : flatCells(record, options.flatten)
  for (let index = 0; index < cells.length; index++) {
    const row = cells[index] as ReadonlyArray<Csv.Cell>
    rows.matches += Csv.encodeRow(flat === undefined ? row : [...row, ...(flat[index] ?? [])], options.dialect)
  }
  counts.matches += cells.length
}

const addExecution = (rows: Rows, counts: Counts, record: ExecutionRecord, seen: Seen, options: RowOptions): void => {
  const { execution } = record
  if (options.wanted !== null && !options.wanted.has(execution.executionId ?? "")) return
  const row = Csv.encodeRow(Table.executions.rows(record)[0] as ReadonlyArray<Csv.Cell>, options.dialect)
  const sighting = seen.add(executionKey(execution), row)
  if (sighting !== "new") {
    counts.repeated++
    if (sighting === "different") counts.conflicting++
    return
  }
  counts.read++
  if (!options.filter.test(record)) {
    counts.filtered++
    return
  }
  rows.executions += row
  counts.executions++
  if (execution.matches === null) counts.withoutMatches++
  else {
    if (execution.matches.length !== execution.matchCount) counts.matchCountDiffers++
    if (execution.matches.length > 0) addMatches(rows, counts, record, options)
  }
  for (const cells of Table.sourceDocuments.rows(record)) {
    rows.source_documents += Csv.encodeRow(cells, options.dialect)
    counts.sourceDocuments++
  }
}

/** What a record that did not fit is remembered by. */
const quarantineKey = (record: Quarantined): string => record.executionId ?? `quarantined ${record.json}`

/** The rows of a unit, and the tally after it. Remembers in `seen` what it wrote. */
export const unitRows = (unit: Unit, before: Tally, seen: Seen, options: RowOptions): { rows: Rows; tally: Tally } => {
  const rows: Rows = { executions: "", matches: "", source_documents: "", failures: "", retry: "" }
  const counts: Counts = { ...before, units: before.units + 1 }
  for (const record of unit.records) {
    if (record._tag === "ExecutionRecord") {
      addExecution(rows, counts, record, seen, options)
      continue
    }
    if (options.wanted !== null && !options.wanted.has(record.executionId ?? "")) continue
    if (seen.add(quarantineKey(record), "") !== "new") {
      counts.repeated++
      continue
    }
    counts.read++
    counts.quarantined++
    rows.failures += Csv.encodeRow(quarantinedRow(record, unit.origin), options.dialect)
    if (record.executionId !== null) rows.retry += `${record.executionId}\n`
  }
  for (const missing of unit.missing) {
    counts.missing++
    rows.failures += Csv.encodeRow(missingRow(missing), options.dialect)
    rows.retry += `${missing.id}\n`
  }
  counts.failures = counts.quarantined + counts.missing
  return { rows, tally: counts }
}

/** The header of each stream. */
export const headers = (options: RowOptions, failureNames: ReadonlyArray<string>): Rows => {
  const names = (table: Table.Table) => table.columns.map((column) => column.name)
  return {
    executions: Csv.encodeHeader(names(Table.executions), options.dialect),
    matches: Csv.encodeHeader([...names(Table.matches), ...options.flatten.map((one) => one.name)], options.dialect),
    source_documents: Csv.encodeHeader(names(Table.sourceDocuments), options.dialect),
    failures: Csv.encodeHeader(failureNames, options.dialect),
    retry: "",
  }
}
