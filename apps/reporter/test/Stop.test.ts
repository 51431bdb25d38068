import { describe, expect, it } from "vitest"
import { make } from "@mixpeek-alerts/domain/Sample"
import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs"
import { runExport, scratch, start, until } from "./Reporter.ts"
import { type Server, startServer } from "./Server.ts"

const tables = ["executions.csv", "matches.csv", "source_documents.csv", "failures.csv", "retry.txt"]

const sameFiles = (one: string, other: string): void => {
  for (const table of tables)
    expect(readFileSync(`${one}/${table}`).equals(readFileSync(`${other}/${table}`)), table).toBe(true)
}

const begin = (server: Server, out: string, ...more: ReadonlyArray<string>) =>
  start(["export", "--rate", "unlimited", "--all", "--page-size", "100", "--out", out, ...more], { server })

const fired =
  (server: Server, fault: string, times = 1) =>
  async () =>
    ((await server.fired())[fault] ?? 0) >= times

/** How many executions a stopped run says that it saved. */
const saved = (stderr: string): number => Number(/; (\d+) executions are saved\./.exec(stderr)?.[1])

describe("a run that is told to stop", () => {
  it.for(["SIGTERM", "SIGINT"] as const)(
    "saves what it has on %s, exits with 75, and goes on later",
    async (signal) => {
      using folder = scratch()
      await using server = await startServer({ executions: 2000, seed: 5 })
      const whole = folder.in("whole")
      expect((await runExport(["--all", "--page-size", "100", "--out", whole], { server })).code).toBe(0)
      await server.faults({ "stall-body": { rate: 1, after: 12, ms: 0 } })
      const out = folder.in("stopped")
      const running = begin(server, out)
      await until(fired(server, "stall-body"), "a body stalls")
      const asked = Date.now()
      running.child.kill(signal)
      const { code, stderr } = await running.ended
      expect(Date.now() - asked).toBeLessThan(5000)
      expect(saved(stderr)).toBeGreaterThanOrEqual(1000)
      expect(stderr).toContain(`error: The run was asked to stop (${signal}); ${saved(stderr)} executions are saved.\n`)
      expect(code).toBe(75)
      expect(existsSync(out)).toBe(false)
      expect(readdirSync(folder.path).toSorted()).toEqual(["stopped.partial", "whole"])

      await server.clear()
      const before = await server.requests()
      const resumed = await runExport(["--all", "--page-size", "100", "--out", out], { server })
      expect(resumed.stderr).toContain("Going on with the run begun at")
      expect(resumed.code).toBe(0)
      expect((await server.requests()) - before).toBe((2000 - saved(stderr)) / 100)
      sameFiles(out, whole)
    },
  )

  it("goes on from where it was after being stopped three times", async () => {
    using folder = scratch()
    await using server = await startServer({ executions: 1500 })
    const out = folder.in("often")
    let reached = 0
    for (const [round, pages] of [5, 4, 3].entries()) {
      await server.faults({ "stall-headers": { rate: 1, after: pages } })
      const running = begin(server, out)
      await until(fired(server, "stall-headers", round + 1), "an answer stalls")
      running.child.kill("SIGTERM")
      const { code, stderr } = await running.ended
      expect(saved(stderr)).toBeGreaterThan(reached)
      reached = saved(stderr)
      expect(code).toBe(75)
      await server.clear()
    }
    const before = await server.requests()
    expect((await begin(server, out).ended).code).toBe(0)
    expect((await server.requests()) - before).toBe((1500 - reached) / 100)
  })

  it("stops in the middle of IDs whose answers keep coming, and loses and doubles none", async () => {
    using folder = scratch()
    await using server = await startServer({ executions: 5000, latencyMs: 5 })
    const sample = make(1)
    const list = folder.in("ids.txt")
    const known = Array.from({ length: 5000 }, (_, index) => index).filter(sample.hasId)
    writeFileSync(list, known.map((index) => `${sample.executionId(index)}\n`).join(""))
    const ids = ["export", "--ids", list, "--plan", "by-id", "--rate", "unlimited"]
    const [whole, out] = [folder.in("whole"), folder.in("stopped")]
    expect((await start([...ids, "--concurrency", "64", "--out", whole], { server }).ended).code).toBe(0)
    const before = await server.requests()
    const running = start([...ids, "--concurrency", "8", "--out", out], { server })
    await until(async () => (await server.requests()) >= before + 500, "IDs are asked for")
    running.child.kill("SIGTERM")
    const { code, stderr } = await running.ended
    expect(code).toBe(75)
    expect(saved(stderr)).toBeGreaterThan(0)
    expect((await start([...ids, "--out", out], { server }).ended).code).toBe(0)
    expect((await server.requests()) - before).toBeLessThan(known.length + 8 + 6 * 32)
    sameFiles(out, whole)
  })

  it("does not wait for the end of a long Retry-After", async () => {
    using folder = scratch()
    await using server = await startServer({ executions: 500, faults: { "429": "1,seconds=60,after=2" } })
    const running = begin(server, folder.in("limited"))
    await until(fired(server, "429"), "the limit is reached")
    const asked = Date.now()
    running.child.kill("SIGTERM")
    expect((await running.ended).code).toBe(75)
    expect(Date.now() - asked).toBeLessThan(5000)
  })

  it("does not wait for it either while it plans", async () => {
    using folder = scratch()
    await using server = await startServer({ executions: 500, faults: { "429": "1,seconds=60" } })
    const ids = Array.from({ length: 40 }, (_, index) => make(1).executionId(index))
    const running = start(["export", ...ids, "--out", folder.in("planned")], { server })
    await until(fired(server, "429"), "the limit is reached")
    const asked = Date.now()
    running.child.kill("SIGTERM")
    expect((await running.ended).code).toBe(75)
    expect(Date.now() - asked).toBeLessThan(5000)
    expect(readdirSync(folder.path)).toEqual([])
  })

  it("ends at once on a second signal", async () => {
    using folder = scratch()
    await using server = await startServer({ executions: 500, faults: { "stall-headers": "1,after=1" } })
    const running = begin(server, folder.in("second"))
    await until(fired(server, "stall-headers"), "an answer stalls")
    running.child.kill("SIGSTOP")
    running.child.kill("SIGTERM")
    running.child.kill("SIGINT")
    running.child.kill("SIGCONT")
    const { code, millis } = await running.ended
    expect([130, 143]).toContain(code)
    expect(millis).toBeLessThan(10_000)
  })

  it("stops by itself after --max-duration, and goes on later", async () => {
    using folder = scratch()
    await using server = await startServer({ executions: 600, latencyMs: 300 })
    const out = folder.in("timed")
    const ended = await begin(server, out, "--max-duration", "1s").ended
    expect(ended.stderr).toContain("The time that was allowed is used up")
    expect(ended.code).toBe(75)
    expect(existsSync(out)).toBe(false)
    expect((await begin(server, out, "--max-duration", "60d").ended).code).toBe(0)
  })

  it("stops while it still plans, and has saved nothing then", async () => {
    using folder = scratch()
    await using server = await startServer({ executions: 10, faults: { "stall-headers": "1" } })
    const ids = Array.from({ length: 300 }, (_, index) => `exec_${index}`)
    const args = ["export", ...ids, "--out", folder.in("run"), "--max-duration", "1s"]
    const { code, stderr } = await start(args, { server }).ended
    expect(stderr).toContain("The time that was allowed is used up before it fetched anything.")
    expect(code).toBe(75)
    expect(readdirSync(folder.path)).toEqual([])
  })

  it.concurrent.for([
    ["SIGTERM", 143, "The run was asked to stop (SIGTERM) before its end."],
    ["SIGINT", 130, "The run was asked to stop (SIGINT) before its end."],
    ["the end of its time", 75, "The time that was allowed is used up before its end."],
  ] as const)("writes to standard output no longer than until %s, even when nobody reads", async ([end, ...told]) => {
    await using server = await startServer({ executions: 4000 })
    const args = ["export", "--all", "-o", "-", "--table", "matches", "--page-size", "500", "--rate", "unlimited"]
    const isSignal = end.startsWith("SIG")
    const running = start(isSignal ? args : [...args, "--max-duration", "1s"], { server, unread: true })
    await until(async () => (await server.requests()) >= 2, "pages are asked for")
    const asked = Date.now()
    if (isSignal) running.child.kill(end as NodeJS.Signals)
    const { code, stderr } = await running.ended
    expect(Date.now() - asked).toBeLessThan(5000)
    expect([
      code,
      stderr
        .split("\n")
        .find((line) => line.startsWith("error: "))
        ?.slice(7),
    ]).toEqual(told)
  })
})
