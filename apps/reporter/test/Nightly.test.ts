import { readdirSync } from "node:fs"
import { describe, expect, it } from "vitest"
import { nightsProof } from "../proof/NightsProof.ts"
import { program, run, scratch, start, until } from "./Reporter.ts"
import { keysIn, wrongKeys } from "./RunKeys.ts"
import { startServer } from "./Server.ts"

describe.concurrent("the built program, night after night", () => {
  it(
    "gives each execution exactly once, with others arriving between and during its runs",
    { timeout: 60_000 },
    async () => {
      using folder = scratch()
      await using server = await startServer({ executions: 1000, latencyMs: 40 })
      const state = folder.in("nightly.state")
      const night = async (name: string, arriving: number) => {
        const args = ["export", "--all", "--page-size", "100", "--rate", "unlimited", "--state", state, "--keep", "2"]
        const before = await server.requests()
        const running = start([...args, "--latest", "--out", folder.in("runs", name)], { server })
        await until(async () => (await server.requests()) >= before + 2, "some pages are asked for")
        await server.grow(arriving)
        const ended = await running.ended
        return { ...ended, requests: (await server.requests()) - before, keys: keysIn(folder.in("runs", name)) }
      }
      const first = await night("1", 150)
      expect(first.code).toBe(0)
      await server.grow(200)
      const second = await night("2", 70)
      expect(second.stderr).toContain("State: 1000 are known from earlier runs; the walk ends at what is known.")
      expect(second.stderr).toContain("complete: 350 new and 1000 known from earlier runs are all 1350")
      const third = await night("3", 0)
      expect(third.stderr).toContain("70 executions, ")
      expect(third.stderr).toContain("; 1350 known from earlier runs\n")
      expect(third.stderr).toContain("Removed 1 old run (--keep).")
      // Two pages, and at most two that were fetched ahead; there are fifteen.
      expect(third.requests).toBeLessThanOrEqual(4)
      expect(readdirSync(folder.in("runs")).toSorted()).toEqual(["2", "3", "latest"])
      expect(wrongKeys([...first.keys, ...second.keys, ...third.keys], 1420)).toEqual([])
      expect((await run(["verify", folder.in("runs", "latest")])).code).toBe(0)
      const shown = await run(["state", "show", state])
      expect(shown.stdout).toContain("known         1420 executions need no further run")
      expect(shown.code).toBe(0)
    },
  )

  it(
    "does so when it is killed at any moment, around the name and the state of a run too",
    { timeout: 120_000 },
    async () => {
      using folder = scratch()
      const plan = { kills: 12, executions: 600, seed: 5, lanes: 2, longestLife: 900, program }
      const { between, losses, tried } = await nightsProof(plan, folder)
      expect(losses).toEqual([])
      expect(tried).toBeGreaterThanOrEqual(10)
      expect(between).toBeGreaterThan(0)
    },
  )
})
