import { execFileSync } from "node:child_process"
import { Schema } from "effect"
import { assert, describe, it } from "@effect/vitest"
import { Timestamp, toMillis, toNanos, toUtc } from "../src/Timestamp.ts"
import { written, writtenClose } from "./Arbitraries.ts"

const at = (value: string): Timestamp => Schema.decodeUnknownSync(Timestamp)(value)
const accepts = Schema.is(Timestamp)

describe("Timestamp", () => {
  it("keeps every digit of a second, from none to nanoseconds", () => {
    assert.strictEqual(toUtc(at("2026-03-01T09:30:00")), "2026-03-01T09:30:00Z")
    assert.strictEqual(toUtc(at("2026-03-01T09:30:00.5")), "2026-03-01T09:30:00.5Z")
    assert.strictEqual(toUtc(at("2026-03-01T09:30:00.123456")), "2026-03-01T09:30:00.123456Z")
    assert.strictEqual(toUtc(at("2026-03-01T09:30:00.123456780Z")), "2026-03-01T09:30:00.123456780Z")
    assert.strictEqual(toNanos(at("2026-03-01T09:30:00.000000001")), 1_772_357_400_000_000_001n)
    assert.strictEqual(toNanos(at("2026-03-01T09:30:00.1")), 1_772_357_400_100_000_000n)
  })

  it("keeps the text that the server wrote", () => {
    assert.strictEqual(String(at("2026-03-01 09:30:00.120+0530")), "2026-03-01 09:30:00.120+0530")
  })

  it("takes an offset off, across the ends of days, months and years", () => {
    assert.strictEqual(toUtc(at("2026-03-01T00:15:00.25+05:30")), "2026-02-28T18:45:00.25Z")
    assert.strictEqual(toUtc(at("2023-12-31T20:00:00-0430")), "2024-01-01T00:30:00Z")
    assert.strictEqual(toUtc(at("2024-03-01T01:00:00+02")), "2024-02-29T23:00:00Z")
    assert.strictEqual(toUtc(at("2026-03-01T09:30:00-00:00")), "2026-03-01T09:30:00Z")
    assert.strictEqual(toUtc(at("0050-01-01T00:00:00Z")), "0050-01-01T00:00:00Z")
  })

  it("writes a UTC year of more or fewer than four digits in the expanded form of ISO 8601", () => {
    assert.strictEqual(toUtc(at("9999-12-31T23:30:00-01:00")), "+010000-01-01T00:30:00Z")
    assert.strictEqual(toUtc(at("0000-01-01T00:30:00+01:00")), "-000001-12-31T23:30:00Z")
  })

  it("rounds milliseconds down, before 1970 too", () => {
    assert.strictEqual(toMillis(at("1970-01-01T00:00:00.0019")), 1)
    assert.strictEqual(toMillis(at("1969-12-31T23:59:59.9999")), -1)
    assert.strictEqual(toMillis(at("1969-12-31T23:59:59.0001")), -1000)
  })

  it("reads a timestamp without an offset as UTC in any time zone", () => {
    const script = `
      const { toMillis, toNanos, toUtc } = await import(${JSON.stringify(import.meta.resolve("../src/Timestamp.ts"))})
      const texts = ["2026-03-08T02:30:00.123456", "2026-11-01T01:30:00", "2026-06-01T00:00:00+02:00"]
      const read = texts.map((text) => [toUtc(text), toMillis(text), String(toNanos(text))])
      console.log(JSON.stringify({ zone: new Date(Date.UTC(2026, 0, 1)).getTimezoneOffset(), read }))
    `
    const run = (zone: string): { zone: number; read: unknown } =>
      JSON.parse(
        execFileSync(process.execPath, ["--input-type=module", "--eval", script], {
          encoding: "utf8",
          env: { ...process.env, NODE_OPTIONS: "--conditions=@mixpeek-alerts/source", TZ: zone },
        }),
      )
    const [newYork, tokyo] = [run("America/New_York"), run("Asia/Tokyo")]
    assert.deepStrictEqual([newYork.zone, tokyo.zone], [300, -540])
    assert.deepStrictEqual(newYork.read, [
      ["2026-03-08T02:30:00.123456Z", 1_772_937_000_123, "1772937000123456000"],
      ["2026-11-01T01:30:00Z", 1_793_496_600_000, "1793496600000000000"],
      ["2026-05-31T22:00:00Z", 1_780_264_800_000, "1780264800000000000"],
    ])
    assert.deepStrictEqual(tokyo.read, newYork.read)
  })

  it("accepts only days that are in the calendar", () => {
    for (const day of ["2024-02-29", "2000-02-29", "2026-12-31", "2026-04-30"]) {
      assert.isTrue(accepts(`${day}T00:00:00`), day)
    }
    for (const day of [
      "2025-02-29",
      "2026-02-30",
      "1900-02-29",
      "2026-04-31",
      "2026-06-31",
      "2026-09-31",
      "2026-11-31",
    ]) {
      assert.isFalse(accepts(`${day}T00:00:00`), day)
    }
    for (const day of ["2026-00-01", "2026-13-01", "2026-01-00", "2026-01-32"]) {
      assert.isFalse(accepts(`${day}T00:00:00`), day)
    }
  })

  it("accepts only times and offsets that are on the clock", () => {
    for (const time of ["00:00:00", "23:59:59", "23:59:59.999999999", "12:00:00-23:59", "12:00:00+0000", "12:00:00z"]) {
      assert.isTrue(accepts(`2026-03-01T${time}`), time)
    }
    const wrong = ["24:00:00", "23:60:00", "23:59:60", "12:00:00+24:00", "12:00:00-24:00", "12:00:00+05:60"]
    for (const time of [...wrong, "12:00:00-0575"]) assert.isFalse(accepts(`2026-03-01T${time}`), time)
  })

  it("rejects what only looks like a timestamp", () => {
    const wrong = [
      "",
      "now",
      "1772357400",
      "2026-03-01",
      "2026-03-01T09:30",
      "2026-03-01T09:30:00.",
      "26-03-01T09:30:00",
    ]
    const close = [
      "2026-03-01T09:30:00.1234567890",
      "2026-03-01T09:30:00\n",
      " 2026-03-01T09:30:00",
      "2026-03-01t09:30:00",
    ]
    const odd = [
      "2026-03-01T09:30:00,5",
      "2026-03-01T09:30:00 Z",
      "２０２６-03-01T09:30:00",
      "2026-03-01T09:30:00+5:30",
    ]
    for (const value of [...wrong, ...close, ...odd, "2026-03-01T09:30:00Z;", "+002026-03-01T09:30:00Z"]) {
      assert.isFalse(accepts(value), value)
    }
    for (const value of [null, 1_772_357_400, {}, ["2026-03-01T09:30:00"]]) assert.isFalse(accepts(value))
  })

  it.prop("is the instant that was written, whatever the offset and the number of digits", [written], ([one]) => {
    const timestamp = at(one.text)
    assert.strictEqual(toNanos(timestamp), one.nanos)
    const millis = one.nanos / 1_000_000n - (one.nanos % 1_000_000n < 0n ? 1n : 0n)
    assert.strictEqual(BigInt(toMillis(timestamp)), millis)
    assert.strictEqual(toNanos(at(toUtc(timestamp))), one.nanos)
  })

  it.prop("orders by toNanos exactly as the instants are ordered", [writtenClose, writtenClose], ([left, right]) => {
    const order = (a: bigint, b: bigint) => (a < b ? -1 : a > b ? 1 : 0)
    assert.strictEqual(order(toNanos(at(left.text)), toNanos(at(right.text))), order(left.nanos, right.nanos))
  })
})
