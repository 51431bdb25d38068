/** The judges of the soak, and a few seconds of it. */
import { assert, describe, it } from "@effect/vitest"
import { busiestMinute, growth } from "../proof/LiveSoak.ts"
import { soak } from "../proof/SoakRun.ts"
import { terminals } from "./Opened.ts"

const steady = (everyMillis: number, perSample: number, megabytes: (index: number) => number = () => 100) =>
  Array.from({ length: 300 }, (_, index) => ({
    at: index * everyMillis,
    requests: index * perSample,
    megabytes: megabytes(index),
  }))

describe("the judges of the soak", () => {
  it("find the busiest minute wherever it begins", () => {
    assert.strictEqual(busiestMinute(steady(1000, 2)), 120)
    const burst = steady(12_000, 1).map((sample, index) => ({
      ...sample,
      requests: sample.requests + (index > 100 ? 9 : 0),
    }))
    assert.strictEqual(busiestMinute(burst), 14)
    assert.strictEqual(busiestMinute([]), 0)
  })

  it("find memory that grows, and none that rises at the start and stays", () => {
    assert.isAbove(growth(steady(1000, 1, (index) => 100 + index)), 90)
    assert.strictEqual(growth(steady(1000, 1, (index) => Math.min(150, 100 + index))), 0)
  })
})

terminals("a few seconds of the soak", () => {
  it("has requests, memory and screens to judge", async () => {
    const { arrived, samples, wrong } = await soak(600, 4000, 1)
    assert.deepStrictEqual(wrong, [])
    assert.isAtLeast(arrived, 1)
    assert.isAbove((samples.at(-1)?.requests ?? 0) - (samples[0]?.requests ?? 0), 0)
    assert.isAbove(samples.at(-1)?.megabytes ?? 0, 20)
  })
})
