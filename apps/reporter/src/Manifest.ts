/** `datapackage.json` of a run: a Frictionless data package with what the run did, and its verdict. */
import { Table } from "@mixpeek-alerts/domain"
import { Effect, Schema } from "effect"
import { createHash } from "node:crypto"
import { open, readFile, stat } from "node:fs/promises"
import { join } from "node:path"
import { failureColumns } from "./Failure.ts"
import type { ExportOptions } from "./ExportOptions.ts"
import { runId } from "./observe/RunId.ts"
import { type Compression, endings } from "./OutputFile.ts"
import { fail, ioError, type ReporterError } from "./ReporterError.ts"
import { Shard } from "./Shard.ts"
import { Tally } from "./Tally.ts"
import { published, type PublishedName, type StreamName } from "./UnitRows.ts"
import type { Verdict } from "./Verdict.ts"

export const manifestName = "datapackage.json"

/** The name of a stream's file. */
export const fileName = (stream: StreamName, compression: Compression): string =>
  stream === "retry"
    ? "retry.txt"
    : stream === "seen" || stream === "settled"
      ? stream
      : `${stream}.csv${endings[compression]}`

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

const types: Readonly<Record<Table.ColumnType, string>> = {
  string: "string",
  integer: "integer",
  number: "number",
  boolean: "boolean",
  datetime: "datetime",
  json: "any",
}

interface Field {
  readonly name: string
  readonly type: Table.ColumnType
  readonly required: boolean
  readonly description: string
}

const field = (one: Field) => ({
  name: one.name,
  type: types[one.type],
  ...(one.type === "datetime" ? { format: "any" } : {}),
  description: one.description,
  constraints: { required: one.required },
})

const foreign = {
  foreignKeys: [{ fields: ["execution_key"], reference: { resource: "executions", fields: ["execution_key"] } }],
}

const schemaOf = (stream: PublishedName, options: ExportOptions) => {
  if (stream === "failures") return { fields: failureColumns.map(field), missingValues: [""] }
  const table = Table.tables.find((one) => one.name === stream)
  if (table === undefined) return undefined
  const flat = stream === "matches" ? options.flatten : []
  const extra = flat.map(({ name }) =>
    field({ name, type: "string", required: false, description: `Taken from ${name}` }),
  )
  return {
    fields: [...table.columns.map(field), ...extra],
    primaryKey: table.primaryKey,
    ...(stream === "executions" ? {} : foreign),
    missingValues: [""],
  }
}

const rowsOf = (stream: PublishedName, tally: Tally, retryLines: number): number =>
  ({
    executions: tally.executions,
    matches: tally.matches,
    source_documents: tally.sourceDocuments,
    failures: tally.failures,
    retry: retryLines,
  })[stream]

/** The lines of `retry.txt`: a record without an ID is a failure that it cannot list. */
export const countLines = (path: string): Effect.Effect<number, ReporterError> =>
  Effect.tryPromise({
    try: async () => (await readFile(path, "latin1")).split("\n").length - 1,
    catch: (error) => ioError("ReadFailed", path, error),
  })

const hashBytes = 1 << 18

/** The SHA-256 of a file, as hex. Reads into the same memory again and again: a stream would leave the file's size in garbage. */
export const sha256 = (path: string): Effect.Effect<string, ReporterError> =>
  Effect.tryPromise({
    try: async () => {
      const hash = createHash("sha256")
      const piece = Buffer.allocUnsafeSlow(hashBytes)
      await using file = await open(path)
      for (let read = await file.read(piece); read.bytesRead > 0; read = await file.read(piece)) {
        hash.update(piece.subarray(0, read.bytesRead))
      }
      return hash.digest("hex")
    },
    catch: (error) => ioError("ReadFailed", path, error),
  })

const resource = (directory: string, stream: PublishedName, tally: Tally, options: ExportOptions) =>
  Effect.gen(function* () {
    const name = fileName(stream, options.compression)
    const path = join(directory, name)
    const { size } = yield* Effect.tryPromise({
      try: () => stat(path),
      catch: (error) => ioError("ReadFailed", path, error),
    })
    const schema = schemaOf(stream, options)
    return {
      name: stream,
      path: name,
      ...(schema === undefined ? { format: "txt" } : { profile: "tabular-data-resource", format: "csv" }),
      mediatype: schema === undefined ? "text/plain" : "text/csv",
      encoding: "utf-8",
      ...(options.compression === "none" || stream === "retry" ? {} : { compression: options.compression }),
      bytes: size,
      hash: `sha256:${yield* sha256(path)}`,
      rows: rowsOf(stream, tally, stream === "retry" ? yield* countLines(path) : 0),
      ...(schema === undefined
        ? {}
        : {
            schema,
            dialect: { delimiter: ",", lineTerminator: "\r\n", quoteChar: '"', doubleQuote: true, header: true },
          }),
    }
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

/** The text of the manifest for the files in `directory`, which are finished. */
export const manifest = Effect.fnUntraced(function* (
  directory: string,
  tally: Tally,
  verdict: Verdict,
  options: ExportOptions,
  facts: RunFacts,
) {
  const resources = yield* Effect.forEach(published, (stream) => resource(directory, stream, tally, options))
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
