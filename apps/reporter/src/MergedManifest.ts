/** The manifest of merged shards: that of a run of the whole, and which shards it was made of. */
import { Effect, Schema } from "effect"
import { readFile, stat } from "node:fs/promises"
import { join } from "node:path"
import { countLines, sha256 } from "./FileDigest.ts"
import { manifestName, readManifest } from "./Manifest.ts"
import { fail, ioError, type ReporterError } from "./ReporterError.ts"
import type { ShardRun } from "./ShardSet.ts"
import type { Tally } from "./Tally.ts"
import type { Verdict } from "./Verdict.ts"

/** A shard's manifest as it is: what describes the files is taken over, whatever it is. */
const Text = Schema.fromJsonString(
  Schema.StructWithRest(
    Schema.Struct({
      mixpeek: Schema.JsonObject,
      resources: Schema.Array(
        Schema.StructWithRest(Schema.Struct({ name: Schema.String, path: Schema.String }), [
          Schema.Record(Schema.String, Schema.Json),
        ]),
      ),
      run: Schema.Struct({
        startedAt: Schema.String,
        finishedAt: Schema.String,
        requests: Schema.Int,
        rateLimited: Schema.Int,
      }),
    }),
    [Schema.Record(Schema.String, Schema.Json)],
  ),
)

const readText = Effect.fnUntraced(function* ({ directory }: ShardRun) {
  const path = join(directory, manifestName)
  const text = yield* Effect.tryPromise({
    try: () => readFile(path, "utf8"),
    catch: (error) => ioError("ReadFailed", path, error),
  })
  return yield* Effect.fromResult(Schema.decodeUnknownResult(Text)(text)).pipe(
    Effect.mapError(() => fail("Damaged", `${path} is not a manifest of this program.`, "Export this shard again.")),
  )
})

/** The shards that a merged run was made of, by the hashes of their manifests, which hold those of their files. */
export const sourcesOf = (shards: ReadonlyArray<ShardRun>): Effect.Effect<ReadonlyArray<string>, ReporterError> =>
  Effect.forEach(shards, (shard) => sha256(join(shard.directory, manifestName)))

const Merged = Schema.fromJsonString(
  Schema.Struct({ run: Schema.Struct({ shards: Schema.Array(Schema.Struct({ manifest: Schema.String })) }) }),
)

/** Whether the sealed run in `directory` was made of exactly these shards. */
export const isMadeOf = Effect.fnUntraced(function* (
  directory: string,
  sources: ReadonlyArray<string>,
): Effect.fn.Return<boolean, ReporterError> {
  yield* readManifest(directory)
  const path = join(directory, manifestName)
  const text = yield* Effect.tryPromise({
    try: () => readFile(path, "utf8"),
    catch: (error) => ioError("ReadFailed", path, error),
  })
  const found = Schema.decodeUnknownOption(Merged)(text)
  return found._tag === "Some" && found.value.run.shards.map((one) => one.manifest).join() === sources.join()
})

export interface MergedFacts {
  readonly tally: Tally
  readonly verdict: Verdict
  readonly sources: ReadonlyArray<string>
  readonly toolVersion: string
}

/** The text of the manifest for the merged files in `directory`, which are finished. */
export const mergedManifest = Effect.fnUntraced(function* (
  directory: string,
  shards: ReadonlyArray<ShardRun>,
  { sources, tally, toolVersion, verdict }: MergedFacts,
) {
  const texts = yield* Effect.forEach(shards, readText)
  const first = texts[0]
  if (first === undefined) return yield* Effect.die("no shards")
  const rows: Readonly<Record<string, number>> = {
    executions: tally.executions,
    matches: tally.matches,
    source_documents: tally.sourceDocuments,
    failures: tally.failures,
  }
  const resources = yield* Effect.forEach(first.resources, (resource) =>
    Effect.gen(function* () {
      const path = join(directory, resource.path)
      const { size } = yield* Effect.tryPromise({
        try: () => stat(path),
        catch: (error) => ioError("ReadFailed", path, error),
      })
      return {
        ...resource,
        bytes: size,
        hash: `sha256:${yield* sha256(path)}`,
        rows: rows[resource.name] ?? (yield* countLines(path)),
      }
    }),
  )
  const value = {
    ...first,
    mixpeek: {
      ...first.mixpeek,
      shard: undefined,
      query: shards[0]?.shard.query,
      complete: verdict.complete,
      reasons: verdict.reasons,
      counts: tally,
    },
    resources,
    run: {
      startedAt: texts.map(({ run }) => run.startedAt).toSorted()[0],
      finishedAt: texts
        .map(({ run }) => run.finishedAt)
        .toSorted()
        .at(-1),
      requests: texts.reduce((sum, { run }) => sum + run.requests, 0),
      rateLimited: texts.reduce((sum, { run }) => sum + run.rateLimited, 0),
      toolVersion,
      shards: texts.map(({ run }, at) => ({ index: at + 1, manifest: sources[at], ...run })),
    },
  }
  return `${JSON.stringify(value, null, 2)}\n`
})
