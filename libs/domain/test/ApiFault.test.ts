import { Option } from "effect"
import { assert, describe, it } from "@effect/vitest"
import { decodeFault } from "../src/ApiFault.ts"
import { json, text } from "./Arbitraries.ts"
import { nested } from "./Fixtures.ts"

const fault = (body: unknown) => Option.getOrThrow(decodeFault(body))
const envelope = (details: unknown, type: unknown = "TooManyRequestsError") => ({
  success: false,
  status: 429,
  error: { message: "Slow down", type, details },
})
const wait = (retry_after: unknown) => fault(envelope({ retry_after })).retryAfterSeconds

describe("decodeFault", () => {
  it("reads the envelope with everything that is in its details", () => {
    const details = { resource: "alert", id: "alt_1", limit: 60, nested: { a: [1] } }
    const expected = { message: "Slow down", type: "NotFoundError", issues: [], retryAfterSeconds: null, details }
    assert.deepStrictEqual(fault(envelope(details, "NotFoundError")), expected)
  })

  it("reads an envelope of which only the message is there", () => {
    const bare = { message: "Boom", type: null, issues: [], retryAfterSeconds: null, details: {} }
    assert.deepStrictEqual(fault({ error: { message: "Boom" } }), bare)
    const nulls = { success: null, status: null, error: { message: "Boom", type: null, details: null } }
    assert.deepStrictEqual(fault(nulls), bare)
  })

  it("takes details that are no object as none", () => {
    for (const details of [null, "text", 5, true, [], [{ retry_after: 3 }]]) {
      const { details: read, issues, message, retryAfterSeconds } = fault(envelope(details))
      assert.deepStrictEqual([read, issues, message, retryAfterSeconds], [{}, [], "Slow down", null])
    }
  })

  it("reads the validation errors of the envelope", () => {
    const validation_errors = [
      { type: "missing", location: ["query", "limit"], message: "Field required" },
      { location: "body", message: "Too long" },
      { location: ["body", "items", 3], message: "Odd" },
      { location: null, message: "No place" },
      { message: "Nowhere" },
    ]
    assert.deepStrictEqual(fault(envelope({ validation_errors }, "ValidationError")).issues, [
      { location: "query.limit", message: "Field required" },
      { location: "body", message: "Too long" },
      { location: "body.items.3", message: "Odd" },
      { location: "", message: "No place" },
      { location: "", message: "Nowhere" },
    ])
  })

  it("reads FastAPI's own body, which has no envelope", () => {
    const detail = [
      { loc: ["query", "limit"], msg: "Input should be less than 1000", type: "less_than_equal", input: "5000" },
      { loc: ["body", 0], msg: "Wrong" },
    ]
    assert.deepStrictEqual(fault({ detail }), {
      message: "Input should be less than 1000",
      type: null,
      issues: [
        { location: "query.limit", message: "Input should be less than 1000" },
        { location: "body.0", message: "Wrong" },
      ],
      retryAfterSeconds: null,
      details: {},
    })
    assert.notStrictEqual(fault({ detail: [] }).message, "")
  })

  it("reads how long to wait from a number or a numeric text", () => {
    assert.deepStrictEqual([30, 0, 0.25].map(wait), [30, 0, 0.25])
    assert.deepStrictEqual(["30", " 1.5 ", "0", "007"].map(wait), [30, 1.5, 0, 7])
  })

  it("takes a wait that makes no sense as not said", () => {
    const numeric = ["-1", "30s", "NaN", "Infinity", "1e999", "0x10", "0b11", "9".repeat(400)]
    const texts = ["", "  ", "soon", "Wed, 21 Oct 2026 07:28:00 GMT", ...numeric]
    for (const value of [...texts, -1, -0.5, JSON.parse("1e400"), null, true, [], [5], ["5"], {}, { seconds: 5 }]) {
      assert.isNull(wait(value), JSON.stringify(value))
    }
    assert.isNull(fault(envelope({})).retryAfterSeconds)
  })

  it("keeps the rest of the details when one of them is not as expected", () => {
    const lists = [[null], [{ location: { a: 1 }, message: "m" }], [{ message: 5 }]]
    for (const validation_errors of ["oops", 5, { a: 1 }, ...lists]) {
      const details = { validation_errors, retry_after: 7, api_name: "alerts" }
      const { details: read, retryAfterSeconds } = fault(envelope(details))
      assert.deepStrictEqual<unknown>(read, details)
      assert.strictEqual(retryAfterSeconds, 7)
    }
  })

  it("keeps the validation errors that it can read next to one that it cannot", () => {
    const validation_errors = [{ location: "a", message: "good" }, null, { message: 5 }, { message: "also good" }]
    assert.deepStrictEqual(
      fault(envelope({ validation_errors })).issues.map((issue) => issue.message),
      ["good", "also good"],
    )
  })

  it("reads FastAPI's plain detail as the message", () => {
    const fault = Option.getOrThrow(decodeFault({ detail: "Not Found" }))
    assert.strictEqual(fault.message, "Not Found")
    assert.deepStrictEqual(fault.issues, [])
  })

  it("takes anything else as no fault", () => {
    const errors = [null, "text", [], {}, { message: null }, { message: 5 }, { type: "NotFoundError" }]
    const entries = [{}, null, { msg: "no loc" }, { loc: "query", msg: "m" }, { loc: [{}], msg: "m" }]
    const details = [null, {}, "", ...entries.map((entry) => [entry])]
    const others = [undefined, null, 5, true, "", "<html>502</html>", [], {}, [{ error: { message: "m" } }]]
    for (const body of [...others, ...errors.map((error) => ({ error })), ...details.map((detail) => ({ detail }))]) {
      assert.isTrue(Option.isNone(decodeFault(body)), JSON.stringify(body))
    }
    assert.isTrue(Option.isNone(decodeFault(JSON.parse('{"__proto__":{"error":{"message":"m"}}}'))))
  })

  it.prop("never throws, wherever arbitrary JSON turns up", [json, text], ([value, message]) => {
    decodeFault(value)
    decodeFault({ error: value })
    decodeFault({ detail: value })
    decodeFault({ detail: [value] })
    for (const details of [value, { retry_after: value, validation_errors: value }, { validation_errors: [value] }]) {
      const read = fault({ error: { message, details } })
      assert.strictEqual(read.message, message)
      assert.isTrue(read.retryAfterSeconds === null || read.retryAfterSeconds >= 0)
      assert.isTrue(read.issues.every((issue) => typeof issue.location === "string"))
    }
  })

  it("takes details of any depth", () => {
    const deep: unknown = JSON.parse(nested(100_000, '{"a":', "}"))
    assert.strictEqual(fault(envelope(deep)).message, "Slow down")
    assert.isTrue(Option.isNone(decodeFault(deep)))
  })
})
