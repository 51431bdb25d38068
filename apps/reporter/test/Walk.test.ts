import { make } from "@mixpeek-alerts/domain/Sample"
import { existsSync, readFileSync } from "node:fs"
import { describe, expect, it } from "vitest"
import { withCsvParse } from "./Readers.ts"
import { run, runExport, scratch, start, until } from "./Reporter.ts"
import { startServer } from "./Server.ts"

const rows = (path: string) => withCsvParse(path).slice(1)
const ids = (directory: string) => rows(`${directory}/executions.csv`).map((row) => row[1])
const manifest = (directory: string) =>
  JSON.parse(readFileSync(`${directory}/datapackage.json`, "utf8")) as {
    mixpeek: { complete: boolean | "unknown"; reasons: ReadonlyArray<string>; counts: Record<string, number> }
  }
const page = ["--all", "--page-size", "100"]
const newestFirst = (executions: number, seed = 1) =>
  Array.from({ length: executions }, (_, position) => {
    const index = executions - 1 - position
    return make(seed).hasId(index) ? make(seed).executionId(index) : null
  })

describe.concurrent("a walk over pages", () => {
  it("has every execution of its beginning once when others arrive meanwhile", async () => {
    using folder = scratch()
    await using server = await startServer({ executions: 1000, latencyMs: 60 })
    const running = start(["export", ...page, "--rate", "unlimited", "--out", folder.in("run")], { server })
    await until(async () => (await server.requests()) >= 3, "some pages are asked for")
    await server.grow(150)
    const { code, stderr } = await running.ended
    expect(stderr).toContain("complete: the last page was reached and all 1000")
    expect(stderr).toContain("150 more arrived during the walk")
    expect(code).toBe(0)
    expect(ids(folder.in("run"))).toEqual(newestFirst(1000))
  })

  it.for([
    ["page-repeat", { rate: 1, next: 1, after: 2 }],
    ["duplicate-records", { rate: 0.5, count: 7 }],
    ["duplicate-records", { rate: 0.5, count: 3, from: "previous-page" }],
    ["empty-page", { rate: 1, next: 1, after: 2, times: 3 }],
    ["429", { next: 2, hint: "retry-after", seconds: 1 }],
    ["429", { next: 1, hint: "none" }],
    ["reset-body", { next: 2 }],
    ["truncated-body", { next: 2 }],
    ["502", { next: 2 }],
    ["unknown-fields", { rate: 1 }],
    ["end-cursor", { rate: 1, as: "empty" }],
  ] as const)("writes every execution once through %s %o", async ([fault, value]) => {
    using folder = scratch()
    await using server = await startServer({ executions: 600, seed: 3 })
    await server.faults({ [fault]: value })
    const { code, stderr } = await runExport([...page, "--out", folder.in("run")], { server })
    expect((await server.fired())[fault]).toBeGreaterThan(0)
    expect(stderr).toContain("\ncomplete: ")
    expect(code).toBe(0)
    expect(ids(folder.in("run"))).toEqual(newestFirst(600, 3))
    expect((await run(["verify", folder.in("run")])).code).toBe(0)
  })

  it("is not complete when the server counted more than it gave, and unknown when it did not count", async () => {
    using folder = scratch()
    await using server = await startServer({ executions: 300, faults: { "wrong-total": "1,by=7" } })
    const fewer = await runExport([...page, "--out", folder.in("fewer")], { server })
    expect(fewer.stderr).toContain("NOT complete: the server counted 307 at the start and 300 were read")
    expect(fewer.code).toBe(80)
    expect(manifest(folder.in("fewer")).mixpeek.complete).toBe(false)
    await server.clear()
    await server.faults({ "no-total": 1 })
    const unknown = await runExport([...page, "--out", folder.in("unknown")], { server })
    expect(unknown.stderr).toContain("completeness unknown: ")
    expect(unknown.code).toBe(0)
    expect(manifest(folder.in("unknown")).mixpeek.complete).toBe("unknown")
  })

  it.for(["cursor-loop", "cursor-loop-aba"])("ends with 76 on %s, and keeps what it had", async (fault) => {
    using folder = scratch()
    await using server = await startServer({ executions: 600 })
    await server.faults({ [fault]: { rate: 1, after: 3 } })
    const looped = await runExport([...page, "--out", folder.in("run")], { server })
    expect(looped.code).toBe(76)
    expect(looped.stderr).toMatch(/^error: .*cursor/im)
    expect(existsSync(folder.in("run"))).toBe(false)
    expect(existsSync(folder.in("run.partial", "journal"))).toBe(true)
    await server.clear()
    const before = await server.requests()
    const resumed = await runExport([...page, "--out", folder.in("run")], { server })
    expect(resumed.stderr).toContain("Going on with the run")
    expect(resumed.code).toBe(0)
    expect(ids(folder.in("run"))).toEqual(newestFirst(600))
    expect((await server.requests()) - before).toBeLessThan(6)
  })

  it("walks again when the cursor that it stopped at has expired, and writes nothing twice", async () => {
    using folder = scratch()
    await using server = await startServer({ executions: 600 })
    await server.faults({ "401-midrun": { rate: 1, after: 3 } })
    const revoked = await runExport([...page, "--out", folder.in("run")], { server })
    expect(revoked.code).toBe(77)
    expect(revoked.stderr).not.toContain("sk_sandbox")
    expect(existsSync(folder.in("run"))).toBe(false)
    await server.clear()
    await server.faults({ "expired-cursor": { next: 1 } })
    const resumed = await runExport([...page, "--out", folder.in("run")], { server })
    expect(resumed.stderr).toContain("The server no longer knows where the earlier run stopped")
    expect(resumed.stderr).toContain("\ncomplete: ")
    expect(resumed.code).toBe(0)
    expect(ids(folder.in("run"))).toEqual(newestFirst(600))
    expect(manifest(folder.in("run")).mixpeek.counts["repeated"]).toBe(300)
  })

  it("refuses to go on with another query, unless told to start over", async () => {
    using folder = scratch()
    await using server = await startServer({ executions: 400, faults: { "401-midrun": "1,after=2" } })
    expect((await runExport([...page, "--out", folder.in("run")], { server })).code).toBe(77)
    await server.clear()
    const other = [...page, "--triggered", "--out", folder.in("run")]
    const refused = await runExport(other, { server })
    expect(refused.stderr).toContain(`${folder.in("run.partial")} holds an unfinished run of another query.`)
    expect(refused.code).toBe(73)
    expect((await runExport([...other, "--restart"], { server })).code).toBe(0)
    expect(rows(folder.in("run", "executions.csv")).every((row) => row[4] === "true")).toBe(true)
  })

  it("ends with 69 when the server is gone, and goes on when it is back", { timeout: 90_000 }, async () => {
    using folder = scratch()
    await using server = await startServer({ executions: 400, faults: { "503": "1,after=2" } })
    const gone = await runExport([...page, "--out", folder.in("run")], { server })
    expect(gone.code).toBe(69)
    expect(existsSync(folder.in("run"))).toBe(false)
    await server.clear()
    const resumed = await runExport([...page, "--out", folder.in("run")], { server })
    expect(resumed.code).toBe(0)
    expect(ids(folder.in("run"))).toEqual(newestFirst(400))
  })
})
