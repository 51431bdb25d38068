/**
 * Makes one run of all shards of an export. It is written as a run is: under `NAME.partial`, the manifest last, one
 * rename. Merging again after a crash starts over, since the shards are all still there.
 */
import { Effect, type Scope } from "effect"
import { mkdir } from "node:fs/promises"
import { dirname, resolve } from "node:path"
import { find, partialPath } from "./EarlierRun.ts"
import { type Head, journalVersion } from "./Journal.ts"
import * as Lock from "./Lock.ts"
import { readManifest } from "./Manifest.ts"
import { mergedTally, mergedVerdict } from "./MergeCounts.ts"
import { isMadeOf, mergedManifest, sourcesOf } from "./MergedManifest.ts"
import { mergeRows } from "./MergeRows.ts"
import { linkLatest } from "./Publish.ts"
import type { Published } from "./Published.ts"
import { fail, ioError, type ReporterError, usage } from "./ReporterError.ts"
import * as Run from "./RunDirectory.ts"
import { readShards, type ShardRun } from "./ShardSet.ts"

export interface MergeOptions {
  readonly directories: ReadonlyArray<string>
  readonly out: string
  readonly latest: boolean
  readonly restart: boolean
  readonly failOnEmpty: boolean
  readonly toolVersion: string
}

const headOf = (query: string, shards: ReadonlyArray<ShardRun>): Head => ({
  version: journalVersion,
  query: `merge of ${shards.length} shards of ${query}`,
  startedAt: new Date().toISOString(),
  plan: "walk",
})

/** What to do with what an earlier process left: nothing of another command is ever removed, unless told. */
const earlier = Effect.fnUntraced(function* (
  path: string,
  head: Head,
  sources: ReadonlyArray<string>,
): Effect.fn.Return<"write" | "publish", ReporterError> {
  const found = yield* find(path)
  if (found._tag === "Nothing") return "write"
  if (found._tag === "Unfinished" && found.journal.head.query === head.query) return "write"
  if (found._tag === "Whole" && (yield* isMadeOf(partialPath(path), sources))) return "publish"
  return yield* fail(
    "OtherQuery",
    `${partialPath(path)} holds something else than a merge of these shards.`,
    "Finish that with its own command, choose another --out, or give --restart.",
  )
})

const write = Effect.fnUntraced(function* (
  path: string,
  head: Head,
  shards: ReadonlyArray<ShardRun>,
  sources: ReadonlyArray<string>,
  toolVersion: string,
): Effect.fn.Return<void, ReporterError, Scope.Scope> {
  const compression = shards[0]?.manifest.mixpeek.compression ?? "none"
  const run = yield* Run.openRun(path, { _tag: "Nothing" }, head, compression)
  const merged = yield* mergeRows(run, shards)
  const tally = mergedTally(shards, merged)
  yield* Run.checkpoint(run, { next: { _tag: "End" }, tally, walks: [] })
  const verdict = mergedVerdict(shards, merged, tally)
  yield* Run.seal(run.path, yield* mergedManifest(run.path, shards, { tally, verdict, sources, toolVersion }))
})

/** Merges the shards in `directories` into the run `out`. */
export const merge = Effect.fnUntraced(function* (
  options: MergeOptions,
): Effect.fn.Return<Published, ReporterError, Scope.Scope> {
  if (options.directories.length === 0)
    return yield* usage("It is not said what to merge.", "Give the directories of all shards.")
  if (options.out.trim() === "") return yield* usage("--out is empty.", "Give a directory that does not exist yet.")
  const path = resolve(options.out)
  yield* Run.refuseExisting(path)
  const shards = yield* readShards(options.directories)
  const executions = shards.reduce((sum, shard) => sum + shard.manifest.mixpeek.counts.executions, 0)
  if (options.failOnEmpty && executions === 0)
    return yield* fail("Empty", "There is nothing in these shards.", "Check the filter, or leave out --fail-on-empty.")
  yield* Effect.tryPromise({
    try: () => mkdir(dirname(path), { recursive: true }),
    catch: (error) => ioError("CannotCreate", dirname(path), error),
  })
  yield* Lock.hold(path)
  yield* Run.refuseExisting(path)
  const sources = yield* sourcesOf(shards)
  const head = headOf(shards[0]?.shard.query ?? "", shards)
  const todo = options.restart ? "write" : yield* earlier(path, head, sources)
  if (todo === "write") yield* Effect.scoped(write(path, head, shards, sources, options.toolVersion))
  const { mixpeek } = yield* readManifest(partialPath(path))
  yield* Run.publish(path)
  if (options.latest) yield* linkLatest(path)
  return { path, tally: mixpeek.counts, verdict: { complete: mixpeek.complete, reasons: mixpeek.reasons } }
})
