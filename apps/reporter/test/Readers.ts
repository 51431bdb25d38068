/** Three readers of CSV that share no code with the program, nor with each other. */
import { DuckDBInstance } from "@duckdb/node-api"
import { parse } from "csv-parse/sync"
import { execFileSync } from "node:child_process"
import { readFileSync } from "node:fs"
import type { Read } from "./Expected.ts"

export type Rows = ReadonlyArray<ReadonlyArray<Read>>

const python = `
import csv, json, sys
csv.field_size_limit(sys.maxsize)
with open(sys.argv[1], newline="", encoding=sys.argv[2]) as file:
    json.dump(list(csv.reader(file, strict=True)), sys.stdout)
`

/** Python's csv, which reads a null as empty text. */
export const withPython = (path: string, encoding = "utf-8"): Rows =>
  JSON.parse(execFileSync("python3", ["-c", python, path, encoding], { maxBuffer: 2 ** 30, encoding: "utf8" }))

/** DuckDB in its strict mode, which tells null from empty text. */
export const withDuckDb = async (path: string, width = withCsvParse(path)[0]?.length ?? 0): Promise<Rows> => {
  const connection = await (await DuckDBInstance.create()).connect()
  try {
    const options =
      "all_varchar = true, strict_mode = true, allow_quoted_nulls = false, header = false, auto_detect = false, delim = ',', quote = '\"', escape = '\"', max_line_size = 100000000"
    const columns = Array.from({ length: width }, (_, index) => `'c${index}': 'VARCHAR'`).join(", ")
    const result = await connection.runAndReadAll(
      `SELECT * FROM read_csv('${path.replaceAll("'", "''")}', columns = {${columns}}, ${options})`,
    )
    return result.getRows() as unknown as Rows
  } finally {
    connection.closeSync()
  }
}

/** csv-parse; a field that is empty and was not quoted is null. */
export const withCsvParse = (path: string, bom = false): Rows =>
  parse(readFileSync(path), {
    bom,
    record_delimiter: "\r\n",
    relax_column_count: false,
    cast: (value, { quoting }) => (value === "" && !quoting ? null : value),
  }) as unknown as Rows

/** DuckDB's binding decodes each value by itself, and drops a byte order mark that a value starts with. */
export const withoutMarks = (rows: Rows): Rows =>
  rows.map((row) => row.map((cell) => cell?.replace(/^\uFEFF/, "") ?? null))

/** What a reader that cannot tell null from empty text sees. */
export const withoutNulls = (rows: Rows): Rows => rows.map((row) => row.map((cell) => cell ?? ""))
