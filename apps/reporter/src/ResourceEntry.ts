/** What a manifest says of one file: its format, fields, size, hash and rows. */
import { Table } from "@mixpeek-alerts/domain"
import { Effect } from "effect"
import { stat } from "node:fs/promises"
import { join } from "node:path"
import type { ExportOptions } from "./ExportOptions.ts"
import { failureColumns } from "./Failure.ts"
import { countLines, sha256 } from "./FileDigest.ts"
import { fileName } from "./FileName.ts"
import { ioError } from "./ReporterError.ts"
import type { Tally } from "./Tally.ts"
import type { PublishedName } from "./UnitRows.ts"

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

/** What the manifest says of one of the files in `directory`, as a Frictionless resource. What is not known of its hash is read. */
export const resourceOf = (
  directory: string,
  stream: PublishedName,
  hash: string | null,
  tally: Tally,
  options: ExportOptions,
) =>
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
      hash: `sha256:${hash ?? (yield* sha256(path))}`,
      rows: rowsOf(stream, tally, stream === "retry" ? yield* countLines(path) : 0),
      ...(schema === undefined
        ? {}
        : {
            schema,
            dialect: { delimiter: ",", lineTerminator: "\r\n", quoteChar: '"', doubleQuote: true, header: true },
          }),
    }
  })
