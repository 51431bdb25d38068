import { Result, Schema } from "effect"
import { assert, describe, it } from "@effect/vitest"
import { AlertExecution, decode, encode, executionKeys, topScore } from "../src/Execution.ts"
import { wire } from "./Arbitraries.ts"
import { execution, full, without } from "./Fixtures.ts"

const problem = (input: unknown) => Result.getOrThrow(Result.flip(decode(input)))
const decoded = (input: unknown) => Result.getOrThrow(decode(input))

describe("decode", () => {
  it("gives every listed field its own place", () => {
    assert.deepStrictEqual<unknown>(execution(), {
      alertId: "alt_1",
      collectionId: "col_1",
      executionId: "exec_1",
      triggered: true,
      matchCount: 2,
      matches: [
        {
          documentId: "doc_1",
          score: 0.25,
          assetId: "ast_1",
          matchedFeatures: { label: "logo" },
          metadata: { a: 1 },
          extra: {},
        },
        { documentId: "doc_2", score: 0.75, assetId: null, matchedFeatures: null, metadata: null, extra: {} },
      ],
      sourceDocuments: ["doc_9"],
      executedAt: "2026-03-01T09:30:00.123456",
      durationMs: 120,
      extra: {},
    })
  })

  it("tells matches that were not sent from no matches", () => {
    assert.isNull(decoded(without("matches")).matches)
    assert.isNull(execution({ matches: null }).matches)
    assert.deepStrictEqual(execution({ matches: [] }).matches, [])
  })

  it("takes every optional field as null or missing", () => {
    for (const input of [
      without("execution_id", "source_documents"),
      { ...full, execution_id: null, source_documents: null },
    ]) {
      const { executionId, sourceDocuments } = decoded(input)
      assert.deepStrictEqual([executionId, sourceDocuments], [null, null])
    }
    assert.deepStrictEqual(execution({ source_documents: [] }).sourceDocuments, [])
  })

  it("keeps fields that nobody listed, of an execution and of a match", () => {
    const extra = JSON.parse('{"__proto__":{"x":1},"constructor":[1],"toString":null,"later":{"deep":[{}]}}')
    const { extra: kept, matches } = execution({ ...extra, matches: [{ document_id: "d", score: 1, ...extra }] })
    for (const object of [kept, matches?.[0]?.extra]) {
      assert.strictEqual(JSON.stringify(object), JSON.stringify(extra))
      assert.isTrue(Object.hasOwn(object ?? {}, "__proto__"))
      assert.strictEqual(Object.getPrototypeOf(object), Object.prototype)
    }
  })

  for (const field of executionKeys) {
    const required = !["execution_id", "matches", "source_documents"].includes(field)
    it(`names ${field} when it is wrong${required ? ", null or missing" : ""}, and never says what was in it`, () => {
      const secret = "s3cret-value"
      const values = [{ [secret]: secret }, ...(required ? [null] : [])]
      const wrong: ReadonlyArray<unknown> = [
        ...values.map((value) => ({ ...full, [field]: value })),
        ...(required ? [without(field)] : []),
      ]
      for (const input of wrong) {
        const malformed = problem(input)
        assert.strictEqual(malformed._tag, "Malformed")
        assert.strictEqual(malformed.path, `.${field}`)
        assert.notInclude(malformed.message + JSON.stringify(malformed), secret)
        assert.notStrictEqual(malformed.expected, "")
      }
    })
  }

  const at: ReadonlyArray<readonly [path: string, changes: Record<string, unknown>]> = [
    [".match_count", { match_count: -1 }],
    [".match_count", { match_count: 1.5 }],
    [".match_count", { match_count: Number("12345678901234567890") }],
    [".duration_ms", { duration_ms: "120" }],
    [".duration_ms", { duration_ms: Infinity }],
    [".triggered", { triggered: "true" }],
    [".alert_id", { alert_id: "" }],
    [".execution_id", { execution_id: 7 }],
    [".executed_at", { executed_at: "2026-02-30T00:00:00" }],
    [".executed_at", { executed_at: 1_772_357_400 }],
    [".source_documents[1]", { source_documents: ["doc_1", 2] }],
    [".matches[0]", { matches: [null] }],
    [".matches[1].document_id", { matches: [full.matches[0], { score: 1 }] }],
    [".matches[0].score", { matches: [{ document_id: "d" }] }],
    [".matches[0].score", { matches: [{ document_id: "d", score: 1.0001 }] }],
    [".matches[0].score", { matches: [{ document_id: "d", score: -0.1 }] }],
    [".matches[0].score", { matches: [{ document_id: "d", score: JSON.parse("1e400") as number }] }],
    [".matches[0].asset_id", { matches: [{ document_id: "d", score: 1, asset_id: 5 }] }],
    [".matches[0].metadata", { matches: [{ document_id: "d", score: 1, metadata: "text" }] }],
    [".matches[0].matched_features", { matches: [{ document_id: "d", score: 1, matched_features: [1] }] }],
  ]
  it.each(at)("says where: %s", (path, changes) => {
    const malformed = problem({ ...full, ...changes })
    assert.strictEqual(malformed.path, path)
    assert.strictEqual(malformed.message, `${malformed.expected} at ${path}`)
    assert.notMatch(malformed.message, /12345678901234567890|2026-02-30|1\.0001|Infinity|120|got/)
  })

  it("says that something that is no object is wrong as a whole", () => {
    for (const input of [null, undefined, 5, "text", true, []]) assert.strictEqual(problem(input).path, "")
  })

  it.prop("gives the same execution after encoding and decoding again", [wire], ([value]) => {
    const once = decoded(JSON.parse(JSON.stringify(value)))
    const text = JSON.stringify(encode(once))
    const twice = decoded(JSON.parse(text))
    assert.deepStrictEqual(twice, once)
    assert.strictEqual(JSON.stringify(twice), JSON.stringify(once))
    assert.strictEqual(JSON.stringify(encode(twice)), text)
  })

  it.prop("loses nothing that the server sent", [wire], ([value]) => {
    const sent = JSON.parse(JSON.stringify(value)) as Record<string, unknown>
    const back = JSON.parse(JSON.stringify(encode(decoded(sent)))) as Record<string, unknown>
    for (const key of Object.keys(sent).filter((name) => name !== "matches")) {
      assert.strictEqual(JSON.stringify(own(back, key) ?? null), JSON.stringify(own(sent, key)), key)
    }
    assert.strictEqual((back["matches"] as [] | null)?.length, (sent["matches"] as [] | null | undefined)?.length)
  })

  it.prop("is also a codec for use inside other schemas", [wire], ([value]) => {
    const input: unknown = JSON.parse(JSON.stringify(value))
    const once = Schema.decodeUnknownSync(AlertExecution)(input)
    assert.deepStrictEqual(once, decoded(input))
    assert.deepStrictEqual<unknown>(Schema.encodeSync(AlertExecution)(once), encode(once))
  })
})

describe("topScore", () => {
  it("is the highest score that was sent, and null without matches", () => {
    assert.strictEqual(topScore(execution()), 0.75)
    assert.strictEqual(topScore(execution({ matches: [{ document_id: "d", score: 0 }] })), 0)
    assert.deepStrictEqual([topScore(execution({ matches: [] })), topScore(execution({ matches: null }))], [null, null])
  })
})

const own = (object: unknown, key: string): unknown => Object.getOwnPropertyDescriptor(object, key)?.value
