import { assert, describe, it } from "@effect/vitest"
import { executionKey, syntheticPrefix } from "../src/ExecutionKey.ts"
import { make } from "../src/Sample.ts"
import { text, wire } from "./Arbitraries.ts"
import { execution, full, record, without } from "./Fixtures.ts"

const anonymous = (changes: Record<string, unknown> = {}): string =>
  executionKey(execution({ execution_id: null, ...changes }))

describe("executionKey", () => {
  it("is the ID of the server when there is one", () => {
    assert.strictEqual(executionKey(execution()), "exec_1")
  })

  it("is marked as synthetic when there is none", () => {
    assert.match(anonymous(), /^synthetic_[0-9a-f]{16}$/)
    assert.isTrue(anonymous().startsWith(syntheticPrefix))
  })

  it("is the same in every version of this program, since files that are merged later depend on it", () => {
    assert.strictEqual(anonymous(), "synthetic_acb0e11853093dac")
    assert.strictEqual(anonymous({ matches: null, source_documents: ["顔", "\ud83d"] }), "synthetic_184f75b5ef4f39c9")
  })

  it("does not depend on the order of fields, white space, or a missing field being null", () => {
    const fields = Object.entries({ ...full, matches: null, execution_id: null, source_documents: null }).reverse()
    const bare = without("execution_id", "matches", "source_documents")
    const texts = [JSON.stringify(bare), JSON.stringify(bare, null, 2), JSON.stringify(Object.fromEntries(fields))]
    assert.strictEqual(new Set(texts.map((json) => executionKey(record(json).execution))).size, 1)
  })

  it("does not depend on fields that nobody listed", () => {
    assert.strictEqual(anonymous({ later: 1 }), anonymous())
  })

  it("differs when any field of the run differs", () => {
    const [first, second] = full.matches
    const changes: ReadonlyArray<Record<string, unknown>> = [
      {},
      { alert_id: "alt_2" },
      { collection_id: "col_2" },
      { alert_id: "alt_1,col_1" },
      { triggered: false },
      { match_count: 3 },
      { duration_ms: 121 },
      { executed_at: "2026-03-01T09:30:00.123457" },
      { source_documents: ["doc_8"] },
      { source_documents: ["doc_9", "doc_9"] },
      { source_documents: [] },
      { source_documents: null },
      { matches: null },
      { matches: [] },
      { matches: [first] },
      { matches: [second, first] },
      { matches: [first, { ...second, score: 0.750001 }] },
      { matches: [first, { ...second, document_id: "doc_3" }] },
    ]
    assert.strictEqual(new Set(changes.map(anonymous)).size, changes.length)
  })

  it.prop("is one for one run, however often it is read", [wire], ([value]) => {
    const json = JSON.stringify({ ...value, execution_id: null })
    const key = executionKey(record(json).execution)
    assert.strictEqual(executionKey(record(` ${json}\n`).execution), key)
    assert.match(key, /^synthetic_[0-9a-f]{16}$/)
  })

  it.prop("tells texts apart that differ in one character", [text, text], ([left, right]) => {
    if (left !== right) assert.notStrictEqual(anonymous({ alert_id: `a${left}` }), anonymous({ alert_id: `a${right}` }))
  })

  it("has no collision in 100,000 executions without an ID", () => {
    const sample = make(7)
    const keys = new Set<string>()
    for (let index = 0; index < 100_000; index++) {
      keys.add(executionKey(record(sample.json(index).replace(/"execution_id":"[^"]*",/, "")).execution))
    }
    assert.strictEqual(keys.size, 100_000)
  })

  it("has no collision in 20,000 runs that differ in one number", () => {
    const keys = new Set(Array.from({ length: 20_000 }, (_, duration_ms) => anonymous({ duration_ms })))
    assert.strictEqual(keys.size, 20_000)
  })
})
