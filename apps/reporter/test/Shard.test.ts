/** Which shard an execution falls to, and how a shard is asked for. */
import { describe, it } from "@effect/vitest"
import { fingerprint } from "@mixpeek-alerts/domain"
import { make } from "@mixpeek-alerts/domain/Sample"
import { Result, Schema } from "effect"
import { expect } from "vitest"
import type { Source } from "../src/ExportOptions.ts"
import { owns, parsePart, partOf, splitBy } from "../src/Shard.ts"
import { run } from "./Reporter.ts"

const parts = (count: number) => Array.from({ length: count }, (_, at) => ({ index: at + 1, count }))
const ids = Array.from({ length: 4000 }, (_, index) => make(1).executionId(index))
const source: Source = { _tag: "Ids", list: { ids, repeated: 0 } }

describe("an execution", () => {
  it.prop(
    "falls to exactly one of any number of shards",
    [Schema.String, Schema.Int.check(Schema.isBetween({ minimum: 1, maximum: 1000 }))],
    ([id, count]) => {
      expect(parts(count).filter((part) => owns(part, fingerprint(id)))).toHaveLength(1)
    },
  )

  it.each([2, 3, 4, 7, 16])("falls to each of %d about as often", (count) => {
    const sizes = parts(count).map((part) => {
      const own = partOf(source, part)
      return own._tag === "Ids" ? own.list.ids.length : 0
    })
    expect(sizes.reduce((sum, size) => sum + size)).toBe(ids.length)
    for (const size of sizes) expect(Math.abs(size / (ids.length / count) - 1)).toBeLessThan(0.25)
  })

  it("falls to the same shard for ever, on every machine", () => {
    const shards = ids.slice(0, 12).map((id) => parts(4).find((part) => owns(part, fingerprint(id)))?.index)
    expect(shards).toEqual([1, 3, 1, 2, 3, 4, 4, 1, 1, 1, 3, 3])
  })
})

describe("a source", () => {
  it("is split by ID, by alert when there are several, and else by execution", () => {
    const alerts: Source = { _tag: "Alerts", alerts: ["a", "b", "c", "d", "e"] }
    expect(splitBy(source)).toBe("id")
    expect(splitBy(alerts)).toBe("alert")
    expect(parts(2).map((part) => partOf(alerts, part))).toEqual([
      { _tag: "Alerts", alerts: ["a", "c", "e"] },
      { _tag: "Alerts", alerts: ["b", "d"] },
    ])
    for (const whole of [{ _tag: "All" }, { _tag: "Alerts", alerts: ["a"] }] as const) {
      expect(splitBy(whole)).toBe("execution")
      expect(partOf(whole, { index: 2, count: 2 })).toEqual(whole)
    }
  })
})

describe("--shard", () => {
  it("counts from 1, as test runners do", () => {
    expect(parsePart("1/4", {})).toEqual(Result.succeed({ index: 1, count: 4 }))
    expect(parsePart("4/4", {})).toEqual(Result.succeed({ index: 4, count: 4 }))
  })

  it.each(["", "0/4", "5/4", "1/0", "1", "a/b", "1/4/2", "-1/4", "1.5/4", "AUTO"])("refuses %j", (text) => {
    expect(Result.getOrThrow(Result.flip(parsePart(text, {})))).toMatchObject({
      kind: "Usage",
      exitCode: 64,
      message: `--shard ${text} is not a shard.`,
    })
  })

  it("takes auto from the variables of a Kubernetes Indexed Job, whose index is from 0", () => {
    const job = { JOB_COMPLETION_INDEX: "1", JOB_COMPLETIONS: "4" }
    expect(parsePart("auto", job)).toEqual(Result.succeed({ index: 2, count: 4 }))
    expect(parsePart("1/2", job)).toEqual(Result.succeed({ index: 1, count: 2 }))
  })

  it.each([
    [{}, /JOB_COMPLETION_INDEX/],
    [{ JOB_COMPLETION_INDEX: "1" }, /JOB_COMPLETIONS/],
    [{ JOB_COMPLETION_INDEX: "4", JOB_COMPLETIONS: "4" }, /4 is not below/],
    [{ JOB_COMPLETION_INDEX: "x", JOB_COMPLETIONS: "4" }, /JOB_COMPLETION_INDEX/],
  ])("refuses auto with %j", (environment, message) => {
    const error = Result.getOrThrow(Result.flip(parsePart("auto", environment)))
    expect(error.message).toMatch(message)
    expect(error.exitCode).toBe(78)
  })

  it.concurrent.each([
    [["-o", "rows.csv"], "--output"],
    [["--latest"], "--latest"],
    [["--fail-on-empty"], "--fail-on-empty"],
    [["--state", "state.sqlite"], "--state"],
    [["--keep", "3"], "--keep"],
    [["--since", "24h"], "24h counts back from the start of each shard, so that each would mean another time."],
    [
      ["--where", "score:>0.5 until:7d"],
      "until:7d counts back from the start of each shard, so that each would mean another time.",
    ],
  ])("refuses %j, which would not mean the same for all shards", async (flags, said) => {
    const server = { url: "http://127.0.0.1:9" }
    const { code, stderr } = await run(["export", "--all", "--shard", "1/2", ...flags], { server })
    expect(stderr).toContain(said)
    expect(code).toBe(64)
  })
})
