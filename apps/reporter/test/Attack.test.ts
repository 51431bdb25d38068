/** The short forms of `npm run proof:faults` and `proof:disk`. */
import { make } from "@mixpeek-alerts/domain/Sample"
import { readFileSync, writeFileSync } from "node:fs"
import { describe, expect, it } from "vitest"
import { diskProof, diskTable } from "../proof/DiskProof.ts"
import { faultCase } from "../proof/FaultCase.ts"
import { judgeTable } from "../proof/FaultJudge.ts"
import { faultProof, faultTable } from "../proof/FaultProof.ts"
import { runExport, scratch } from "./Reporter.ts"
import { startServer } from "./Server.ts"

describe("a server with faults", () => {
  it("costs no row, doubles none and bends none, in any export", { timeout: 120_000 }, async () => {
    const only = ["429", "reset-body", "bad-record", "gzip-broken"]
    const scores = await faultProof({ runs: 9, seed: 7, lanes: 2, only })
    expect([...scores.byFault.values()].flatMap((score) => score.losses)).toEqual([])
    expect([...scores.byFault.values()].reduce((sum, score) => sum + score.met, 0)).toBeGreaterThanOrEqual(4)
    expect(faultTable(scores.byWay)).toMatch(/\nall +9 .* 0$/)
  })

  it("is judged by what it has: a changed, a doubled, a moved and a missing row are all noticed", async () => {
    using folder = scratch()
    await using server = await startServer({ executions: 30 })
    const path = folder.in("table.csv")
    expect((await runExport(["--all", "-o", path], { server })).code).toBe(0)
    const one = faultCase(() => 0.99, { executions: 30, seed: 1 }, "latency", {}, "all", "file")
    const [head = "", ...lines] = readFileSync(path, "utf8").split(/(?<=\r\n)/)
    const judged = (...changed: ReadonlyArray<string>) => {
      writeFileSync(path, head + changed.join(""))
      return judgeTable(path, "executions", one, 1)
    }
    const [first = "", second = "", ...rest] = lines
    expect(judged(...lines)).toEqual({ problem: null, missing: [] })
    expect(
      judged(
        first.replace(/,(true|false),/, (_, word) => `,${word === "true" ? "false" : "true"},`),
        second,
        ...rest,
      ).problem,
    ).toContain("wrong rows")
    expect(judged(first, second, first, ...rest).problem).toContain("comes twice")
    expect(judged(second, first, ...rest).problem).toContain("out of order")
    expect(judged(first.replace(/exec_\w+/g, "exec_other"), second, ...rest).problem).toContain("not due")
    expect(judged(second, ...rest).missing).toEqual([make(1).executionId(29)])
  })
})

describe("a disk that fails, and a clock that is set", () => {
  it("lose nothing, wherever it happens", { timeout: 120_000 }, async () => {
    const scores = await diskProof({ every: 40, seed: 3, lanes: 4, jumps: 2, only: ["merge", "later night"] })
    expect([...scores.values()].flatMap((score) => score.losses)).toEqual([])
    expect([...scores.keys()]).toEqual(
      expect.arrayContaining(["merge: kill", "merge: error", "later night: kill", "later night: clock set back"]),
    )
    expect(diskTable(scores)).toMatch(/\nall +\d+ +\d+ +\d+ +0$/)
  })
})
