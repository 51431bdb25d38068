/** Whether two folders of CSV hold the same rows, in any order. A figure counts only when they do. */
import { DuckDBInstance } from "@duckdb/node-api"
import { join } from "node:path"

const names = ["executions", "matches", "source_documents"] as const

/** How many rows the tables have together. */
export const rowsIn = async (folder: string): Promise<number> => {
  const connection = await (await DuckDBInstance.create()).connect()
  try {
    let rows = 0
    for (const name of names) {
      const reader = await connection.runAndReadAll(`SELECT count(*)::DOUBLE FROM ${table(folder, name)}`)
      rows += reader.getRows()[0]?.[0] as number
    }
    return rows
  } finally {
    connection.closeSync()
  }
}

/** An empty field and an empty text are one here: not every rival can tell them apart. */
const table = (folder: string, name: string): string =>
  `read_csv('${join(folder, name)}.csv', all_varchar = true, header = true, quote = '"', escape = '"', delim = ',', strict_mode = true, max_line_size = 16777216)`

const missing = (one: string, other: string): string =>
  `SELECT * FROM (SELECT * FROM ${one} EXCEPT ALL SELECT * FROM ${other}) LIMIT 1`

/** The first row that one folder has and the other has not, as a sentence; `null` when there is none. */
export const difference = async (folder: string, expected: string): Promise<string | null> => {
  const connection = await (await DuckDBInstance.create()).connect()
  try {
    for (const name of names) {
      const [ours, theirs] = [table(folder, name), table(expected, name)]
      for (const [one, other, side] of [
        [ours, theirs, "has a row too many"],
        [theirs, ours, "lacks a row"],
      ] as const) {
        const rows = (await connection.runAndReadAll(missing(one, other))).getRowObjectsJson()
        if (rows.length > 0) return `${name}.csv ${side}: ${JSON.stringify(rows[0]).slice(0, 600)}`
      }
    }
    return null
  } finally {
    connection.closeSync()
  }
}
