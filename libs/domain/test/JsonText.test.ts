import { Arbitrary, Schema } from "effect"
import { assert, describe, it } from "@effect/vitest"
import type { Json } from "../src/Json.ts"
import { elements, member, members, unlistedText } from "../src/JsonText.ts"
import { json, nastyText, spaced, spacedObject, tameKey, text, whiteSpace } from "./Arbitraries.ts"
import { nested } from "./Fixtures.ts"

type Entries = ReadonlyArray<readonly [string, Json]>

const slices = (source: string, found: ReadonlyArray<{ readonly start: number; readonly end: number }>) =>
  found.map(({ end, start }) => source.slice(start, end))

const key = Arbitrary.map(Arbitrary.schema(Schema.Union([Schema.String, Schema.Literals(["a", "__proto__"])])), tameKey)
const entries: Arbitrary.Arbitrary<Entries> = Arbitrary.array(Arbitrary.all([key, json]))
const nastyEntries: Arbitrary.Arbitrary<Entries> = Arbitrary.array(Arbitrary.all([nastyText, nastyText]))

describe("JsonText", () => {
  const finds = (pairs: Entries, space: string): void => {
    const source = spacedObject(pairs, space)
    const found = members(source)
    assert.deepStrictEqual(
      found.map((one) => one.key),
      pairs.map(([name]) => name),
    )
    assert.deepStrictEqual(
      slices(source, found),
      pairs.map(([, value]) => spaced(value, space)),
    )
  }
  it.prop("finds each key and the exact text of each value", [entries, whiteSpace], ([some, space]) =>
    finds(some, space),
  )
  it.prop("is not led astray by quotes, brackets and backslashes", [nastyEntries, whiteSpace], ([some, space]) =>
    finds(some, space),
  )

  it.prop("finds what JSON.parse finds, the last of a key counting", [entries, whiteSpace], ([some, space]) => {
    const source = spacedObject(some, space)
    const whole = JSON.parse(source) as object
    assert.deepStrictEqual(new Set(members(source).map((one) => one.key)), new Set(Object.keys(whole)))
    for (const [name, value] of Object.entries(whole)) {
      assert.strictEqual(JSON.stringify(JSON.parse(member(source, name) ?? "")), JSON.stringify(value))
    }
  })

  it.prop("finds the elements that JSON.parse finds", [Arbitrary.array(json), whiteSpace], ([values, space]) => {
    const source = space + spaced(values, space) + space
    const found = slices(source, elements(source))
    assert.strictEqual(JSON.stringify(found.map((one) => JSON.parse(one) as unknown)), JSON.stringify(values))
    for (const slice of found) assert.strictEqual(slice, slice.trim())
  })

  it.prop("cuts out unlisted members without changing what they mean", [entries, whiteSpace], ([some, space]) => {
    const source = spacedObject(some, space)
    const rest = unlistedText(source, members(source), new Set(["a", ""]))
    const expected = new Map(Object.entries(JSON.parse(source) as object))
    expected.delete("a")
    expected.delete("")
    if (expected.size === 0) return assert.isUndefined(rest)
    assert.strictEqual(JSON.stringify(JSON.parse(rest ?? "")), JSON.stringify(Object.fromEntries(expected)))
  })

  it.prop("has no members in anything but an object and no elements in anything but an array", [text], ([value]) => {
    const string = JSON.stringify(value)
    assert.deepStrictEqual([members(string), elements(string)], [[], []])
    assert.deepStrictEqual([members(`[${string}]`), elements(`{${string}:1}`)], [[], []])
  })

  it("reads a key by its meaning, not by its spelling", () => {
    const source = String.raw`{"\u0061":1,"\"":2,"\\":3,"a\/b":4,"\ud83d\ude00":5,"\\\"":6}`
    const expected = ["a", '"', "\\", "a/b", "😀", '\\"']
    assert.deepStrictEqual(
      members(source).map((one) => one.key),
      expected,
    )
    assert.strictEqual(member(source, "a"), "1")
    assert.strictEqual(member(source, "😀"), "5")
  })

  it("counts the last of two members with the same key", () => {
    assert.strictEqual(member(String.raw`{"a":1,"b":{"a":9},"\u0061":[2]}`, "a"), "[2]")
    assert.strictEqual(unlistedText('{"a":1,"b":2,"a":3}', members('{"a":1,"b":2,"a":3}'), new Set()), '{"a":3,"b":2}')
  })

  it("does not find a key that is only inherited or nested", () => {
    assert.isUndefined(member('{"a":{"b":1}}', "b"))
    assert.isUndefined(member("{}", "toString"))
    assert.isUndefined(member("{}", "__proto__"))
  })

  it("tells the end of a string after any number of backslashes", () => {
    for (let count = 0; count < 9; count++) {
      const value = "\\".repeat(count)
      const source = JSON.stringify([value, `${value}"`, `"${value}`, "end"])
      assert.deepStrictEqual(
        slices(source, elements(source)).map((one) => JSON.parse(one) as unknown),
        JSON.parse(source),
      )
    }
  })

  it("keeps every digit of a number", () => {
    const source = '{"a": 12345678901234567890 , "b":1e400,"c":-0\n,"d":1.0}'
    assert.deepStrictEqual(slices(source, members(source)), ["12345678901234567890", "1e400", "-0", "1.0"])
    assert.deepStrictEqual(slices("[-0,1.0 ]", elements("[-0,1.0 ]")), ["-0", "1.0"])
  })

  it("starts where it is told to", () => {
    const source = '{"results": [ {"a":1}, [2] ]}'
    const start = members(source)[0]?.start ?? 0
    assert.deepStrictEqual(slices(source, elements(source, start)), ['{"a":1}', "[2]"])
    assert.strictEqual(member(source, "a", elements(source, start)[0]?.start), "1")
  })

  it("goes 100,000 levels deep without using up the stack", () => {
    for (const deep of [nested(100_000, "[", "]"), nested(100_000, '{"a":', "}")]) {
      assert.deepStrictEqual(slices(`[${deep}]`, elements(`[${deep}]`)), [deep])
      assert.isTrue(member(`{"x":1,"y":${deep}}`, "y") === deep)
    }
  })

  it("comes to an end on text that is not JSON", () => {
    for (const source of [
      "",
      "[",
      "{",
      "[}",
      "[,",
      "[1}",
      "[]]",
      '["',
      '{"',
      '{"a',
      '{"a"',
      '{"a":',
      "{]",
      "[1 2",
      "<html>",
    ]) {
      assert.isAtMost(members(source).length + elements(source).length, 2, source)
    }
  })
})
