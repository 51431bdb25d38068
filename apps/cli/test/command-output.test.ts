/** The parts that output is made of. */
import { assert, describe, it } from "@effect/vitest"
import { parseRecord } from "@mixpeek-alerts/domain"
import { Result } from "effect"
import { parseCondition } from "../src/commands/Condition.ts"
import { executionListing } from "../src/commands/ExecutionListing.ts"
import { parseFields } from "../src/output/Fields.ts"
import { oneLine } from "../src/output/JsonLine.ts"
import { nearest } from "../src/output/Nearest.ts"
import { bare, parsePath, valuesAt } from "../src/output/Pick.ts"
import type { Surface } from "../src/output/Surface.ts"
import { tsvRow } from "../src/output/Tsv.ts"
import { View, type ViewColumn } from "../src/output/View.ts"
import { visible } from "../src/output/Visible.ts"
import { cells } from "../src/text/Width.ts"

const recordOf = (more: object = {}) => {
  const wire = {
    execution_id: "exec_1",
    alert_id: "alt_1",
    collection_id: "col_1",
    triggered: true,
    match_count: 0,
    executed_at: "2026-03-01T00:00:00Z",
    duration_ms: 100,
    ...more,
  }
  const record = Result.getOrThrow(parseRecord(JSON.stringify(wire)))
  if (record._tag !== "ExecutionRecord") throw new Error(record.problem.message)
  return record
}

const pick = (json: string, path: string): ReadonlyArray<string> => valuesAt(json, Result.getOrThrow(parsePath(path)))

describe("a path", () => {
  const json = '{"a":[{"b":1.0,"c d":"x"},{"b":12345678901234567890},{}],"e":{"f":null}}'

  it("leads to what it names, with the digits that were sent", () => {
    assert.deepStrictEqual(pick(json, "a[].b"), ["1.0", "12345678901234567890"])
    assert.deepStrictEqual(pick(json, ".a[0].b"), ["1.0"])
    assert.deepStrictEqual(pick(json, 'a[0]["c d"]'), ['"x"'])
    assert.deepStrictEqual(pick(json, "e.f"), ["null"])
    assert.deepStrictEqual(pick(json, "."), [json])
    assert.deepStrictEqual([pick(json, "e.x"), pick(json, "a[7]"), pick(json, "a.b")], [[], [], []])
    assert.deepStrictEqual([bare('"x\\ny"'), bare("1.0")], ["x\ny", "1.0"])
  })

  it("is refused when it is none", () => {
    for (const text of ["", "a..b", "a[", "a[x]", "a b", "[]x", 'a["x]'])
      assert.isTrue(Result.isFailure(parsePath(text)), text)
  })
})

describe("fields", () => {
  it("are columns, members or paths, in the order in which they are named", () => {
    const record = recordOf({ matches: [{ document_id: "d", score: 1 }], trace: { span: 7 } })
    const fields = Result.getOrThrow(parseFields(executionListing, "top_score,alert_id,matches,.trace.span,.no"))
    assert.deepStrictEqual(
      fields.map((field) => `${field.name} ${field.json(record)} ${field.cell(record)}`),
      [
        "top_score 1 1",
        'alert_id "alt_1" alt_1',
        'matches [{"document_id":"d","score":1}] [{"document_id":"d","score":1}]',
        "trace.span 7 7",
        "no null null",
      ],
    )
  })

  it("that nobody knows are refused, with what may have been meant", () => {
    const refused = parseFields(executionListing, "alert_id,topscore")
    assert.include(Result.isFailure(refused) ? refused.failure.hint : "", "Did you mean top_score?")
  })
})

describe("a condition", () => {
  const holds = (text: string, record = recordOf({ matches: [{ document_id: "d", score: 0.9 }], match_count: 1 })) =>
    Result.getOrThrow(parseCondition(text))(record)

  it("is a word or a comparison", () => {
    assert.deepStrictEqual(
      ["triggered", "not-triggered", "score>=0.9", "score>0.9", "matches = 1", "took<1s"].map((text) => holds(text)),
      [true, false, true, false, true, true],
    )
    assert.isFalse(holds("score>=0", recordOf()))
    for (const text of ["", "score", "score>", "score>x", "alert:x", "triggered yes"])
      assert.isTrue(Result.isFailure(parseCondition(text)), text)
  })
})

describe("text for other programs", () => {
  it("on one line keeps every token", () => {
    assert.strictEqual(oneLine('{"a": [1.0]}'), '{"a": [1.0]}')
    assert.strictEqual(oneLine('{\r\n  "a b": [ 1.0,\n "x\\"  y" ]\n}'), '{"a b":[1.0,"x\\"  y"]}')
  })

  it("in tab-separated fields never breaks a line", () => {
    assert.strictEqual(tsvRow(["a", null, "", 1, true]), "a\t\t\t1\ttrue\n")
    assert.strictEqual(tsvRow(["a\tb\nc\\d", '{"x":"\\n"}']), 'a\\tb\\nc\\\\d\t{"x":"\\n"}\n')
  })

  it("on a terminal shows what a terminal would obey, and JSON stays JSON", () => {
    const hostile = "\u001b[31m\u009b\u202e x\ty\n"
    assert.strictEqual(visible(hostile), "\\u001b[31m\\u009b\\u202e x\ty\n")
    assert.strictEqual(JSON.parse(visible('"\u009b\u202e"')), "\u009b\u202e")
  })
})

describe("a suggestion", () => {
  it("is what is alike or begins alike, and nothing else", () => {
    const known = ["get", "list", "latest", "matches", "compare", "completions"]
    assert.deepStrictEqual(
      ["gte", "lits", "lst", "match", "comp", "cmopare", "xyz", "g"].map((word) => nearest(word, known)),
      ["get", "list", "list", "matches", "compare", "compare", undefined, undefined],
    )
  })
})

describe("a table", () => {
  const column = (title: string, text: string, more: Partial<ViewColumn<null>> = {}): ViewColumn<null> => ({
    title,
    align: "left",
    text: () => text,
    drop: 0,
    ...more,
  })
  const columns = [
    column("id", "exec_0123456789"),
    column("name", "a name that is quite long 顔検出アラート", { least: 8, drop: 1 }),
    column("n", "5", { align: "right", drop: 2 }),
    column("", "########", { drop: 9 }),
  ]
  const surface = (width: number): Surface => ({
    terminal: true,
    columns: width,
    rows: 24,
    color: false,
    ascii: false,
    utc: false,
    now: 0,
  })
  const lines = (width: number): ReadonlyArray<string> => {
    const view = new View(columns, surface(width))
    view.measure([null])
    return [view.header(), view.row(null)].map((line) => line.trimEnd())
  }

  it("is never wider than the terminal while there is something to give", () => {
    for (let width = 15; width <= 90; width++)
      for (const line of lines(width)) assert.isAtMost(cells(line), width, line)
  })

  it("gives up decoration first, then cuts, then leaves columns out; what must stay stays whole", () => {
    assert.include(lines(90)[1], "########")
    assert.deepStrictEqual(lines(60)[1], "exec_0123456789  a name that is quite long 顔検出アラート  5")
    assert.strictEqual(lines(30)[1], "exec_0123456789  a name th…  5")
    assert.strictEqual(lines(26)[1], "exec_0123456789  a name t…")
    assert.strictEqual(lines(16)[1], "exec_0123456789")
  })

  it("cuts nothing where there is no width to fit", () => {
    assert.include(lines(Number.POSITIVE_INFINITY)[1], "顔検出アラート")
  })
})
