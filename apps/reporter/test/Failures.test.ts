import { make } from "@mixpeek-alerts/domain/Sample"
import { existsSync, readdirSync, readFileSync } from "node:fs"
import { describe, expect, it } from "vitest"
import { withCsvParse } from "./Readers.ts"
import { run, runExport, scratch } from "./Reporter.ts"
import { startServer } from "./Server.ts"

const rows = (path: string) => withCsvParse(path).slice(1)
const text = (path: string) => readFileSync(path, "utf8")
const page = ["--all", "--page-size", "100"]
const sample = make(1)

describe("records that do not fit", () => {
  it.for(["wrong-type", "missing-field", "score"])(
    "cost one row each, never the page around them: %s",
    async (kind) => {
      using folder = scratch()
      await using server = await startServer({ executions: 300 })
      await server.faults({ "bad-record": { next: 2, kind } })
      const { code, stderr } = await runExport([...page, "--out", folder.in("run")], { server })
      const failures = rows(folder.in("run", "failures.csv"))
      expect(code).toBe(80)
      expect(failures).toHaveLength(2)
      expect(rows(folder.in("run", "executions.csv"))).toHaveLength(298)
      expect(stderr).toContain("NOT complete: 2 records did not fit (failures.csv)")
      for (const [id, where, reason, path, message, , raw] of failures) {
        expect([where, reason]).toEqual(["GET /v1/alerts/executions", "Malformed"])
        expect(path).toMatch(/match_count|alert_id|score/)
        expect(message).not.toBe("")
        const record = JSON.parse(raw as string) as { execution_id?: string }
        expect(record.execution_id ?? null).toBe(id)
      }
      const again = failures.flatMap((row) => (row[0] === null ? [] : [`${row[0]}\n`]))
      expect(text(folder.in("run", "retry.txt"))).toBe(again.join(""))
      expect((await run(["verify", folder.in("run")])).code).toBe(0)
    },
  )

  it("that have no ID are not in retry.txt, and the manifest knows", async () => {
    using folder = scratch()
    await using server = await startServer({ executions: 300, faults: { "bad-record": "next:2,kind=null" } })
    expect((await runExport([...page, "--out", folder.in("run")], { server })).code).toBe(80)
    const { resources } = JSON.parse(text(folder.in("run", "datapackage.json"))) as {
      resources: ReadonlyArray<{ name: string; rows: number }>
    }
    expect(text(folder.in("run", "retry.txt"))).toBe("")
    expect(resources.find((one) => one.name === "retry")?.rows).toBe(0)
  })
})

describe("limits on failures", () => {
  const good = [sample.executionId(1), sample.executionId(2)]

  it("publish nothing with --strict, exit with 65, and say what failed", async () => {
    using folder = scratch()
    await using server = await startServer({ executions: 50 })
    const args = [...good, "exec_absent", "--out", folder.in("run")]
    const strict = await runExport([...args, "--strict"], { server })
    expect(strict.stderr).toContain(
      "error: 1 of 3 executions failed, which is more than allowed; nothing was published.\n",
    )
    expect(strict.code).toBe(65)
    expect(readdirSync(folder.path)).toEqual(["run.partial"])
    expect(rows(folder.in("run.partial", "failures.csv")).map((row) => row[0])).toEqual(["exec_absent"])
    expect((await runExport(args, { server })).code).toBe(80)
    expect(text(folder.in("run", "retry.txt"))).toBe("exec_absent\n")
  })

  it.for([
    ["1", 80],
    ["0", 65],
    ["40%", 80],
    ["20%", 65],
  ] as const)("hold at --max-failures %s", async ([limit, code]) => {
    using folder = scratch()
    await using server = await startServer({ executions: 50 })
    const args = [...good, "exec_absent", "--max-failures", limit, "--out", folder.in("run")]
    expect((await runExport(args, { server })).code).toBe(code)
    expect(existsSync(folder.in("run"))).toBe(code === 80)
  })

  it("do not count a run that finds nothing at all, which is published and not complete", async () => {
    using folder = scratch()
    await using server = await startServer({ executions: 50 })
    const none = await runExport(["exec_no", "exec_nope", "--out", folder.in("run")], { server })
    expect(none.stderr).toContain("NOT complete: 2 IDs could not be had (failures.csv)")
    expect(none.code).toBe(80)
    const failures = rows(folder.in("run", "failures.csv"))
    expect(failures.map((row) => row.slice(0, 3))).toEqual([
      ["exec_no", "GET /v1/alerts/executions/exec_no", "NotFound"],
      ["exec_nope", "GET /v1/alerts/executions/exec_nope", "NotFound"],
    ])
  })
})

describe("an export that finds nothing", () => {
  it("is a failure only with --fail-on-empty, and then asks again the next time", async () => {
    using folder = scratch()
    await using server = await startServer({ executions: 0 })
    const args = ["--all", "--fail-on-empty", "--out", folder.in("run")]
    for (const given of [args, ["--all", "--fail-on-empty", "-o", "-"]]) {
      const empty = await runExport(given, { server })
      expect(empty.stderr).toContain("error: There was nothing to export.\n")
      expect(empty.code).toBe(82)
    }
    expect(readdirSync(folder.path)).toEqual([])
    await server.grow(5)
    expect((await runExport(args, { server })).code).toBe(0)
    expect(rows(folder.in("run", "executions.csv"))).toHaveLength(5)
    expect((await runExport(["--all", "--where", "score:>2", "--out", folder.in("quiet")], { server })).code).toBe(0)
  })
})

describe("retry", () => {
  it("exports what failed, as a run that says which one it completes", async () => {
    using folder = scratch()
    await using server = await startServer({ executions: 50 })
    const wanted = [1, 2, 3].map(sample.executionId)
    await server.faults({ "404": { rate: 1, path: wanted[1] } })
    const first = folder.in("first")
    expect((await runExport([...wanted, "--out", first], { server })).code).toBe(80)
    expect(text(`${first}/retry.txt`)).toBe(`${wanted[1]}\n`)
    await server.clear()
    const part = await run(["retry", first, "--shard", "1/2"], { server })
    expect(part.stderr).toContain("retry exports all that failed, not a shard of it.")
    expect(part.code).toBe(64)
    const all = await run(["retry", first, "--all"], { server })
    expect([all.code, all.stderr]).toEqual([64, expect.stringContaining("retry takes its IDs from the run.")])
    const retried = await run(["retry", first], { server })
    expect(retried.code).toBe(0)
    expect(rows(`${first}-retry/executions.csv`).map((row) => row[1])).toEqual([wanted[1]])
    expect(JSON.parse(text(`${first}-retry/datapackage.json`))).toMatchObject({ run: { completes: first } })
    const nothing = await run(["retry", `${first}-retry`], { server })
    expect(nothing.stderr).toContain(`error: Nothing failed in ${first}-retry.\n`)
    expect(nothing.code).toBe(82)
  })

  it("keeps failures beside a single file, for the next command", async () => {
    using folder = scratch()
    await using server = await startServer({ executions: 50 })
    const one = await runExport([sample.executionId(1), "exec_absent", "-o", folder.in("one.csv")], { server })
    expect(one.code).toBe(80)
    expect(readdirSync(folder.path).toSorted()).toEqual(["one.csv", "one.csv.failures.csv"])
    expect(rows(folder.in("one.csv"))).toHaveLength(1)
    expect(rows(folder.in("one.csv.failures.csv"))).toHaveLength(1)
  })
})

describe("a Node that is too old", () => {
  it("is said to be, before anything is loaded", async () => {
    const old = `Object.defineProperty(process, "versions", { value: { ...process.versions, node: "20.20.2" } })`
    const preload = `data:text/javascript;base64,${Buffer.from(old).toString("base64")}`
    const { code, stderr } = await run(["--version"], { env: { NODE_OPTIONS: `--import=${preload}` } })
    expect(stderr).toMatch(/^OldNode: mixpeek-alerts-reporter needs Node 22\.19 or newer; this is v\S+\.\n$/)
    expect(code).toBe(78)
  })
})
