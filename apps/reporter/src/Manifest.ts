/** `datapackage.json` of a run: a Frictionless data package with what the run did, and its verdict. */
import { Effect, Schema } from "effect"
import { readFile } from "node:fs/promises"
import { join } from "node:path"
import type { ExportOptions } from "./ExportOptions.ts"
import { runId } from "./observe/RunId.ts"
import { fail, ioError, type ReporterError } from "./ReporterError.ts"
import { resourceOf } from "./ResourceEntry.ts"
import { Shard } from "./Shard.ts"
import { Tally } from "./Tally.ts"
import { published, type PublishedName } from "./UnitRows.ts"
import type { Verdict } from "./Verdict.ts"

export const manifestName = "datapackage.json"

/** What a manifest says of one file; the part of the format that is read back. */
export const Resource = Schema.Struct({
  name: Schema.String,
  path: Schema.String,
  bytes: Schema.Int,
  hash: Schema.String,
  rows: Schema.Int,
})
export type Resource = typeof Resource.Type

/** The part of a manifest that is relied on later. */
export const Manifest = Schema.Struct({
  resources: Schema.Array(Resource),
  mixpeek: Schema.Struct({
    query: Schema.String,
    complete: Schema.Union([Schema.Boolean, Schema.Literal("unknown")]),
    reasons: Schema.Array(Schema.String),
    counts: Tally,
    compression: Schema.Literals(["none", "gzip", "zstd"]),
    excel: Schema.Boolean,
    shard: Schema.optionalKey(Shard),
  }),
  run: Schema.optionalKey(
    Schema.Struct({
      startedAt: Schema.optionalKey(Schema.String),
      finishedAt: Schema.optionalKey(Schema.String),
      requests: Schema.optionalKey(Schema.Int),
      rateLimited: Schema.optionalKey(Schema.Int),
      toolVersion: Schema.optionalKey(Schema.String),
      state: Schema.optionalKey(Schema.Struct({ id: Schema.String, scope: Schema.String })),
    }),
  ),
})
export type Manifest = typeof Manifest.Type

const decodeManifest = Schema.decodeUnknownResult(Schema.fromJsonString(Manifest))

/** Reads the manifest of a run. */
export const readManifest = Effect.fnUntraced(function* (directory: string): Effect.fn.Return<Manifest, ReporterError> {
  const path = join(directory, manifestName)
  const text = yield* Effect.tryPromise({
    try: () => readFile(path, "utf8"),
    catch: (error) => ioError("ReadFailed", path, error),
  })
  return yield* Effect.fromResult(decodeManifest(text)).pipe(
    Effect.mapError((error) =>
      fail(
        "Damaged",
        `${path} is not a manifest of this program: ${error.message.split("\n")[0]}.`,
        "Give the directory of a finished run.",
      ),
    ),
  )
})

/** What only this run knows and another run of the same data would not repeat. */
export interface RunFacts {
  readonly startedAt: string
  readonly finishedAt: string
  readonly requests: number
  readonly rateLimited: number
  readonly toolVersion: string
  /** By which a state file knows the run, and the query that the file is of. */
  readonly state?: { readonly id: string; readonly scope: string }
}

/** What each file's hash is, if that is known without reading it. */
export type Hashes = Readonly<Record<PublishedName, string | null>>

/** The text of the manifest for the files in `directory`, which are finished. */
export const manifest = Effect.fnUntraced(function* (
  directory: string,
  hashes: Hashes,
  tally: Tally,
  verdict: Verdict,
  options: ExportOptions,
  facts: RunFacts,
) {
  const resources = yield* Effect.forEach(
    published,
    (stream) => resourceOf(directory, stream, hashes[stream], tally, options),
    { concurrency: "unbounded" },
  )
  const value = {
    profile: "tabular-data-package",
    name: "mixpeek-alert-executions",
    title: "Mixpeek alert executions",
    mixpeek: {
      query: options.query,
      ...(options.shard === null ? {} : { shard: options.shard }),
      complete: verdict.complete,
      reasons: verdict.reasons,
      counts: tally,
      compression: options.compression,
      excel: options.excel,
      nulls: 'an empty field is null, "" is an empty string',
    },
    resources,
    // The run of the program that finished it: its log and its spans have the same.
    run: { ...facts, runId },
  }
  return `${JSON.stringify(value, null, 2)}\n`
})
