import { Option } from "effect"
import { assert, describe, it } from "@effect/vitest"
import { parseMoment, parseSpan } from "../src/Moment.ts"
import { written } from "./Arbitraries.ts"

const now = Date.UTC(2026, 2, 1, 12)
const moment = (value: string) => Option.getOrUndefined(parseMoment(value, now))
const span = (value: string) => Option.getOrUndefined(parseSpan(value))

describe("parseSpan", () => {
  it("reads a number and a unit as milliseconds", () => {
    const spans = ["500ms", "2s", "1.5m", "3min", "2h", "7d", "1w", " 0s "].map(span)
    assert.deepStrictEqual(spans, [500, 2000, 90_000, 180_000, 7_200_000, 604_800_000, 604_800_000, 0])
  })

  it("reads nothing else", () => {
    for (const value of [
      "",
      "5",
      "h",
      "-2h",
      "2 h",
      "2H",
      "2y",
      "1h30m",
      "1e3s",
      ".5h",
      "5.h",
      "٢h",
      `${"9".repeat(400)}h`,
    ]) {
      assert.isUndefined(span(value), value)
    }
  })
})

describe("parseMoment", () => {
  it("reads a span as that long ago", () => {
    assert.strictEqual(moment("24h"), now - 86_400_000)
    assert.strictEqual(moment("0s"), now)
  })

  it("reads a date as its first moment in UTC", () => {
    assert.strictEqual(moment("2026-03-01"), Date.UTC(2026, 2, 1))
    assert.strictEqual(moment(" 2024-02-29 "), Date.UTC(2024, 1, 29))
  })

  it("reads a time without an offset as UTC, with or without seconds", () => {
    for (const value of ["2026-03-01T09:30", "2026-03-01 09:30", "2026-03-01T09:30Z", "2026-03-01T09:30:00"]) {
      assert.strictEqual(moment(value), Date.UTC(2026, 2, 1, 9, 30), value)
    }
    assert.strictEqual(moment("2026-03-01T09:30+05:30"), Date.UTC(2026, 2, 1, 4))
  })

  it("reads no time that does not exist", () => {
    for (const value of [
      "2026-02-30",
      "2026-13-01",
      "2026-03-01T24:00",
      "2026-03-01T09:60",
      "2026-03-01T09:30+25:00",
    ]) {
      assert.isUndefined(moment(value), value)
    }
    for (const value of ["", "now", "2026", "2026-03", "03/01/2026", "2026-03-01T", "2026-3-1", "1772357400"]) {
      assert.isUndefined(moment(value), value)
    }
  })

  it.prop("reads every timestamp that a server may write", [written], ([one]) => {
    const rounding = one.nanos % 1_000_000n < 0n ? 1n : 0n
    assert.strictEqual(moment(one.text), Number(one.nanos / 1_000_000n - rounding))
  })
})
