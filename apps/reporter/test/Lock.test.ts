import { describe, expect, it } from "vitest"
import { existsSync, readdirSync } from "node:fs"
import { runExport, scratch, start, until } from "./Reporter.ts"
import { startServer } from "./Server.ts"

describe("two runs on one target", () => {
  it.for([
    ["--out", "run"],
    ["-o", "table.csv"],
  ] as const)("the second of them ends at once with 81 and names the first (%s)", async ([flag, name]) => {
    using folder = scratch()
    await using server = await startServer({ executions: 300, faults: { "stall-headers": "1,after=1" } })
    const args = ["--all", "--page-size", "100", flag, folder.in(name)]
    const first = start(["export", ...args], { server })
    await until(() => existsSync(folder.in(`${name}.partial`, "journal")), "the first run has begun")
    const second = await runExport(args, { server })
    expect(second.code).toBe(81)
    expect(second.stderr.replaceAll(folder.path, "")).toMatch(
      new RegExp(`^error: /${name} is being written by process ${first.child.pid} on \\S+ since \\S+Z\\.\n`),
    )
    expect(second.stderr.trimEnd().split("\n")).toHaveLength(2)
    expect(second.millis).toBeLessThan(5000)
    first.child.kill("SIGTERM")
    expect((await first.ended).code).toBe(75)
  })

  it("takes over from one that died, at once, and leaves no lock behind", async () => {
    using folder = scratch()
    await using server = await startServer({ executions: 300, faults: { "stall-headers": "1,after=1" } })
    const args = ["--all", "--page-size", "100", "--out", folder.in("run")]
    const first = start(["export", "--rate", "unlimited", ...args], { server })
    await until(() => existsSync(folder.in("run.partial", "journal")), "the first run has begun")
    first.child.kill("SIGKILL")
    await first.ended
    expect(existsSync(folder.in(".run.lock"))).toBe(true)
    await server.clear()
    const second = await runExport(args, { server })
    expect(second.stderr).toContain("\ncomplete: ")
    expect(second.code).toBe(0)
    expect(readdirSync(folder.path)).toEqual(["run"])
  })

  it("lets exactly one of several that start together have it", async () => {
    using folder = scratch()
    await using server = await startServer({ executions: 300, latencyMs: 500 })
    const args = ["--all", "--out", folder.in("run")]
    const codes = await Promise.all(Array.from({ length: 4 }, async () => (await runExport(args, { server })).code))
    expect(codes.toSorted((one, other) => Number(one) - Number(other))).toEqual([0, 81, 81, 81])
    expect(readdirSync(folder.path)).toEqual(["run"])
  })
})
