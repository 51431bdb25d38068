import { cpSync, existsSync, readdirSync, readFileSync, renameSync, truncateSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { describe, expect, it } from "vitest"
import { encodeLine } from "../src/Journal.ts"
import { run, runExport, scratch, start, until } from "./Reporter.ts"
import { type Server, startServer } from "./Server.ts"

const page = ["--all", "--page-size", "100"]

/** A run that has stopped in the middle, and a server that would let it end. */
const stopped = async (server: Server, out: string): Promise<void> => {
  await server.faults({ "401-midrun": { rate: 1, after: 3 } })
  expect((await runExport([...page, "--out", out], { server })).code).toBe(77)
  await server.clear()
}

describe("what a crash may leave behind", () => {
  it("is given its name at once when it was whole already, without what belongs to a run on its way", async () => {
    using folder = scratch()
    await using server = await startServer({ executions: 300 })
    const out = folder.in("run")
    expect((await runExport([...page, "--out", out], { server })).code).toBe(0)
    const files = readdirSync(out)
    renameSync(out, `${out}.partial`)
    writeFileSync(`${out}.partial/seen`, "left by a crash between two removals")
    const before = await server.requests()
    const again = await runExport([...page, "--out", out], { server })
    expect(again.code).toBe(0)
    expect(again.stderr).toContain("\ncomplete: ")
    expect(await server.requests()).toBe(before)
    expect(readdirSync(out)).toEqual(files)
    expect(readdirSync(folder.path)).toEqual(["run"])
  })

  it("is gone on with by a command without --out, from any directory name of its own", async () => {
    using folder = scratch()
    await using server = await startServer({ executions: 600, faults: { "401-midrun": "1,after=3" } })
    expect((await runExport(page, { server, cwd: folder.path })).code).toBe(77)
    await server.clear()
    const again = await runExport(page, { server, cwd: folder.path })
    expect(again.stderr).toContain("Going on with the run begun at")
    expect(again.code).toBe(0)
    expect(readdirSync(folder.in("exports"))).toEqual([expect.stringMatching(/Z$/)])
  })

  it("is refused when a file is shorter than its journal says, and can be started over", async () => {
    using folder = scratch()
    await using server = await startServer({ executions: 600 })
    const out = folder.in("run")
    await stopped(server, out)
    truncateSync(`${out}.partial/matches.csv`, 100)
    const refused = await runExport([...page, "--out", out], { server })
    expect(refused.stderr).toMatch(/error: .*matches\.csv is shorter \(100 bytes\) than its journal says \(\d+\)\.\n/)
    expect(refused.code).toBe(65)
    expect(existsSync(out)).toBe(false)
    expect((await runExport([...page, "--restart", "--out", out], { server })).code).toBe(0)
  })

  it("is refused, and kept, when a newer version of the program wrote it", async () => {
    using folder = scratch()
    await using server = await startServer({ executions: 600 })
    const out = folder.in("run")
    await stopped(server, out)
    writeFileSync(`${out}.partial/journal`, encodeLine({ version: 2, other: "fields" } as never))
    const refused = await runExport([...page, "--out", out], { server })
    expect(refused.stderr).toContain("The unfinished run was begun by a newer version of this program.")
    expect(refused.code).toBe(65)
    expect(existsSync(`${out}.partial/matches.csv`)).toBe(true)
  })

  it("is whole in the end, with the hashes of what two processes wrote", async () => {
    using folder = scratch()
    await using server = await startServer({ executions: 600 })
    const out = folder.in("run")
    await stopped(server, out)
    const again = await runExport([...page, "--out", out], { server })
    expect(again.stderr).toContain("Going on with the run begun at")
    expect(again.code).toBe(0)
    expect(await run(["verify", out])).toMatchObject({ code: 0 })
  })

  it("is nothing but names when it was killed before its first checkpoint, and is begun again", async () => {
    using folder = scratch()
    await using server = await startServer({ executions: 300, faults: { "stall-headers": "1,ms=60000" } })
    const out = folder.in("run")
    const running = start(["export", ...page, "--out", out], { server })
    await until(async () => (await server.requests()) > 0, "a page is asked for")
    running.child.kill("SIGKILL")
    await running.ended
    expect(readFileSync(`${out}.partial/journal`, "utf8").split("\n")).toHaveLength(2)
    await server.clear()
    expect((await runExport([...page, "--out", out], { server })).code).toBe(0)
    expect(await run(["verify", out])).toMatchObject({ code: 0 })
    expect(readFileSync(join(out, "executions.csv"), "utf8").match(/^execution_key,/gm)).toHaveLength(1)
  })

  it("does not matter when it is more than the journal speaks of: rows, or half a line", async () => {
    using folder = scratch()
    await using server = await startServer({ executions: 600 })
    const out = folder.in("run")
    await stopped(server, out)
    cpSync(`${out}.partial`, folder.in("clean.partial"), { recursive: true })
    for (const name of ["executions.csv", "matches.csv", "retry.txt", "seen", "journal"]) {
      writeFileSync(`${out}.partial/${name}`, "half a li".repeat(200_000), { flag: "a" })
    }
    for (const target of [out, folder.in("clean")]) {
      expect((await runExport([...page, "--out", target], { server })).code).toBe(0)
    }
    for (const name of ["executions.csv", "matches.csv", "source_documents.csv", "failures.csv", "retry.txt"]) {
      expect(readFileSync(`${out}/${name}`).equals(readFileSync(folder.in("clean", name))), name).toBe(true)
    }
  })
})
