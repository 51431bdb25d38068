import { make } from "@mixpeek-alerts/domain/Sample"
import { existsSync, readFileSync, writeFileSync } from "node:fs"
import { describe, expect, it } from "vitest"
import { withCsvParse } from "./Readers.ts"
import { runExport, scratch, start, until } from "./Reporter.ts"
import { startServer } from "./Server.ts"

describe("a server that goes away in the middle of a list of IDs", () => {
  it(
    "ends the run with 69 instead of calling every ID missing, and the rest comes later",
    { timeout: 120_000 },
    async () => {
      using folder = scratch()
      await using server = await startServer({ executions: 2000, latencyMs: 10 })
      const ids = Array.from({ length: 2000 }, (_, index) => index)
        .filter(make(1).hasId)
        .map(make(1).executionId)
      const list = folder.in("ids.txt")
      writeFileSync(list, ids.join("\n"))
      const args = ["--ids", list, "--plan", "by-id", "--out", folder.in("run")]
      const running = start(["export", "--rate", "unlimited", ...args], { server })
      await until(async () => (await server.requests()) > 200, "some IDs were asked for")
      await server.faults({ "503": 1 })
      const { code } = await running.ended
      expect(code).toBe(69)
      expect(existsSync(folder.in("run"))).toBe(false)

      await server.clear()
      const resumed = await runExport(args, { server })
      expect(resumed.stderr).toContain("Going on with the run")
      const found = withCsvParse(folder.in("run", "executions.csv")).slice(1)
      const failed = readFileSync(folder.in("run", "retry.txt"), "utf8").split("\n").filter(Boolean)
      expect(new Set([...found.map((row) => row[1]), ...failed])).toEqual(new Set(ids))
      expect(found.length + failed.length).toBe(ids.length)
      expect(failed.length).toBeLessThan(100)
      expect(resumed.code).toBe(failed.length === 0 ? 0 : 80)
    },
  )
})
