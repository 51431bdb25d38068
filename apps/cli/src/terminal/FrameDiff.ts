/**
 * What to send to a terminal that shows one frame so that it shows another: only the cells that differ. Every piece goes
 * to its own row and column, so a line that a terminal drew in another width than we think disturbs no other.
 */
import { blank, type Cell, cellsOf } from "./StyledCells.ts"

/** To move over so many cells that are right already costs more than to draw them again. */
const worthMoving = 8

const same = (one: Cell, other: Cell): boolean => one.text === other.text && one.style === other.style

const isBlank = (cell: Cell): boolean => same(cell, blank)

/** Text under construction, which knows the style that the terminal has at its end. */
class Pen {
  text = ""
  private style = ""

  move(row: number, column: number): void {
    this.text += `\u001b[${row + 1};${column + 1}H`
  }

  put(cell: Cell): void {
    this.select(cell.style)
    this.text += cell.text
  }

  eraseRest(): void {
    this.select("")
    this.text += "\u001b[K"
  }

  select(style: string): void {
    if (style === this.style) return
    this.text += style === "" ? "\u001b[m" : this.style === "" ? `\u001b[${style}m` : `\u001b[0;${style}m`
    this.style = style
  }
}

/** How many cells there are before those at the end that show nothing. */
const filled = (line: ReadonlyArray<Cell>): number => line.findLastIndex((cell) => !isBlank(cell)) + 1

const drawLine = (pen: Pen, row: number, before: ReadonlyArray<Cell>, after: ReadonlyArray<Cell>): void => {
  const [had, has] = [filled(before), filled(after)]
  const differs = (at: number): boolean => !same(before[at] ?? blank, after[at] ?? blank)
  let drawn = Number.NEGATIVE_INFINITY
  for (let at = 0; at < has; at++) {
    if (!differs(at)) continue
    if (at - drawn > worthMoving) pen.move(row, at)
    else for (let between = drawn; between < at; between++) pen.put(after[between] ?? blank)
    pen.put(after[at] ?? blank)
    drawn = at + 1
  }
  if (had <= has) return
  if (drawn !== has) pen.move(row, has)
  pen.eraseRest()
}

/** So many lines in a row that moved by one are worth telling the terminal to move them. */
const worthScrolling = 4

/** Lines that moved up (1) or down (-1) by one: their places in the later frame. */
interface Moved {
  readonly by: 1 | -1
  readonly first: number
  readonly last: number
}

const movedBy = (before: ReadonlyArray<string>, after: ReadonlyArray<string>, by: 1 | -1): Moved | null => {
  let best: Moved | null = null
  let first = 0
  for (let row = 0; row <= after.length; row++) {
    if (row < after.length && after[row] === before[row + by] && after[row] !== before[row]) continue
    if (row - first >= worthScrolling && (best === null || row - first > best.last - best.first + 1))
      best = { by, first, last: row - 1 }
    first = row + 1
  }
  return best
}

/** Scrolls them, which leaves an empty line where they came from; gives what is on the screen then. */
const scroll = (pen: Pen, before: ReadonlyArray<string>, { by, first, last }: Moved): ReadonlyArray<string> => {
  const [top, bottom] = by === 1 ? [first, last + 1] : [first - 1, last]
  pen.text += `\u001b[${top + 1};${bottom + 1}r\u001b[${by === 1 ? "S" : "T"}\u001b[r`
  const inside = before.slice(top, bottom + 1)
  return before.toSpliced(
    top,
    bottom - top + 1,
    ...(by === 1 ? [...inside.slice(1), ""] : ["", ...inside.slice(0, -1)]),
  )
}

/** The bytes that turn one frame into the other; none when they are the same. */
export const frameDiff = (shown: ReadonlyArray<string>, after: ReadonlyArray<string>): string => {
  const pen = new Pen()
  const moved = movedBy(shown, after, 1) ?? movedBy(shown, after, -1)
  const before = moved === null ? shown : scroll(pen, shown, moved)
  for (let row = 0; row < Math.max(before.length, after.length); row++) {
    const [was, is] = [before[row] ?? "", after[row] ?? ""]
    if (was !== is) drawLine(pen, row, cellsOf(was), cellsOf(is))
  }
  pen.select("")
  return pen.text
}

/** The bytes that draw a frame over whatever is there. */
export const wholeFrame = (frame: ReadonlyArray<string>, rows: number): string =>
  Array.from(
    { length: Math.max(rows, frame.length) },
    (_, row) => `\u001b[${row + 1};1H\u001b[2K${frame[row] ?? ""}`,
  ).join("")
