/** The shards that `merge` was given: all of one export, each once, each whole, or a sentence that says which is not. */
import { Effect } from "effect"
import { existsSync } from "node:fs"
import { join, resolve } from "node:path"
import { journalName, partialPath } from "./EarlierRun.ts"
import { type Manifest, readManifest } from "./Manifest.ts"
import { fail, type ReporterError } from "./ReporterError.ts"
import { type Shard, shardText } from "./Shard.ts"
import { bytesProblems } from "./Verify.ts"

/** A finished run of one shard. */
export interface ShardRun {
  readonly directory: string
  readonly manifest: Manifest
  readonly shard: Shard
}

const unfinished = (directory: string): boolean =>
  directory.endsWith(".partial") ||
  existsSync(join(directory, journalName)) ||
  (!existsSync(directory) && existsSync(partialPath(directory)))

const readShard = Effect.fnUntraced(function* (given: string): Effect.fn.Return<ShardRun, ReporterError> {
  const directory = resolve(given)
  if (unfinished(directory))
    return yield* fail("ShardUnfinished", `${given} is not finished.`, "Run its command again, then merge.")
  if (!existsSync(directory))
    return yield* fail("ShardMissing", `There is no shard at ${given}.`, "Check the path, or export it first.")
  const manifest = yield* readManifest(directory)
  const { shard } = manifest.mixpeek
  if (shard === undefined)
    return yield* fail("ShardForeign", `${given} is a run of its own, not a shard.`, "Give the runs of --shard.")
  return { directory, manifest, shard }
})

const foreign = (one: ShardRun, other: ShardRun): ReporterError =>
  fail(
    "ShardForeign",
    one.shard.count === other.shard.count
      ? `${one.directory} and ${other.directory} are shards of different exports.`
      : `${one.directory} is ${shardText(one.shard)}, and ${other.directory} is ${shardText(other.shard)}.`,
    "Give the shards of one export: the same command but for --shard and --out. Their datapackage.json names it.",
  )

const several = (indexes: ReadonlyArray<number>): string =>
  indexes.length === 1 ? `Shard ${indexes[0]} is` : `Shards ${indexes.slice(0, 20).join(", ")} are`

/** Refuses shards that do not make up the whole. */
const checkSet = (runs: ReadonlyArray<ShardRun>, first: ShardRun): ReporterError | null => {
  const found = new Map<number, ShardRun>()
  for (const run of runs) {
    const { by, count, index, query } = run.shard
    if (query !== first.shard.query || count !== first.shard.count || by !== first.shard.by) return foreign(first, run)
    const same = found.get(index)
    if (same !== undefined)
      return fail(
        "ShardDoubled",
        `${shardText(run.shard)} was given twice: ${same.directory} and ${run.directory}.`,
        "Give each shard once.",
      )
    found.set(index, run)
  }
  const missing = Array.from({ length: first.shard.count }, (_, at) => at + 1).filter((index) => !found.has(index))
  return missing.length === 0
    ? null
    : fail(
        "ShardMissing",
        `${several(missing)} missing, of ${first.shard.count}.`,
        "Export what is missing with the same command and its --shard, then merge all.",
      )
}

/** Refuses a shard whose files are not as they were written. */
const checkBytes = Effect.fnUntraced(function* ({ directory, manifest }: ShardRun) {
  const problems = (yield* Effect.forEach(manifest.resources, (one) => bytesProblems(directory, one))).flat()
  if (problems.length === 0) return
  return yield* fail(
    "Damaged",
    `${directory} is not as it was written: ${problems.join("; ")}.`,
    "Remove it, export this shard again, then merge.",
  )
})

/** The shards in `directories`, checked, in their order. */
export const readShards = Effect.fnUntraced(function* (
  directories: ReadonlyArray<string>,
): Effect.fn.Return<ReadonlyArray<ShardRun>, ReporterError> {
  const runs = yield* Effect.forEach(directories, readShard)
  const problem = runs[0] === undefined ? null : checkSet(runs, runs[0])
  if (problem !== null) return yield* problem
  yield* Effect.forEach(runs, checkBytes)
  return runs.toSorted((one, other) => one.shard.index - other.shard.index)
})
