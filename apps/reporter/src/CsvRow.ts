/** The cells of a row that this program wrote, without turning the others into text. */

const QUOTE = 34
const COMMA = 44

/** Where the first cell of a row ends: at its comma, or at the line end. */
export const firstCellEnd = (row: Uint8Array): number => {
  let quoted = false
  for (let at = 0; at < row.length; at++) {
    if (row[at] === QUOTE) quoted = !quoted
    else if (row[at] === COMMA && !quoted) return at
  }
  return row.length
}

/** The cells of a row as they are written, quotes and all. */
export const cellsOf = (row: Buffer): ReadonlyArray<string> => {
  const cells: Array<string> = []
  let rest = row.toString("utf8").replace(/\r\n$/, "")
  for (;;) {
    const quoted = /^"(?:[^"]|"")*"/.exec(rest)
    const comma = rest.indexOf(",", quoted?.[0].length ?? 0)
    if (comma === -1) return [...cells, rest]
    cells.push(rest.slice(0, comma))
    rest = rest.slice(comma + 1)
  }
}

/** The characters that the formula guard of `--excel` stands in front of. */
const guarded = /^'[=+\-@\t\r\n\0＝＋－＠]/

/**
 * The text of a cell as it was before it was written. For `--excel` there are two for `'=`: that very text, which needs no guard,
 * and `=` behind one, which it is taken for. No ID begins so.
 */
export const textOf = (cell: string, excel: boolean): string => {
  const text = cell.startsWith('"') ? cell.slice(1, -1).replaceAll('""', '"') : cell
  return excel && guarded.test(text) ? text.slice(1) : text
}
