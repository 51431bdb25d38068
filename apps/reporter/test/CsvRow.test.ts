/** Rows and cells as they lie in a file. */
import { describe, it } from "@effect/vitest"
import { Csv } from "@mixpeek-alerts/domain"
import { Effect, Schema, Stream } from "effect"
import { writeFileSync } from "node:fs"
import { gzipSync, zstdCompressSync } from "node:zlib"
import { expect } from "vitest"
import { cellsOf, firstCellEnd, textOf } from "../src/CsvRow.ts"
import { RowReader } from "../src/RowReader.ts"
import { tableRows } from "../src/TableRows.ts"
import { scratch } from "./Reporter.ts"

const wellFormed = Schema.Array(Schema.String).check(Schema.isMinLength(1))

const rowsOf = (path: string, compression: "none" | "gzip" | "zstd") =>
  Effect.gen(function* () {
    const reader = yield* RowReader.open(path, compression)
    const rows: Array<string> = []
    while (reader.row !== null) {
      rows.push(reader.row.toString("utf8"))
      if (!reader.step()) yield* reader.fill()
    }
    return { rows, passed: reader.passed }
  }).pipe(Effect.scoped, Effect.runPromise)

/** Text that is written as if it had been guarded. */
const seemsGuarded = (cell: string): boolean =>
  cell.startsWith("'") && Csv.encodeCell(cell.slice(1), Csv.excel) !== Csv.encodeCell(cell.slice(1), Csv.standard)

describe("a row", () => {
  it.prop("gives back the cells that it was written with, but such as seem guarded", [wellFormed], ([given]) => {
    const plain = given.map((cell) => cell.toWellFormed())
    for (const dialect of [Csv.standard, Csv.excel]) {
      const cells = dialect.guardFormulas ? plain.map((cell) => (seemsGuarded(cell) ? cell.slice(1) : cell)) : plain
      const row = Buffer.from(Csv.encodeRow(cells, dialect))
      const read = cellsOf(row)
      expect(read.map((cell) => textOf(cell, dialect.guardFormulas))).toEqual(cells)
      expect(row.subarray(0, firstCellEnd(row)).toString("utf8").replace(/\r\n$/, "")).toBe(read[0])
    }
  })
})

it("takes text that seems guarded for guarded text, in the excel dialect only", () => {
  for (const cell of ["'=1", "'\0", "'\t", "'＝1"]) {
    expect(textOf(cell, true)).toBe(cell.slice(1))
    expect(textOf(cell, false)).toBe(cell)
  }
  expect(textOf("'a", true)).toBe("'a")
})

describe("a file of rows", () => {
  const huge = 'a line\r\nand a "quote", '.repeat(30_000)
  const rows = [
    ["key", "text"],
    ["1", huge],
    ["2", ""],
    ["3", "\n"],
    ["4", huge],
  ].map((cells) => Csv.encodeRow(cells, Csv.standard))

  it.each([
    ["none", (text: string) => Buffer.from(text)],
    ["gzip", (text: string) => gzipSync(text)],
    ["zstd", (text: string) => zstdCompressSync(text)],
  ] as const)("is read row after row, larger ones than a piece of it too (%s)", async (compression, pack) => {
    using folder = scratch()
    const path = folder.in("rows")
    writeFileSync(path, Buffer.concat([pack(rows.slice(0, 2).join("")), pack(rows.slice(2).join(""))]))
    expect(await rowsOf(path, compression)).toEqual({ rows, passed: rows.length })
  })

  it("is damaged when it ends in the middle of a row", async () => {
    using folder = scratch()
    const path = folder.in("rows")
    writeFileSync(path, 'a,b\r\n1,"half')
    await expect(rowsOf(path, "none")).rejects.toThrow(`${path} ends in the middle of a row.`)
  })

  it("is damaged when its quotes are none of CSV, and it says which", async () => {
    using folder = scratch()
    const path = folder.in("rows")
    writeFileSync(path, 'a,b\r\n1,"a"b\r\n')
    const error = await Effect.runPromise(Effect.flip(Stream.runDrain(tableRows(path, "none"))))
    const message = `${path} is not CSV: Expected a delimiter or line break after a closing quote.`
    expect(error).toMatchObject({ kind: "Damaged", exitCode: 65, message })
  })
})
