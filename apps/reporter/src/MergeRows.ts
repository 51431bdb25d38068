/**
 * The rows of all shards, one shard after the other, as the bytes that they were written as. The tables of a shard are
 * read side by side, since the rows of an execution lie in the same order in each: so an execution that stands in two
 * shards is written once, with all that belongs to it, and the memory that it takes does not grow with the files.
 */
import { fingerprint } from "@mixpeek-alerts/domain"
import { Effect } from "effect"
import { join } from "node:path"
import { cellsOf, firstCellEnd, textOf } from "./CsvRow.ts"
import { type MergeCounts, none, withoutExecution, withoutFailure } from "./MergeCounts.ts"
import { fail, type ReporterError } from "./ReporterError.ts"
import { RowReader } from "./RowReader.ts"
import * as Run from "./RunDirectory.ts"
import { Seen } from "./Seen.ts"
import type { ShardRun } from "./ShardSet.ts"
import { makeRows, published, type PublishedName, type Rows } from "./UnitRows.ts"

/** Rows are handed on in pieces of this size, each a member or frame of its own when they are compressed. */
const pieceBytes = 1 << 18

/** So much waits before it is written out. */
const flushBytes = 1 << 20

const tables = ["executions", "matches", "source_documents", "failures"] as const
type TableFile = (typeof tables)[number]
type Readers = Readonly<Record<TableFile, RowReader>>

interface Merging {
  readonly run: Run.RunDirectory
  readonly rows: Rows
  readonly seen: Seen
  readonly counts: MergeCounts
  /** The header of each table, as the first shard has it. */
  readonly headers: Map<TableFile, Buffer>
}

const damaged = (shard: ShardRun, what: string): ReporterError =>
  fail("Damaged", `${shard.directory} ${what}.`, "Remove it, export this shard again, then merge.")

const openTable = (shard: ShardRun, name: TableFile) => {
  const resource = shard.manifest.resources.find((one) => one.name === name)
  return resource === undefined
    ? Effect.fail(damaged(shard, `has no ${name}`))
    : RowReader.open(join(shard.directory, resource.path), shard.manifest.mixpeek.compression)
}

/** Writes the header of the first shard, and refuses another one with others: a later version may have more columns. */
const passHeaders = Effect.fnUntraced(function* (merging: Merging, shard: ShardRun, readers: Readers) {
  for (const name of tables) {
    const reader = readers[name]
    const header = reader.row
    if (header === null) return yield* damaged(shard, `has no header in ${name}`)
    const first = merging.headers.get(name)
    if (first === undefined) {
      merging.headers.set(name, Buffer.from(header))
      merging.run.files[name].append(header)
    } else if (!first.equals(header)) {
      return yield* fail(
        "ShardForeign",
        `${shard.directory} has other columns in ${name} than the first shard.`,
        "Export all shards with one version of this program.",
      )
    }
    if (!reader.step()) yield* reader.fill()
  }
})

/** Takes the rows of one execution from a table below it. */
const takeOwned = Effect.fnUntraced(function* (reader: RowReader, owner: Buffer, rows: Rows, name: PublishedName) {
  for (let row = reader.row; row?.subarray(0, owner.length).equals(owner); row = reader.row) {
    rows[name].copy(row, 0, row.length)
    if (!reader.step()) yield* reader.fill()
  }
})

const isFull = (rows: Rows): boolean => published.some((stream) => rows[stream].length >= pieceBytes)

const passOn = Effect.fnUntraced(function* ({ rows, run }: Merging, atLeast: number) {
  for (const stream of published) {
    if (rows[stream].length < atLeast) continue
    run.files[stream].append(rows[stream].view())
    rows[stream].clear()
  }
  if (published.reduce((sum, stream) => sum + run.files[stream].waitingBytes, 0) >= flushBytes) yield* Run.flush(run)
})

const mergeExecutions = Effect.fnUntraced(function* (merging: Merging, readers: Readers) {
  const { counts, rows, seen } = merging
  const { executions, matches, source_documents: sources } = readers
  for (let row = executions.row; row !== null; row = executions.row) {
    const before = [rows.executions.length, rows.matches.length, rows.source_documents.length] as const
    const owner = row.subarray(0, firstCellEnd(row) + 1)
    rows.executions.copy(row, 0, row.length)
    yield* takeOwned(matches, owner, rows, "matches")
    yield* takeOwned(sources, owner, rows, "source_documents")
    const content = rows.executions.hash(before[0]) ^ rows.matches.hash(before[1])
    const sighting = seen.add(fingerprint(owner.toString("latin1")), content >>> 0)
    if (sighting === "new") counts.executions++
    else {
      withoutExecution(counts, cellsOf(row), sighting === "different")
      rows.executions.length = before[0]
      rows.matches.length = before[1]
      rows.source_documents.length = before[2]
    }
    if (!executions.step()) yield* executions.fill()
    if (isFull(rows)) yield* passOn(merging, pieceBytes)
  }
  seen.drain()
})

/** What a failure is told apart by: its execution, or the record itself. */
const failureKey = (cells: ReadonlyArray<string>): string =>
  cells[0] === "" ? `quarantined ${cells.at(-1)}` : `${cells[0]},`

const mergeFailures = Effect.fnUntraced(function* (merging: Merging, reader: RowReader, excel: boolean) {
  const { counts, rows, seen } = merging
  for (let row = reader.row; row !== null; row = reader.row) {
    const cells = cellsOf(row)
    if (seen.add(fingerprint(failureKey(cells)), 0) === "new") {
      rows.failures.copy(row, 0, row.length)
      counts.failures++
      if (cells[0] !== "") rows.retry.text(`${textOf(cells[0] ?? "", excel)}\n`)
    } else withoutFailure(counts, cells)
    if (!reader.step()) yield* reader.fill()
    if (isFull(rows)) yield* passOn(merging, pieceBytes)
  }
})

const mergeShard = Effect.fnUntraced(function* (merging: Merging, shard: ShardRun) {
  const readers = {
    executions: yield* openTable(shard, "executions"),
    matches: yield* openTable(shard, "matches"),
    source_documents: yield* openTable(shard, "source_documents"),
    failures: yield* openTable(shard, "failures"),
  }
  yield* passHeaders(merging, shard, readers)
  yield* mergeExecutions(merging, readers)
  yield* mergeFailures(merging, readers.failures, shard.manifest.mixpeek.excel)
  for (const name of tables) {
    if (readers[name].row !== null) return yield* damaged(shard, `has rows in ${name} without their execution`)
    const rows = shard.manifest.resources.find((one) => one.name === name)?.rows
    const found = readers[name].passed - 1
    if (found !== rows) return yield* damaged(shard, `has ${found} rows in ${name}, not ${rows}`)
  }
  yield* passOn(merging, 1)
})

/** Writes the rows of all shards into a run, and says what was written, and what was left out. */
export const mergeRows = Effect.fnUntraced(function* (
  run: Run.RunDirectory,
  shards: ReadonlyArray<ShardRun>,
): Effect.fn.Return<MergeCounts, ReporterError> {
  const merging: Merging = { run, rows: makeRows(), seen: new Seen(), counts: none(), headers: new Map() }
  for (const shard of shards) yield* Effect.scoped(mergeShard(merging, shard))
  return merging.counts
})
