/** What a merge counts, and what its shards have counted together. */
import { Table } from "@mixpeek-alerts/domain"
import { failureColumns } from "./Failure.ts"
import type { ShardRun } from "./ShardSet.ts"
import type { Tally } from "./Tally.ts"
import { verdict, type Verdict } from "./Verdict.ts"

/** What stood in two shards and was left out the second time; `different` is how many of it with other content. */
export interface MergeCounts {
  executions: number
  failures: number
  repeated: number
  different: number
  matches: number
  sourceDocuments: number
  quarantined: number
  withoutMatches: number
  matchCountDiffers: number
}

export const none = (): MergeCounts => ({
  executions: 0,
  failures: 0,
  repeated: 0,
  different: 0,
  matches: 0,
  sourceDocuments: 0,
  quarantined: 0,
  withoutMatches: 0,
  matchCountDiffers: 0,
})

const columnOf = (name: string): number => Table.executions.columns.findIndex((column) => column.name === name)
const matchCount = columnOf("match_count")
const included = columnOf("matches_included")
const returned = columnOf("matches_returned")
const sources = columnOf("source_document_count")
const raw = failureColumns.findIndex((column) => column.name === "raw")

/** Counts an execution that was left out, by its row. */
export const withoutExecution = (counts: MergeCounts, cells: ReadonlyArray<string>, isDifferent: boolean): void => {
  counts.repeated++
  if (isDifferent) counts.different++
  counts.matches += Number(cells[returned])
  counts.sourceDocuments += Number(cells[sources])
  if (cells[included] === "false") counts.withoutMatches++
  else if (cells[returned] !== cells[matchCount]) counts.matchCountDiffers++
}

/** Counts a failure that was left out: a record that did not fit, since an ID that could not be had stands in one shard. */
export const withoutFailure = (counts: MergeCounts, cells: ReadonlyArray<string>): void => {
  counts.repeated++
  if (cells[raw] !== "") counts.quarantined++
}

const sum = (shards: ReadonlyArray<ShardRun>, count: (tally: Tally) => number): number =>
  shards.reduce((total, shard) => total + count(shard.manifest.mixpeek.counts), 0)

/** The server's totals: of lists that were split among the shards, or of one that each of them has walked, at its own time. */
const totals = (shards: ReadonlyArray<ShardRun>): Pick<Tally, "totalFirst" | "totalLast"> => {
  const counts = shards.map((shard) => shard.manifest.mixpeek.counts).filter((tally) => tally.units > 0)
  const firsts = counts.flatMap(({ totalFirst }) => (totalFirst === null ? [] : [totalFirst]))
  const lasts = counts.flatMap(({ totalLast }) => (totalLast === null ? [] : [totalLast]))
  if (firsts.length === 0 || firsts.length < counts.length) return { totalFirst: null, totalLast: null }
  const add = (numbers: ReadonlyArray<number>) => numbers.reduce((total, one) => total + one, 0)
  return shards[0]?.shard.by === "alert"
    ? { totalFirst: add(firsts), totalLast: add(lasts) }
    : { totalFirst: Math.min(...firsts), totalLast: Math.max(...lasts) }
}

/** The counts of the whole. What falls to another shard of the same list is counted there. */
export const mergedTally = (shards: ReadonlyArray<ShardRun>, merged: MergeCounts): Tally => ({
  executions: merged.executions,
  matches: sum(shards, (tally) => tally.matches) - merged.matches,
  sourceDocuments: sum(shards, (tally) => tally.sourceDocuments) - merged.sourceDocuments,
  failures: merged.failures,
  quarantined: sum(shards, (tally) => tally.quarantined) - merged.quarantined,
  missing: sum(shards, (tally) => tally.missing),
  read: sum(shards, (tally) => tally.read - (tally.elsewhere ?? 0)) - merged.repeated,
  repeated: sum(shards, (tally) => tally.repeated) + merged.repeated,
  conflicting: sum(shards, (tally) => tally.conflicting) + merged.different,
  known: 0,
  unread: 0,
  filtered: sum(shards, (tally) => tally.filtered),
  withoutMatches: sum(shards, (tally) => tally.withoutMatches) - merged.withoutMatches,
  matchCountDiffers: sum(shards, (tally) => tally.matchCountDiffers) - merged.matchCountDiffers,
  longCells: sum(shards, (tally) => tally.longCells),
  units: sum(shards, (tally) => tally.units),
  ...totals(shards),
})

/** Complete only if every shard is; otherwise each says why not. */
export const mergedVerdict = (shards: ReadonlyArray<ShardRun>, merged: MergeCounts, tally: Tally): Verdict => {
  const reasonsWhere = (complete: Verdict["complete"]) =>
    shards
      .filter((one) => one.manifest.mixpeek.complete === complete)
      .flatMap(({ manifest, shard }) => manifest.mixpeek.reasons.map((reason) => `shard ${shard.index}: ${reason}`))
  const ids = shards[0]?.shard.by === "id" ? tally.read + tally.missing : null
  const whole = verdict({ ...tally, read: tally.read + merged.repeated }, ids)
  const lacking = reasonsWhere(false)
  if (lacking.length > 0)
    return { complete: false, reasons: merged.different > 0 ? [...lacking, ...whole.reasons] : lacking }
  const unknown = reasonsWhere("unknown")
  return unknown.length > 0 && whole.complete !== false ? { complete: "unknown", reasons: unknown } : whole
}
