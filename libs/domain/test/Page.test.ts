import { Result } from "effect"
import { assert, describe, it } from "@effect/vitest"
import { decodePage } from "../src/Page.ts"
import { full, nested, without } from "./Fixtures.ts"

const page = (text: string) => Result.getOrThrow(decodePage(text))
const problem = (text: string) => Result.getOrThrow(Result.flip(decodePage(text)))
const next = (pagination: unknown) => page(JSON.stringify({ results: [], pagination })).next

describe("decodePage", () => {
  it("keeps the records in the order of the server, each with the text that was sent", () => {
    const rest = JSON.stringify(without("execution_id"), null, 2).slice(1)
    const texts = [`{ "execution_id":"exec_a",${rest}`, `{"n": 1.0 ,"execution_id" : "exec_b",${rest}`]
    const { next: cursor, records, totalCount } = page(`{"results": [\n${texts.join(" ,\n")} ] , "total_count": 2}`)
    assert.deepStrictEqual(
      records.map((one) => one.json),
      texts,
    )
    assert.deepStrictEqual(
      records.map((one) => (one._tag === "ExecutionRecord" ? String(one.execution.executionId) : one.problem)),
      ["exec_a", "exec_b"],
    )
    assert.deepStrictEqual([cursor, totalCount], [null, 2])
  })

  it("loses one record when one record is bad, and keeps its text and its ID", () => {
    const good = JSON.stringify(full)
    const bad = '{"execution_id": "exec_bad", "score": 1.0, "match_count": 12345678901234567890}'
    const { records } = page(`{"results":[${[good, bad, "17", "null", "[]", '"text"', good].join(",")}]}`)
    assert.deepStrictEqual(
      records.map((one) => (one._tag === "Quarantined" ? one.executionId : "good")),
      ["good", "exec_bad", null, null, null, null, "good"],
    )
    assert.deepStrictEqual(
      records.map((one) => one.json),
      [good, bad, "17", "null", "[]", '"text"', good],
    )
    const quarantined = records[1]
    assert.strictEqual(quarantined?._tag === "Quarantined" ? quarantined.problem.path : "", ".alert_id")
  })

  it("reads the last of two lists of results, as JSON.parse does", () => {
    const { records } = page(`{"results":[1,2],"x":{"results":[3]},"\\u0072esults":[${JSON.stringify(full)}]}`)
    assert.deepStrictEqual(
      records.map((one) => one.json),
      [JSON.stringify(full)],
    )
  })

  it("ends where there is no next cursor, and nowhere else", () => {
    assert.isNull(page('{"results":[]}').next)
    for (const pagination of [null, {}, { next_cursor: null }, { next_cursor: "" }, { next_page: "/v1?page=2" }]) {
      assert.isNull(next(pagination))
    }
    for (const cursor of ["abc", " ", "null", "0", "a+b/c==", "顔", "\ud800"]) {
      assert.strictEqual(String(next({ next_cursor: cursor, page: null })), cursor)
    }
  })

  it("takes a missing or null total as not said, and zero as zero", () => {
    assert.isNull(page('{"results":[]}').totalCount)
    assert.isNull(page('{"results":[],"total_count":null}').totalCount)
    assert.strictEqual(page('{"results":[],"total_count":0}').totalCount, 0)
  })

  const wrong: ReadonlyArray<readonly [path: string, text: string]> = [
    ["", "<!doctype html><html><body>502 Bad Gateway secret</body></html>"],
    ["", ""],
    ["", " "],
    ["", '{"results": [secret'],
    ["", '{"results": []} secret'],
    ["", "null"],
    ["", '"secret"'],
    ["", "502"],
    ["", "[]"],
    [".results", "{}"],
    [".results", '{"results":null}'],
    [".results", '{"results":{"0":"secret"}}'],
    [".results", '{"results":"secret"}'],
    [".results", '{"result":[],"__proto__":{"results":[]}}'],
    [".pagination", '{"results":[],"pagination":"secret"}'],
    [".pagination.next_cursor", '{"results":[],"pagination":{"next_cursor":5}}'],
    [".pagination.next_cursor", '{"results":[],"pagination":{"next_cursor":["secret"]}}'],
  ]
  it.each(wrong)('says at "%s" what is wrong with the body %s, without repeating it', (path, text) => {
    const malformed = problem(text)
    assert.strictEqual(malformed.path, path)
    assert.notInclude(malformed.message, "secret")
    if (path === "") assert.notStrictEqual(malformed.message, "")
  })

  it("takes any depth of nesting that a reader of the result would take", () => {
    const deep = nested(4990, '{"a":[', "]}")
    assert.strictEqual(problem(nested(100_000, "[", "]")).path, "")
    assert.strictEqual(problem(deep).path, ".results")
    const good = `${JSON.stringify(without("matches")).slice(0, -1)},"x":${deep}}`
    const { records } = page(`{"results":[${deep},${good}],"pagination":{"later":${deep}}}`)
    assert.deepStrictEqual(
      records.map((one) => one._tag),
      ["Quarantined", "ExecutionRecord"],
    )
    assert.isTrue(records[0]?.json === deep && records[1]?.json === good)
  })
})
