/**
 * Rows as RFC 4180 text: CRLF after every record, quotes only where needed.
 *
 * Null is an empty field and an empty string is `""`, which `effect/encoding`
 * Csv cannot say (its cells are strings), hence this encoder; PostgreSQL and
 * DuckDB read the difference. Data is never cut or changed, except by the
 * formula guard of {@link excel}, which is asked for by name.
 */

/** One field of a row. Numbers and booleans are written as JSON would write them. */
export type Cell = string | number | boolean | null

/** How to write a field. */
export interface Dialect {
  /** Text put before the header: empty, or a byte order mark. */
  readonly prefix: string
  /** Puts `'` before text that a spreadsheet would run as a formula. */
  readonly guardFormulas: boolean
}

/** What programs read: UTF-8 without a byte order mark, every value as it is. */
export const standard: Dialect = { prefix: "", guardFormulas: false }

/** What spreadsheets read: a byte order mark, and no cell that starts a formula. */
export const excel: Dialect = { prefix: "\uFEFF", guardFormulas: true }

/** The longest cell that Excel keeps, in UTF-16 units. */
export const excelCellLimit = 32_767

/** Whether Excel would cut a cell when it opens the file. */
export const isLongForExcel = (cell: Cell): boolean => typeof cell === "string" && cell.length > excelCellLimit

const special = /[",\r\n]/
// The set of OWASP ASVS 1.2.10, and the full-width forms that spreadsheets also obey.
const formula = /^[=+\-@\t\r\n\0＝＋－＠]/
const mark = "\uFEFF"

const encodeText = (text: string, guard: boolean): string => {
  const safe = guard && formula.test(text) ? `'${text}` : text
  if (safe === "") return '""'
  return special.test(safe) || safe.startsWith(mark) ? `"${safe.replaceAll('"', '""')}"` : safe
}

/** One field, quoted if it has to be. */
export const encodeCell = (cell: Cell, dialect: Dialect): string =>
  cell === null ? "" : typeof cell === "string" ? encodeText(cell, dialect.guardFormulas) : String(cell)

/** One record with its line end. A lone null is written as `""`, since an empty line is not a record to every reader. */
export const encodeRow = (cells: ReadonlyArray<Cell>, dialect: Dialect): string => {
  let line = ""
  for (let index = 0; index < cells.length; index++) {
    if (index > 0) line += ","
    line += encodeCell(cells[index] as Cell, dialect)
  }
  return line === "" ? '""\r\n' : `${line}\r\n`
}

/** The header record, after the dialect's prefix. Names are never guarded: they are ours. */
export const encodeHeader = (names: ReadonlyArray<string>, dialect: Dialect): string =>
  dialect.prefix + encodeRow(names, standard)
