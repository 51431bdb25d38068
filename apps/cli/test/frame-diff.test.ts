import { assert, describe, it } from "@effect/vitest"
import { Arbitrary, Schema } from "effect"
import { frameDiff, wholeFrame } from "../src/terminal/FrameDiff.ts"
import { blank, type Cell, cellsOf } from "../src/terminal/StyledCells.ts"

const [columns, rows] = [24, 8]

/** A terminal of a few cells that knows what we send: moving, scrolling, erasing to the end of a line, erasing a line, styles, text. */
class Grid {
  readonly cells: Array<Array<Cell>> = Array.from({ length: rows }, () => Array.from({ length: columns }, () => blank))
  private at: [row: number, column: number] = [0, 0]
  private style = ""
  private region: [top: number, bottom: number] = [0, rows - 1]

  private scroll(by: 1 | -1): void {
    const [top, bottom] = this.region
    const empty = Array.from({ length: columns }, () => blank)
    this.cells.splice(by === 1 ? top : bottom, 1)
    this.cells.splice(by === 1 ? bottom : top, 0, empty)
  }

  write(bytes: string): this {
    // oxlint-disable-next-line no-control-regex -- escape sequences are what is looked for
    for (const [whole, parameters, final] of bytes.matchAll(/\u001b\[([\d;]*)([A-Za-z])|[^\u001b]+/g)) {
      const [row, column] = this.at
      const line = this.cells[row]
      if (final === "H") this.at = (parameters ?? "").split(";").map((one) => Number(one) - 1) as [number, number]
      else if (final === "r")
        this.region =
          parameters === ""
            ? [0, rows - 1]
            : ((parameters ?? "").split(";").map((one) => Number(one) - 1) as [number, number])
      else if (final === "S" || final === "T") this.scroll(final === "S" ? 1 : -1)
      else if (final === "K") line?.fill(blank, parameters === "2" ? 0 : column)
      else if (final === "m") this.style += whole
      else {
        const text = cellsOf(this.style + whole)
        line?.splice(column, text.length, ...text)
        this.at = [row, column + text.length]
      }
    }
    assert.strictEqual(cellsOf(`${this.style}x`)[0]?.style, "", "the style is left as it was found")
    return this
  }
}

const expected = (frame: ReadonlyArray<string>): ReadonlyArray<ReadonlyArray<Cell>> =>
  Array.from({ length: rows }, (_, row) => {
    const cells = cellsOf(frame[row] ?? "")
    return Array.from({ length: columns }, (_, column) => cells[column] ?? blank)
  })

const line = Arbitrary.map(
  Arbitrary.array(
    Arbitrary.all([
      Arbitrary.schema(Schema.Literals(["", "1", "2;36", "7", "1;7;38;5;208"])),
      Arbitrary.schema(Schema.Literals(["a", "  ", "exec", "顔検", "é", "│", "•• "])),
    ]),
  ),
  (pieces) =>
    pieces
      .slice(0, 5)
      .map(([style, text]) => (style === "" ? text : `\u001b[${style}m${text}\u001b[0m`))
      .join(""),
)
const frame = Arbitrary.map(Arbitrary.array(line), (lines) => lines.slice(0, rows))

describe("frameDiff", () => {
  it.prop("makes any frame of any other", [frame, frame], ([before, after]) => {
    const grid = new Grid().write(wholeFrame(before, rows)).write(frameDiff(before, after))
    assert.deepStrictEqual(grid.cells, expected(after))
  })

  it.prop("lets the terminal move lines that moved by one", [frame, line], ([lines, other]) => {
    const before = Array.from({ length: rows }, (_, row) => `${row} ${lines[row] ?? ""}`)
    for (const after of [
      [before[0] ?? "", ...before.slice(2), other],
      [before[0] ?? "", other, ...before.slice(1, -1)],
    ]) {
      const bytes = frameDiff(before, after)
      // oxlint-disable-next-line no-control-regex -- escape sequences are what is looked for
      assert.match(bytes, /^\u001b\[2;8r\u001b\[[ST]\u001b\[r/)
      assert.deepStrictEqual(new Grid().write(wholeFrame(before, rows)).write(bytes).cells, expected(after))
    }
  })

  it("sends nothing for the same frame, and one piece for one change", () => {
    const line = "\u001b[36malert\u001b[39m  exec_1  ".padEnd(30)
    assert.strictEqual(frameDiff([line, line], [line, line]), "")
    assert.strictEqual(frameDiff([line, line], [line, line.replace("exec_1", "exec_2")]), "\u001b[2;13H2")
  })

  it("erases what is gone with one sequence", () => {
    assert.strictEqual(frameDiff(["a long line of text"], ["a"]), "\u001b[1;2H\u001b[K")
    assert.strictEqual(frameDiff(["a", "b"], ["a"]), "\u001b[2;1H\u001b[K")
  })
})
