/** Rows as tab-separated lines: no quotes, so that `cut` and `awk` read them. */
import type { Csv } from "@mixpeek-alerts/domain"

const escapes: Readonly<Record<string, string>> = { "\t": "\\t", "\n": "\\n", "\r": "\\r", "\\": "\\\\" }

/** Only what would break the line is escaped, as PostgreSQL does; JSON text keeps its backslashes and has no such characters. */
const field = (cell: Csv.Cell): string => {
  const text = cell === null ? "" : String(cell)
  return /[\t\n\r]/.test(text) ? text.replace(/[\t\n\r\\]/g, (character) => escapes[character] as string) : text
}

/** One row with its line end; null and empty text are both an empty field. */
export const tsvRow = (cells: ReadonlyArray<Csv.Cell>): string => `${cells.map(field).join("\t")}\n`
