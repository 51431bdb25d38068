import { assert, describe, it } from "@effect/vitest"
import { factsOf } from "../src/ExecutionFacts.ts"
import { percentile, rate, statsOf } from "../src/ExecutionStats.ts"
import { durationBuckets, stepFor, timeBuckets } from "../src/ExecutionTrends.ts"
import { execution } from "./Fixtures.ts"

const facts = (changes: Record<string, unknown>) => factsOf(execution(changes))
const minutes = (...all: ReadonlyArray<number>) =>
  all.map((minute) => facts({ executed_at: new Date(Date.UTC(2026, 2, 1, 4, minute)).toISOString() }))

describe("statsOf", () => {
  it("counts what triggered, and ranks durations", () => {
    const stats = statsOf(
      [
        [300, true],
        [100, false],
        [200, false],
        [400, false],
      ].map(([duration_ms, triggered]) => facts({ duration_ms, triggered, matches: [{ document_id: "d", score: 1 }] })),
    )
    assert.deepStrictEqual([rate(stats), percentile(stats, 0.5), percentile(stats, 0.95)], [0.25, 200, 400])
    assert.strictEqual(stats.scores.at(-1), 4)
    const nothing = statsOf([])
    assert.deepStrictEqual([rate(nothing), percentile(nothing, 0.5), nothing.first], [null, null, null])
  })
})

describe("timeBuckets", () => {
  it("counts every execution once, and keeps the steps in which nothing ran", () => {
    const buckets = timeBuckets(minutes(17, 3, 59, 4), 15 * 60_000)
    assert.deepStrictEqual(
      buckets.map(({ stats }) => stats.executions),
      [2, 1, 0, 1],
    )
    assert.strictEqual(buckets[0]?.from, Date.UTC(2026, 2, 1, 4))
    assert.strictEqual(buckets[1]?.from, buckets[0]?.until)
    assert.deepStrictEqual(timeBuckets([], 60_000), [])
  })

  it("takes the shortest step that fits, and never makes more than can be counted", () => {
    assert.strictEqual(stepFor(minutes(0, 59), 60), 60_000)
    assert.strictEqual(stepFor(minutes(0, 59), 12), 5 * 60_000)
    const ages = [facts({ executed_at: "0001-01-01T00:00:00" }), facts({ executed_at: "9999-01-01T00:00:00" })]
    assert.isAtMost(timeBuckets(ages, stepFor(ages, 40)).length, 2000)
    assert.isAtMost(timeBuckets(ages, 60_000).length, 2000)
  })
})

describe("durationBuckets", () => {
  it("begins and ends where something took that long", () => {
    const stats = statsOf([150, 199, 200, 31_000].map((duration_ms) => facts({ duration_ms })))
    const buckets = durationBuckets(stats)
    assert.deepStrictEqual(
      [buckets[0], buckets[1], buckets.at(-1)],
      [
        { from: 100, until: 200, count: 2 },
        { from: 200, until: 300, count: 1 },
        { from: 30_000, until: 60_000, count: 1 },
      ],
    )
    assert.deepStrictEqual(durationBuckets(statsOf([])), [])
  })
})
