import { assert, describe, it } from "@effect/vitest"
import { delta, documentChanges, executionChanges } from "../src/ExecutionComparison.ts"
import { fieldChanges } from "../src/FieldChange.ts"
import { full, record } from "./Fixtures.ts"

const of = (...matches: ReadonlyArray<object>) => record(JSON.stringify({ ...full, matches }))
const scored = (...matches: ReadonlyArray<readonly [string, number]>) =>
  of(...matches.map(([document_id, score]) => ({ document_id, score })))

describe("documentChanges", () => {
  it("tells new, gone and changed documents, each time that one occurs", () => {
    const changes = documentChanges(
      scored(["a", 0.1], ["b", 0.5], ["c", 0.3], ["c", 0.4]),
      scored(["b", 0.8], ["c", 0.3], ["d", 1]),
    )
    assert.deepStrictEqual(
      changes.map((change) => [change.documentId, change.change, delta(change)]),
      [
        ["d", "new", null],
        ["c", "gone", null],
        ["a", "gone", null],
        ["b", "higher", 0.3],
        ["c", "same", 0],
      ],
    )
  })

  it("tells what else is different of a document that matched twice", () => {
    const [change] = documentChanges(
      of({ document_id: "a", score: 0.5, metadata: { title: "x", tags: [1, 2] } }),
      of({ document_id: "a", score: 0.5, metadata: { title: "y", tags: [1, 2, 3] } }),
    )
    assert.strictEqual(change?.change, "same")
    assert.deepStrictEqual(change?.fields, [
      { path: ".metadata.title", before: '"x"', after: '"y"' },
      { path: ".metadata.tags[2]", before: null, after: "3" },
    ])
  })
})

describe("executionChanges", () => {
  it("tells the fields that differ, but for the ID and the matches", () => {
    const after = JSON.stringify({ ...full, execution_id: "exec_2", matches: [], duration_ms: 99, trace: 1 })
    assert.deepStrictEqual(executionChanges(record(JSON.stringify(full)), record(after)), [
      { path: ".duration_ms", before: "120", after: "99" },
      { path: ".trace", before: null, after: "1" },
    ])
  })
})

describe("fieldChanges", () => {
  it("keeps digits, names odd keys, and tells one kind of value from another", () => {
    assert.deepStrictEqual(fieldChanges('{"a b":1.0,"c":{"d":[]},"e":null}', '{"a b":1.00,"c":{"d":{}},"e":null}'), [
      { path: '["a b"]', before: "1.0", after: "1.00" },
      { path: ".c.d", before: "[]", after: "{}" },
    ])
    assert.deepStrictEqual(fieldChanges("{}", "{ }"), [])
  })

  it("stops when nothing is the same any more", () => {
    const many = (value: number) => JSON.stringify(Array.from({ length: 10_000 }, () => value))
    assert.strictEqual(fieldChanges(many(1), many(2)).length, 500)
  })
})
