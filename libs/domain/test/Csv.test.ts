import { Arbitrary, Schema } from "effect"
import { assert, describe, it } from "@effect/vitest"
import { parse } from "csv-parse/sync"
import { type Cell, encodeCell, encodeHeader, encodeRow, excel, standard } from "../src/Csv.ts"
import { nastyText, text } from "./Arbitraries.ts"

/** Reads as PostgreSQL and DuckDB do: an empty field is null when it has no quotes. */
const read = (csv: string, bom = false): ReadonlyArray<ReadonlyArray<string | null>> =>
  parse(csv, {
    bom,
    record_delimiter: "\r\n",
    skip_empty_lines: false,
    cast: (value, { quoting }) => (value === "" && !quoting ? null : value),
  })

const cells: Arbitrary.Arbitrary<Cell> = Arbitrary.flatMap(
  Arbitrary.schema(Schema.Literals(["text", "nasty", "other"])),
  (kind): Arbitrary.Arbitrary<Cell> =>
    kind === "text"
      ? Arbitrary.map(text, (value) => value.toWellFormed())
      : kind === "nasty"
        ? nastyText
        : Arbitrary.schema(Schema.Union([Schema.Null, Schema.Boolean, Schema.Finite])),
)

const rows = Arbitrary.flatMap(
  Arbitrary.schema(Schema.Int.check(Schema.isBetween({ minimum: 1, maximum: 5 }))),
  (width) =>
    Arbitrary.array(Arbitrary.array(cells, { minLength: width, maxLength: width }), { minLength: 1, maxLength: 6 }),
)

const plain = (row: ReadonlyArray<Cell>): ReadonlyArray<string | null> =>
  row.length === 1 && row[0] === null ? [""] : row.map((cell) => (cell === null ? null : String(cell)))

const formulas = ["=1+1", "+441632960000", "-5", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "\0=1", "＝1", "＋1", "－1", "＠A"]

describe("Csv", () => {
  it.prop("gives a strict reader back every cell, and null as something other than empty text", [rows], ([some]) => {
    const csv = some.map((row) => encodeRow(row, standard)).join("")
    assert.deepStrictEqual(read(csv), some.map(plain))
  })

  it.prop("gives a strict reader back every cell but the guarded formulas in the excel dialect", [rows], ([some]) => {
    const names = some[0]?.map((_, index) => `c${index}`) ?? []
    const csv = encodeHeader(names, excel) + some.map((row) => encodeRow(row, excel)).join("")
    const guarded = some.map((row) =>
      plain(row).map((value, index) =>
        value !== null && typeof row[index] === "string" && "=+-@\t\r\n\0＝＋－＠".includes(value[0] ?? "none")
          ? `'${value}`
          : value,
      ),
    )
    assert.deepStrictEqual(read(csv, true), [names, ...guarded])
  })

  it("ends every record with CRLF, the last one too", () => {
    assert.strictEqual(encodeRow(["a", 1, true, null], standard), "a,1,true,\r\n")
    assert.strictEqual(encodeHeader(["a", "b"], standard), "a,b\r\n")
  })

  it("writes null as nothing and empty text as two quotes", () => {
    assert.strictEqual(encodeRow([null, "", null], standard), ',"",\r\n')
    assert.strictEqual(encodeRow([null, null], excel), ",\r\n")
  })

  it("writes a row of one null as a record, not as an empty line", () => {
    assert.strictEqual(encodeRow([null], standard), '""\r\n')
    assert.strictEqual(encodeRow([null], excel), '""\r\n')
    assert.strictEqual(read(encodeRow([null], standard).repeat(3)).length, 3)
  })

  it("quotes what would end a field or a record, and nothing else", () => {
    assert.strictEqual(encodeCell('say "hi"', standard), '"say ""hi"""')
    assert.deepStrictEqual(
      ["a,b", "a\rb", "a\nb", "\uFEFFa"].map((cell) => encodeCell(cell, standard)),
      ['"a,b"', '"a\rb"', '"a\nb"', '"\uFEFFa"'],
    )
    for (const cell of ["a;b", "a|b", "a\tb", "a'b", " a ", "NULL", "\\N", "a\u2028b", "a\uFEFF", "\\"]) {
      assert.strictEqual(encodeCell(cell, standard), cell)
    }
  })

  it("writes numbers and booleans as JSON does", () => {
    for (const cell of [0, -5, 0.1, 1e21, 5e-7, 9007199254740991, true, false]) {
      assert.strictEqual(encodeCell(cell, standard), JSON.stringify(cell))
      assert.strictEqual(encodeCell(cell, excel), JSON.stringify(cell))
    }
  })

  it.each(formulas)("guards the formula %j only when asked", (cell) => {
    const parsed = (dialect: typeof excel) => read(encodeRow([cell, "x"], dialect))[0]?.[0]
    assert.strictEqual(parsed(standard), cell)
    assert.strictEqual(parsed(excel), `'${cell}`)
  })

  it("leaves text alone that holds a formula character further on, and numbers below zero", () => {
    for (const cell of ["a=1", "1-2", "x@y", "'=1", " =1", "", '{"a":"=1"}', -5]) {
      assert.strictEqual(encodeCell(cell, excel), encodeCell(cell, standard))
    }
  })

  it("puts a byte order mark before the header of the excel dialect only", () => {
    assert.strictEqual(encodeHeader(["=a"], excel), "\uFEFF=a\r\n")
    assert.strictEqual(encodeHeader(["=a"], standard), "=a\r\n")
    assert.strictEqual(encodeRow(["a"], excel), "a\r\n")
  })
})
