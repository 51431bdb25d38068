import { execFileSync, spawnSync } from "node:child_process"
import { existsSync, mkdirSync, readdirSync, readFileSync, rmdirSync } from "node:fs"
import { afterAll, describe, expect, it } from "vitest"
import { environment, program, run, runExport, scratch, start, until } from "./Reporter.ts"
import { startServer } from "./Server.ts"

const folder = scratch()
const small = folder.in("small")

/** Mounts a file system of so much room; false where that is not allowed. */
const mount = (size: string, ...options: ReadonlyArray<string>): boolean => {
  try {
    mkdirSync(small, { recursive: true })
    execFileSync("mount", ["-t", "tmpfs", "-o", [`size=${size}`, ...options].join(","), "tmpfs", small], {
      stdio: "ignore",
    })
    return true
  } catch {
    return false
  }
}

const mounted = process.platform === "linux" && mount("300k")

afterAll(() => {
  if (mounted) execFileSync("umount", ["-l", small])
  folder[Symbol.dispose]()
})

describe("a disk without room", () => {
  it.skipIf(!mounted)(
    "ends the run with 74, keeps the final name free, and lets it go on when there is room",
    async () => {
      await using server = await startServer({ executions: 3000, latencyMs: 200 })
      const out = folder.in("small", "run")
      const args = ["--all", "--page-size", "150", "--out", out]
      const full = await runExport(args, { server })
      expect(full.stderr).toMatch(/error: Cannot write .+ \(ENOSPC\)\.\n {2}Make room on the disk/)
      expect(full.code).toBe(74)
      expect(existsSync(out)).toBe(false)
      expect(readdirSync(small)).toEqual(["run.partial"])

      const again = await runExport(args, { server })
      expect([73, 74]).toContain(again.code)
      expect(again.stderr).toContain("Make room on the disk")

      execFileSync("mount", ["-o", "remount,size=64m", small])
      const whole = folder.in("whole")
      expect((await runExport(["--all", "--page-size", "150", "--out", whole], { server })).code).toBe(0)
      const resumed = await runExport(args, { server })
      expect(resumed.stderr).toContain("Going on with the run begun at")
      expect(resumed.code).toBe(0)
      for (const name of ["executions.csv", "matches.csv", "source_documents.csv", "failures.csv"]) {
        expect(readFileSync(`${out}/${name}`).equals(readFileSync(`${whole}/${name}`)), name).toBe(true)
      }
    },
  )

  it.skipIf(!existsSync("/dev/full"))("ends an export to standard output with 74 as well", async () => {
    await using server = await startServer({ executions: 300 })
    const command = `"${process.execPath}" "${program}" export --all -o - --rate unlimited > /dev/full`
    const { status, stderr } = spawnSync("sh", ["-c", command], { env: environment({ server }), encoding: "utf8" })
    expect(stderr).toContain("error: Cannot write to standard output (ENOSPC).\n")
    expect(status).toBe(74)
  })
})

describe("a run that cannot be sealed", () => {
  it("lists absent IDs once, however often it is resumed", async () => {
    using place = scratch()
    await using server = await startServer({ executions: 500, faults: { "stall-headers": "1,after=3" } })
    const ids = Array.from({ length: 3 }, (_, index) => `exec_absent_${index}`)
    const args = [...ids, "--plan", "walk", "--page-size", "100", "--out", place.in("run")]
    const running = start(["export", "--rate", "unlimited", ...args], { server })
    await until(async () => ((await server.fired())["stall-headers"] ?? 0) > 0, "an answer stalls")
    running.child.kill("SIGTERM")
    expect((await running.ended).code).toBe(75)
    await server.clear()

    const obstacle = place.in("run.partial", "datapackage.json.new")
    mkdirSync(obstacle)
    expect((await runExport(args, { server })).code).toBe(74)
    expect((await runExport(args, { server })).code).toBe(74)
    expect(existsSync(place.in("run"))).toBe(false)
    rmdirSync(obstacle)
    expect((await runExport(args, { server })).code).toBe(80)
    expect(readFileSync(place.in("run", "retry.txt"), "utf8")).toBe(ids.map((id) => `${id}\n`).join(""))
    expect((await run(["verify", place.in("run")])).code).toBe(0)
  })
})
