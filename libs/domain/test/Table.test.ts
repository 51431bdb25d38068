import { Result } from "effect"
import { assert, describe, it } from "@effect/vitest"
import type { Cell } from "../src/Csv.ts"
import { recordOf } from "../src/ExecutionRecord.ts"
import { decodePage } from "../src/Page.ts"
import { type ColumnType, executions, matches, sourceDocuments, type Table, tables } from "../src/Table.ts"
import { wire } from "./Arbitraries.ts"
import { execution, full, nested, record, without } from "./Fixtures.ts"

/** The rows of a record by column name. */
const named = (table: Table, json: string): ReadonlyArray<Record<string, Cell>> =>
  table
    .rows(record(json))
    .map((row) => Object.fromEntries(table.columns.map((column, index) => [column.name, row[index] as Cell])))

const fits: Readonly<Record<ColumnType, (cell: Cell) => boolean>> = {
  string: (cell) => typeof cell === "string",
  integer: (cell) => Number.isSafeInteger(cell),
  number: (cell) => Number.isFinite(cell),
  boolean: (cell) => typeof cell === "boolean",
  datetime: (cell) => typeof cell === "string" && /^[+-]?\d{4,6}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$/.test(cell),
  json: (cell) => typeof cell === "string" && JSON.parse(cell) !== null,
}

const text = JSON.stringify(full)
const nastyNumbers = '{ "a":12345678901234567890,"b" : 1e400, "c":-0 ,"d":1.0,"e":[6.02E+23]}'
const withMatch = (match: string): string => `${JSON.stringify(without("matches")).slice(0, -1)},"matches":[${match}]}`

describe("tables", () => {
  it("turns an execution into one row of executions", () => {
    const ids = ["exec_1", "exec_1", "alt_1", "col_1"]
    const rest = [true, 2, true, 2, 0.75, full.executed_at, `${full.executed_at}Z`, 120, 1, null]
    assert.deepStrictEqual(executions.rows(record(text)), [[...ids, ...rest]])
  })

  it("turns each match and each source document into a row that points back to its execution", () => {
    assert.deepStrictEqual(matches.rows(record(text)), [
      ["exec_1", 0, "doc_1", 0.25, "ast_1", '{"label":"logo"}', '{"a":1}', null],
      ["exec_1", 1, "doc_2", 0.75, null, null, null, null],
    ])
    assert.deepStrictEqual(sourceDocuments.rows(record(text)), [["exec_1", 0, "doc_9"]])
  })

  it("tells matches that were not sent from no matches", () => {
    const cells = (matchesText: string) => {
      const json = `${JSON.stringify(without("matches")).slice(0, -1)}${matchesText}}`
      const [row] = named(executions, json)
      const { length } = matches.rows(record(json))
      return [row?.["matches_included"], row?.["matches_returned"], row?.["top_score"], length]
    }
    assert.deepStrictEqual(cells(""), [false, null, null, 0])
    assert.deepStrictEqual(cells(',"matches":null'), [false, null, null, 0])
    assert.deepStrictEqual(cells(',"matches":[]'), [true, 0, null, 0])
  })

  it("counts source documents as null when the server did not say", () => {
    const [missing, none] = [JSON.stringify(without("source_documents")), text.replace('["doc_9"]', "[]")]
    assert.isNull(named(executions, missing)[0]?.["source_document_count"])
    assert.strictEqual(named(executions, none)[0]?.["source_document_count"], 0)
    for (const json of [missing, none]) assert.deepStrictEqual(sourceDocuments.rows(record(json)), [])
  })

  it("keeps every digit and space of JSON cells as sent", () => {
    const match = `{"document_id":"d","score":1.0, "metadata" : ${nastyNumbers} ,"matched_features":${nastyNumbers},"new":-0}`
    const [row] = named(matches, `  ${withMatch(match)}\n`)
    assert.strictEqual(row?.["metadata"], nastyNumbers)
    assert.strictEqual(row?.["matched_features"], nastyNumbers)
    assert.strictEqual(row?.["extra"], '{"new":-0}')
    const whole = `{"zz":1.0,${text.slice(1, -1)},"__proto__": ${nastyNumbers},"n":1e400}`
    assert.strictEqual(named(executions, whole)[0]?.["extra"], `{"zz":1.0,"__proto__":${nastyNumbers},"n":1e400}`)
  })

  it("cuts the cells out of a record in the middle of a page", () => {
    const match = `{"document_id":"d","score":0.5,"metadata":${nastyNumbers}}`
    const page = `{"matches":[7],"results":[ ${text}, {"bad":1}, ${withMatch(`${match} , ${match}`)} ]}`
    const { records } = Result.getOrThrow(decodePage(page))
    const good = records.filter((one) => one._tag === "ExecutionRecord")
    assert.strictEqual(good.flatMap((one) => executions.rows(one)).length, 2)
    const cells = good.flatMap((one) => matches.rows(one)).map((row) => row[6])
    assert.deepStrictEqual(cells, ['{"a":1}', null, nastyNumbers, nastyNumbers])
  })

  it("lets the last of two equal keys count, for cells as for rows", () => {
    const match = '{"metadata":{"a":1},"document_id":"x","document_id":"y","score":1,"metadata":{"b":2}}'
    const [row] = named(matches, `{"matches":[{"document_id":"no","score":0}],${withMatch(match).slice(1)}`)
    assert.deepStrictEqual([row?.["document_id"], row?.["metadata"], row?.["extra"]], ["y", '{"b":2}', null])
  })

  it("takes null JSON as no cell and an empty object as a cell", () => {
    const [row] = named(matches, withMatch('{"document_id":"d","score":0,"metadata": null ,"matched_features":{ }}'))
    assert.deepStrictEqual([row?.["metadata"], row?.["matched_features"], row?.["score"]], [null, "{ }", 0])
  })

  it("keeps an escaped key where JSON.parse may take it for another", () => {
    JSON.parse(String.raw`{"poisoned":1,"\\u":1}`)
    const metadata = String.raw`{"poisoned":1,"\ud83d\ude00":2}`
    const [row] = named(matches, withMatch(`{"document_id":"d","score":0,"metadata":${metadata}}`))
    assert.strictEqual(row?.["metadata"], metadata)
  })

  it("takes metadata of thousands of levels", () => {
    const deep = nested(9990, '{"a":', "}")
    const [row] = named(matches, withMatch(`{"document_id":"d","score":0,"metadata":${deep},"x":${deep}}`))
    assert.isTrue(row?.["metadata"] === deep && row["extra"] === `{"x":${deep}}`)
  })

  it.prop("gives every row the cells that its columns promise, under a key of its own", [wire], ([value]) => {
    const one = record(JSON.stringify(value))
    for (const { columns, name, primaryKey, rows } of tables) {
      const all = rows(one)
      for (const row of all) {
        assert.strictEqual(row.length, columns.length, name)
        columns.forEach((column, index) => {
          const cell = row[index] as Cell
          assert.isTrue(cell === null ? !column.required : fits[column.type](cell), `${name}.${column.name}: ${cell}`)
        })
      }
      const at = primaryKey.map((key) => columns.findIndex((column) => column.name === key))
      assert.isFalse(at.includes(-1))
      assert.strictEqual(new Set(all.map((row) => JSON.stringify(at.map((index) => row[index])))).size, all.length)
    }
    assert.deepStrictEqual(
      tables.map((table) => table.rows(one).length),
      [1, one.execution.matches?.length ?? 0, one.execution.sourceDocuments?.length ?? 0],
    )
  })

  it.prop("says in JSON cells what the execution says", [wire], ([value]) => {
    const json = JSON.stringify(value)
    const back = (cell: Cell | undefined) => (typeof cell === "string" ? JSON.stringify(JSON.parse(cell)) : "null")
    const empty = (object: object) => (Object.keys(object).length === 0 ? "null" : JSON.stringify(object))
    const { extra, matches: all } = record(json).execution
    assert.strictEqual(back(named(executions, json)[0]?.["extra"]), empty(extra))
    named(matches, json).forEach((row, index) => {
      assert.strictEqual(back(row["metadata"]), JSON.stringify(all?.[index]?.metadata))
      assert.strictEqual(back(row["matched_features"]), JSON.stringify(all?.[index]?.matchedFeatures))
      assert.strictEqual(back(row["extra"]), empty(all?.[index]?.extra ?? {}))
    })
  })

  it("writes the same rows for an execution that did not come over the wire", () => {
    for (const table of tables) assert.deepStrictEqual(table.rows(recordOf(execution())), table.rows(record(text)))
  })
})
