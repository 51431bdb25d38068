/** JSON that is nested deeper than anybody means it. */
import { assert, describe, it } from "@effect/vitest"
import { Result } from "effect"
import { maxJsonDepth } from "../src/BoundedJson.ts"
import { type Decoded, parseRecord, recordId } from "../src/ExecutionRecord.ts"
import { decodePage } from "../src/Page.ts"
import { full } from "./Fixtures.ts"

const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text)

const around = (records: ReadonlyArray<string>): string =>
  `{"results": [${records.join(", ")}], "pagination": {"next_cursor": "c1"}, "total_count": ${records.length}}`

describe("depth", () => {
  it("reads records that are nested as deep as a server can write, and quarantines deeper ones alone", () => {
    const nested = (depth: number): string =>
      `${JSON.stringify(full).slice(0, -1)},"deep":${"[".repeat(depth)}${"]".repeat(depth)}}`
    // The page and its results are two levels, the record a third.
    const text = around([nested(maxJsonDepth - 3), nested(200_000), JSON.stringify(full)])
    const { records } = Result.getOrThrow(decodePage(utf8(text)))
    assert.deepStrictEqual(
      records.map((record) => record._tag),
      ["ExecutionRecord", "Quarantined", "ExecutionRecord"],
    )
    assert.strictEqual(recordId(records[1] as Decoded), full.execution_id)
    assert.strictEqual(records[1]?.json, nested(200_000))
    assert.strictEqual(Result.getOrThrow(parseRecord(utf8(nested(200_000))))._tag, "Quarantined")
    const noJson = `{"\\u00zz":1,"deep":${"[".repeat(200_000)}`
    assert.strictEqual(Result.getOrThrow(parseRecord(utf8(noJson)))._tag, "Quarantined")
  })

  it("does not build what is nested too deep around the records", () => {
    const bomb = "[".repeat(1_000_000)
    for (const text of [bomb, `{"results":[],"pagination":${bomb}`, `{"results":${bomb}`, `{"results":[${bomb}`]) {
      assert.isTrue(Result.isFailure(decodePage(utf8(text))))
    }
  })
})
