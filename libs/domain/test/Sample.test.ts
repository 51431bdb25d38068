import { Arbitrary, Result, Schema } from "effect"
import { assert, describe, it } from "@effect/vitest"
import { type Decoded, parseRecord } from "../src/ExecutionRecord.ts"
import * as Nasty from "../src/NastyText.ts"
import { alerts, make } from "../src/Sample.ts"
import { toNanos } from "../src/Timestamp.ts"
import { text } from "./Arbitraries.ts"

const size = 20_000
const sample = make(42)
const texts = Array.from({ length: size }, (_, index) => sample.json(index))
const decoded: ReadonlyArray<Decoded> = texts.map((json) => Result.getOrThrow(parseRecord(json)))
const executions = decoded.flatMap((one) => (one._tag === "ExecutionRecord" ? [one.execution] : []))

const whole = (maximum: number) => Arbitrary.schema(Schema.Int.check(Schema.isBetween({ minimum: 0, maximum })))
const some = (test: (json: string) => boolean): boolean => texts.some(test)

describe("make", () => {
  it("gives the same text for the same seed and index, in any order", () => {
    const again = make(42)
    for (let index = size - 1; index >= 0; index -= 97) assert.strictEqual(again.json(index), texts[index])
    assert.strictEqual(make(1).json(5), make(1).json(5))
  })

  it("gives another text for another seed", () => {
    for (let seed = 0; seed < 40; seed++) assert.notStrictEqual(make(seed).json(3), make(seed + 1).json(3))
  })

  it("makes nothing that does not decode", () => {
    assert.deepStrictEqual(
      decoded.filter((one) => one._tag === "Quarantined"),
      [],
    )
    for (const seed of [0, 1, -1, 2 ** 31, 2 ** 32 - 1]) {
      for (let index = 0; index < 500; index++) {
        assert.strictEqual(Result.getOrThrow(parseRecord(make(seed).json(index)))._tag, "ExecutionRecord")
      }
    }
  })

  it.prop("finds the index of every ID again", [whole(2 ** 32 - 1), whole(2 ** 32 - 1)], ([seed, index]) => {
    for (const place of [index, index % 1000, 0, 1, 2 ** 32 - 1]) {
      assert.strictEqual(make(seed).indexOf(make(seed).executionId(place)), place)
    }
  })

  it.prop("finds no index for text that is no ID", [text], ([value]) => {
    for (const id of [
      value,
      `exec_${value}`,
      "exec_1234567",
      "exec_123456789",
      "EXEC_12345678",
      "exec_1234567G",
      "exec_12345678\n",
    ]) {
      assert.isUndefined(sample.indexOf(id), id)
    }
  })

  it("gives every execution an ID of its own, which its record carries when hasId says so", () => {
    assert.strictEqual(new Set(texts.map((_, index) => sample.executionId(index))).size, size)
    executions.forEach(({ executionId }, index) => {
      assert.strictEqual(executionId, sample.hasId(index) ? sample.executionId(index) : null)
    })
  })

  it("says which alert ran", () => {
    executions.forEach(({ alertId }, index) => {
      assert.strictEqual(String(alertId), alerts[sample.alertOf(index)]?.alertId)
    })
    assert.strictEqual(new Set(executions.map((one) => one.alertId)).size, alerts.length)
  })

  it("orders executions by time, the oldest first", () => {
    for (let index = 1; index < size; index++) {
      const [before, after] = [executions[index - 1], executions[index]]
      if (before === undefined || after === undefined) throw new Error(`No execution at ${index}`)
      assert.isTrue(toNanos(before.executedAt) < toNanos(after.executedAt), String(index))
    }
  })

  it("counts the matches that it sends", () => {
    for (const one of executions) {
      if (one.matches !== null) assert.strictEqual(one.matches.length, one.matchCount)
      assert.strictEqual(one.triggered, one.matchCount > 0)
    }
  })
})

describe("a sample", () => {
  const promises: ReadonlyArray<readonly [name: string, test: (json: string) => boolean]> = [
    ["null matches", (json) => json.includes('"matches":null')],
    ["missing matches", (json) => !json.includes('"matches"')],
    ["no matches", (json) => json.includes('"matches":[]')],
    [
      "matches that were counted and not sent",
      (json) => /"match_count":[1-9]/.test(json) && !json.includes('"matches":['),
    ],
    ["a missing execution_id", (json) => !json.includes('"execution_id"')],
    ["missing source documents", (json) => !json.includes('"source_documents"')],
    ["a time in Z", (json) => /"executed_at":"[^"]*\.\d{6}Z"/.test(json)],
    ["a time at +00:00", (json) => /"executed_at":"[^"]*:\d\d\+00:00"/.test(json)],
    ["a time at another offset", (json) => /"executed_at":"[^"]*\+05:30"/.test(json)],
    ["a time without offset and fraction", (json) => /"executed_at":"[^"]*T\d\d:\d\d:\d\d"/.test(json)],
    ["microseconds without offset", (json) => /"executed_at":"[^"]*\.\d{6}"/.test(json)],
    ["Chinese or Japanese", (json) => json.includes("街頭カメラ")],
    ["Arabic", (json) => json.includes("تقرير")],
    ["emoji of several code points", (json) => json.includes("👨‍👩‍👧‍👦")],
    ["line feeds", (json) => json.includes("line one\\nline two")],
    ["carriage returns", (json) => json.includes("\\r\\nline two\\rline three")],
    ["formulas", (json) => json.includes('"=HYPERLINK(')],
    ["escape sequences", (json) => json.includes("\\u001b[31m")],
    ["lone surrogates", (json) => json.includes("\\ud83d lone")],
    ["unlisted fields of an execution", (json) => json.includes('"retriever_version":2.0')],
    ["unlisted fields of a match", (json) => json.includes('"rerank_score":0.10000000000000000555')],
    ["scores that lose their spelling", (json) => json.includes('"score":1.0')],
    ["a number of 64 bits", (json) => json.includes(":18446744073709551615")],
    ["a number of more than 64 bits", (json) => json.includes(":12345678901234567890")],
    ["a number beyond a double", (json) => json.includes(":1e400")],
  ]
  it.each(promises)("holds %s", (_, test) => assert.isTrue(some(test)))

  it("holds every nasty number, text and title", () => {
    const all = texts.join("\n")
    for (const one of Nasty.numbers) assert.isTrue(all.includes(`:${one}`), one)
    for (const one of [...Nasty.texts, ...Nasty.titles]) assert.isTrue(all.includes(JSON.stringify(one)), one)
  })

  it("holds executions of up to 500 matches, most of them of few", () => {
    const counts = executions.map((one) => one.matches?.length ?? 0)
    assert.strictEqual(Math.max(...counts), 500)
    assert.isAbove(counts.filter((count) => count < 5).length, size * 0.85)
  })
})
