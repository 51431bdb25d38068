/** Records that are kept for long, out of the pages they came in. */
import { assert, describe, it } from "@effect/vitest"
import { Result } from "effect"
import { decodePage, detached } from "../src/index.ts"
import { make } from "../src/Sample.ts"
import { ScannedRecord } from "../src/scan/ScannedRecord.ts"

const sample = make(5)
const texts = Array.from({ length: 300 }, (_, index) => sample.json(index))
// Memory of Node's own, of which `slice` would be a view.
const body = Buffer.from(`{"results":[${texts.join(",")}]}`)
const { records } = Result.getOrThrow(decodePage(body))

describe("a record on its own", () => {
  it("has the same text and the same execution as in its page", () => {
    records.forEach((record, index) => {
      const kept = detached(record)
      assert.strictEqual(kept.json, texts[index])
      if (kept._tag === "ExecutionRecord" && record._tag === "ExecutionRecord") {
        assert.deepStrictEqual(kept.execution, record.execution)
      }
    })
  })

  it("keeps nothing of the page in memory", () => {
    const scanned = records.filter((record) => record instanceof ScannedRecord)
    assert.isAbove(scanned.length, 200)
    for (const { bytes, json } of scanned) assert.strictEqual(bytes.buffer.byteLength, Buffer.byteLength(json))
  })
})
