import { assert, describe, it } from "@effect/vitest"
import { Arbitrary, Result, Schema } from "effect"
import { standard } from "../src/Csv.ts"
import { buildPage, decodePage, type Page } from "../src/Page.ts"
import { writeRecord } from "../src/RecordRows.ts"
import { RowBuffer } from "../src/RowBuffer.ts"
import { KnownNames, UNLISTED } from "../src/scan/KnownNames.ts"
import { ScannedRecord } from "../src/scan/ScannedRecord.ts"
import { full, without } from "./Fixtures.ts"

const weights = Arbitrary.array(Arbitrary.schema(Schema.Finite), { minLength: 16, maxLength: 16 })

/** The same object, its members in the order that the weights give. */
const shuffled = (object: object, weights: ReadonlyArray<number>): string => {
  const members = Object.entries(object).map(([key, value], at) => ({
    text: [key, value] as const,
    weight: weights[at],
  }))
  members.sort((one, other) => (one.weight ?? 0) - (other.weight ?? 0))
  const inner = members.map(({ text: [key, value] }) =>
    key === "matches"
      ? `"matches":[${(value as ReadonlyArray<object>).map((match) => shuffled(match, weights)).join(",")}]`
      : `${JSON.stringify(key)}:${JSON.stringify(value)}`,
  )
  return `{${inner.join(",")}}`
}

const pageOf = (records: ReadonlyArray<string>): string => `{"results":[${records.join(",")}],"pagination":null}`

/** What a record says, and the rows that are written of it: the scanned one's come from its bytes alone. */
const executions = (page: Result.Result<Page, unknown>) =>
  Result.getOrThrow(page).records.map((record) => {
    if (record._tag === "Quarantined") return record.problem
    const rows = { executions: new RowBuffer(), matches: new RowBuffer(), source_documents: new RowBuffer() }
    writeRecord(rows, record, standard)
    return [record.execution, ...Object.values(rows).map((table) => new TextDecoder().decode(table.view()))]
  })

const unlisted = { ...full, region: "eu", matches_note: [1, { matches: 2 }], execution_ids: null }

describe("the order of members", () => {
  it.prop(
    "may change from record to record, and between listed members others may stand",
    [Arbitrary.array(weights, { minLength: 1, maxLength: 6 })],
    ([orders]) => {
      const text = pageOf(orders.map((order) => shuffled(unlisted, order)))
      const scanned = decodePage(text)
      assert.deepStrictEqual(executions(scanned), executions(buildPage(text)))
      for (const record of Result.getOrThrow(scanned).records) assert.instanceOf(record, ScannedRecord)
    },
  )

  it("does not hide that the member which usually follows is missing", () => {
    const usual = JSON.stringify(full)
    const [first, second, third] = Result.getOrThrow(
      decodePage(pageOf([usual, JSON.stringify(without("duration_ms")), usual])),
    ).records
    assert.deepStrictEqual(
      [first?._tag, second?._tag, third?._tag],
      ["ExecutionRecord", "Quarantined", "ExecutionRecord"],
    )
  })

  it("takes a name only whole: neither its beginning nor more than it", () => {
    const odd = { ...full, alert_id2: "x", alert_: "y", _alert_id: "z" }
    const text = pageOf([JSON.stringify(full), JSON.stringify(odd), JSON.stringify(odd).replaceAll('":', '" :')])
    assert.deepStrictEqual(executions(decodePage(text)), executions(buildPage(text)))
  })

  it.each(["document_id", "score", "asset_id", "matched_features", "metadata"])(
    "gives way to the last of two members of a match: %s, and then null",
    (name) => {
      const match = JSON.stringify(full.matches[0])
      const text = pageOf([JSON.stringify(full).replace(match, match.replace(/\}$/, `,"${name}":null}`))])
      assert.deepStrictEqual(executions(decodePage(text)), executions(buildPage(text)))
    },
  )

  it("is foretold by the record before, from its first member on", () => {
    const names = new KnownNames(["a", "b", "c"])
    const bytes = new TextEncoder().encode(`{"b":1,"a":2}`)
    const told = (): ReadonlyArray<number> => {
      names.begin()
      return [1, 7].map((at) => {
        const name = names.expected(bytes, at)
        return name === UNLISTED ? 10 + names.find(bytes, at + 1, at + 2) : name
      })
    }
    assert.deepStrictEqual(
      [told(), told()],
      [
        [11, 10],
        [1, 0],
      ],
    )
  })
})
