import { assert, describe, it } from "@effect/vitest"
import { Arbitrary, Result, Schema } from "effect"
import { encodeRow, standard } from "../src/Csv.ts"
import { executionKey } from "../src/ExecutionKey.ts"
import { type Decoded, parseRecord, recordId } from "../src/ExecutionRecord.ts"
import { fingerprint } from "../src/Fingerprint.ts"
import { buildPage, decodePage, type Page } from "../src/Page.ts"
import { countsOf, keyFingerprint, writeRecord } from "../src/RecordRows.ts"
import { RowBuffer } from "../src/RowBuffer.ts"
import * as Sample from "../src/Sample.ts"
import { ScannedRecord } from "../src/scan/ScannedRecord.ts"
import { tables } from "../src/Table.ts"
import { wire } from "./Arbitraries.ts"
import { full, without } from "./Fixtures.ts"

const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text)

/** From almost nothing, so that they grow at every place of a row. */
const buffers = (capacity: number) => ({
  executions: new RowBuffer(capacity),
  matches: new RowBuffer(capacity),
  source_documents: new RowBuffer(capacity),
})

/** All rows of a record as text, the long way. */
const rowsByTable = (record: Decoded): string =>
  record._tag === "Quarantined"
    ? ""
    : tables
        .map((table) =>
          table
            .rows(record)
            .map((row) => encodeRow(row, standard))
            .join(""),
        )
        .join("---")
        .toWellFormed()

/** All rows of a record as text, the way an export writes them. */
const rowsByCopy = (record: Decoded, capacity = 1): string => {
  if (record._tag === "Quarantined") return ""
  const to = buffers(capacity)
  writeRecord(to, record, standard)
  return tables.map((table) => new TextDecoder("utf-8", { ignoreBOM: true }).decode(to[table.name].view())).join("---")
}

/** What can be told of a record: its rows, its text, its key, its counts, or what is wrong with it. */
const told = (record: Decoded, rows: string): unknown =>
  record._tag === "Quarantined"
    ? [record.executionId, record.problem.path, record.problem.expected, record.json]
    : [rows, record.json, recordId(record), fingerprint(executionKey(record.execution)), countsOf(record)]

const toldOf = (page: Result.Result<Page, unknown>, rowsOf: (record: Decoded) => string): unknown =>
  Result.isFailure(page)
    ? String(page.failure)
    : [page.success.next, page.success.totalCount, page.success.records.map((one) => told(one, rowsOf(one)))]

/** The scanner and the schema agree about a text: same rows, same quarantine, same errors. */
const agree = (text: string): void => {
  const sent = new TextDecoder("utf-8", { ignoreBOM: true }).decode(utf8(text))
  const scanned = decodePage(utf8(text))
  assert.deepStrictEqual(toldOf(scanned, rowsByCopy), toldOf(buildPage(sent), rowsByTable))
  if (Result.isFailure(scanned)) return
  for (const record of scanned.success.records) {
    if (record._tag === "Quarantined") continue
    assert.deepStrictEqual(keyFingerprint(record), fingerprint(executionKey(record.execution)))
  }
}

const around = (records: ReadonlyArray<string>): string =>
  `{"results": [${records.join(", ")}], "pagination": {"next_cursor": "c1"}, "total_count": ${records.length}}`

const whole = (minimum: number, maximum: number) =>
  Arbitrary.schema(Schema.Int.check(Schema.isBetween({ minimum, maximum })))

const pieces = [
  '"',
  "\\",
  "{",
  "}",
  "[",
  "]",
  ",",
  ":",
  "0",
  "-",
  ".",
  "e5",
  "null",
  "true",
  " ",
  "\u0001",
  "é",
  "\\u00e9",
  "1e400",
]

describe("reading records out of bytes", () => {
  it.prop("agrees with the schema on any execution", [Arbitrary.array(wire, { maxLength: 4 })], ([wires]) => {
    agree(around(wires.map((one) => JSON.stringify(one))))
    agree(around(wires.map((one) => JSON.stringify(one, null, 2))))
  })

  it.prop(
    "agrees with the schema on any text that was damaged in one place",
    [wire, whole(0, 1_000_000), whole(0, pieces.length - 1), whole(0, 3)],
    ([sent, where, which, cut]) => {
      const text = around([JSON.stringify(sent), JSON.stringify(full)])
      const at = where % text.length
      agree(text.slice(0, at) + (pieces[which] as string) + text.slice(at + cut))
    },
  )

  it("agrees with the schema on every record of the sample, and reads nearly all of them itself", () => {
    const sample = Sample.make(20260301)
    const texts = Array.from({ length: 2000 }, (_, index) => sample.json(index))
    agree(around(texts))
    const { records } = Result.getOrThrow(decodePage(utf8(around(texts))))
    assert.isAbove(records.filter((one) => one instanceof ScannedRecord).length, 1800)
  })

  const unusual: ReadonlyArray<readonly [what: string, member: string]> = [
    ["a key that occurs twice", '"alert_id":"alt_2"'],
    ["an escape in a name", '"alert_id":"alt_\\u0031"'],
    ["an escape in a key", '"alert\\u005fid":"alt_9"'],
    ["a count with an exponent", '"match_count":1e2'],
    ["a count with a point", '"match_count":2.0'],
    ["a count that does not fit", '"match_count":12345678901234567890'],
    ["a leading zero", '"match_count":007'],
    ["minus zero", '"match_count":-0'],
    ["a date that does not exist", '"executed_at":"2026-02-30T00:00:00Z"'],
    ["an offset that does not exist", '"executed_at":"2026-02-03T00:00:00+05:60"'],
    ["an offset within the day", '"executed_at":"2026-02-03 04:05:06.70-03:30"'],
    ["an offset into the day before", '"executed_at":"2026-03-01T00:29:59+00:30"'],
    ["an offset into the day after", '"executed_at":"2026-12-31T23:30:00-00:30"'],
    ["an offset to midnight", '"executed_at":"2026-12-31T23:30:00.5+23:30"'],
    ["an offset of minus nothing", '"executed_at":"2026-12-31T23:30:00-00:00"'],
    ["an offset of minutes", '"executed_at":"2026-02-03T00:00:00.123456789+0530"'],
    ["a key of the prototype", '"__proto__":{"triggered":true}'],
    ["a number beyond all numbers", '"extra":1e400'],
    ["a lone surrogate", '"extra":"\\ud800"'],
    ["an empty name", '"execution_id":""'],
    ["a score of one and more", '"matches":[{"document_id":"d","score":1.0000000001}]'],
    ["a score in other spellings", '"matches":[{"document_id":"d","score":1.0},{"document_id":"e","score":1e-7}]'],
    ["a score of many digits", '"matches":[{"document_id":"d","score":0.30000000000000004}]'],
    ["a cell that starts with a byte order mark", '"matches":[{"document_id":"\uFEFFd","score":0.5}]'],
    ["text of other scripts", '"matches":[{"document_id":"顔, \\"😀","score":0.5,"metadata":{"title":"𝒳\u2028"}}]'],
  ]
  for (const [what, member] of unusual) {
    it(`agrees with the schema about ${what}`, () => {
      const text = JSON.stringify(full)
      const name = JSON.parse(member.slice(0, member.indexOf(":"))) as string
      const others = JSON.stringify(Object.fromEntries(Object.entries(full).filter(([key]) => key !== name)))
      agree(
        around([
          `${text.slice(0, -1)},${member}}`,
          `{${member},${text.slice(1)}`,
          `${others.slice(0, -1)},${member}}`,
          text,
        ]),
      )
    })
  }

  it("leaves bytes that are not UTF-8 to the decoder, which replaces them", () => {
    const text = around([JSON.stringify({ ...full, alert_id: "alt_#" })])
    for (const bad of [[0xff], [0xc0, 0xaf], [0xed, 0xa0, 0x80], [0xf5, 0x80, 0x80, 0x80], [0xe2, 0x82]]) {
      const [before, after] = text.split("#") as [string, string]
      const bytes = Uint8Array.from([...utf8(before), ...bad, ...utf8(after)])
      const { records } = Result.getOrThrow(decodePage(bytes))
      assert.isFalse(records[0] instanceof ScannedRecord)
      assert.include(records[0]?.json ?? "", "\uFFFD")
    }
  })

  it.prop(
    "agrees with the schema on a score of any digits",
    [whole(1, 22), whole(0, 2 ** 31 - 1), whole(0, 9)],
    (given) => {
      const [length, seed, last] = given
      const digits = (String(seed) + String(seed ** 2) + String(seed ** 3)).replace(/\D/g, "").slice(0, length)
      const scores = [
        `0.${digits}`,
        `0.${digits}${last}`,
        `0.${"0".repeat(length % 9)}${digits}`,
        `${digits[0]}e-${length}`,
      ]
      const matches = scores.map((score) => `{"document_id":"d","score":${score}}`).join(",")
      agree(around([`${JSON.stringify(without("matches")).slice(0, -1)},"matches":[${matches}]}`]))
    },
  )

  it("agrees with the schema about a page that lists its results twice", () => {
    const text = JSON.stringify(full)
    agree(`{"results":[${text}],"results":[${text},${text}]}`)
    agree(`{"results":[${text}],"res\\u0075lts":[${text},${text}]}`)
  })

  it("writes the same rows from whatever capacity its buffers start", () => {
    const sample = Sample.make(20260301)
    const records = Array.from({ length: 20 }, (_, index) => Result.getOrThrow(parseRecord(utf8(sample.json(index)))))
    for (const record of records) {
      const wanted = rowsByTable(record)
      for (let capacity = 1; capacity < 400; capacity++) {
        if (rowsByCopy(record, capacity) !== wanted) assert.fail(`${capacity} bytes: ${rowsByCopy(record, capacity)}`)
      }
    }
  })

  it("reads one record as it reads a page of one", () => {
    const text = JSON.stringify(full)
    const record = Result.getOrThrow(parseRecord(utf8(text)))
    assert.instanceOf(record, ScannedRecord)
    assert.strictEqual(rowsByCopy(record), rowsByTable(Result.getOrThrow(parseRecord(text))))
    assert.isTrue(Result.isFailure(parseRecord(utf8(`${text} x`))))
  })

  it("agrees with the schema on a score of more digits than a function takes arguments", () => {
    const score = `0.${"1".repeat(300_000)}`
    agree(
      around([`${JSON.stringify(without("matches")).slice(0, -1)},"matches":[{"document_id":"d","score":${score}}]}`]),
    )
  })
})
