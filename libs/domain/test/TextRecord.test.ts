/** Records that are kept for long, out of the pages they came in. */
import { assert, describe, it } from "@effect/vitest"
import { Result } from "effect"
import { decodePage, detached } from "../src/index.ts"
import { make } from "../src/Sample.ts"
import { ScannedRecord } from "../src/scan/ScannedRecord.ts"
import { TextRecord } from "../src/TextRecord.ts"

const sample = make(5)
const texts = Array.from({ length: 300 }, (_, index) => sample.json(index))
// Memory of Node's own, of which `slice` would be a view.
const body = Buffer.from(`{"results":[${texts.join(",")}]}`)
const { records } = Result.getOrThrow(decodePage(body))

describe("records on their own", () => {
  it("has the same text and the same execution as in its page", () => {
    const all = detached(records)
    records.forEach((record, index) => {
      const kept = all[index] ?? record
      assert.strictEqual(kept.json, texts[index])
      if (kept._tag === "ExecutionRecord" && record._tag === "ExecutionRecord") {
        assert.deepStrictEqual(kept.execution, record.execution)
      }
    })
  })

  it("keeps of the page only the texts, together", () => {
    const scanned = records.filter((record) => record instanceof ScannedRecord)
    assert.isAbove(scanned.length, 200)
    const kept = detached(records).filter((record) => record instanceof TextRecord)
    assert.strictEqual(kept.length, scanned.length)
    const memory = new Set(kept.map(({ buffer }) => buffer))
    assert.strictEqual(memory.size, 1)
    assert.strictEqual(
      [...memory][0]?.byteLength,
      scanned.reduce((sum, { json }) => sum + Buffer.byteLength(json), 0),
    )
  })
})
