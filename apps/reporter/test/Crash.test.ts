import { describe, expect, it } from "vitest"
import { crashProof, crashTable } from "../proof/CrashProof.ts"

describe("kill -9", () => {
  it("loses nothing at any moment, and every run ends as if nobody had killed it", { timeout: 120_000 }, async () => {
    const scores = await crashProof({ kills: 20, executions: 1000, seed: 7, lanes: 3, longestLife: 1200 })
    expect([...scores.values()].flatMap((score) => score.losses)).toEqual([])
    expect([...scores.values()].reduce((sum, score) => sum + score.tried, 0)).toBeGreaterThanOrEqual(15)
    expect(scores.get("merge")?.tried).toBeGreaterThan(0)
    expect(crashTable(scores)).toMatch(/\nall +\d+ +\d+ +\d+ +0$/)
  })
})
