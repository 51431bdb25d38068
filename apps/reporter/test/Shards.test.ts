/** Shards from end to end: all of them, merged, are what one run would have been. */
import { alerts, make } from "@mixpeek-alerts/domain/Sample"
import { Effect } from "effect"
import { appendFileSync, createReadStream, existsSync, readFileSync, writeFileSync } from "node:fs"
import { describe, expect, it } from "vitest"
import * as Merge from "../src/Merge.ts"
import { frameTexts } from "../src/ZstdFrames.ts"
import { withCsvParse } from "./Readers.ts"
import { type Ended, run, runExport, scratch, start, until } from "./Reporter.ts"
import { type Server, startServer } from "./Server.ts"

const tables = ["executions", "matches", "source_documents", "failures"]

const sorted = (rows: ReadonlyArray<ReadonlyArray<string | null>>): ReadonlyArray<string> =>
  rows.map((row) => JSON.stringify(row).replace(/"req_\w+"/, "a request ID")).toSorted()

const expectSameRows = (one: string, other: string): void => {
  for (const table of tables) {
    const [rows, others] = [one, other].map((run) => sorted(withCsvParse(`${run}/${table}.csv`)))
    expect(rows, table).toEqual(others)
  }
  const [lines, others] = [one, other].map((run) => readFileSync(`${run}/retry.txt`, "utf8").split("\n").toSorted())
  expect(lines).toEqual(others)
}

interface Counts extends Readonly<Record<string, unknown>> {
  readonly repeated: number
}

const manifest = (directory: string) =>
  (
    JSON.parse(readFileSync(`${directory}/datapackage.json`, "utf8")) as {
      mixpeek: { query: string; complete: boolean | "unknown"; reasons: ReadonlyArray<string>; counts: Counts }
    }
  ).mixpeek

/** Exports the shards that are named like `2/4`, at the same time. */
const shards = (server: Server, args: ReadonlyArray<string>, out: (part: string) => string, ...parts: Array<string>) =>
  Promise.all(parts.map((part) => runExport([...args, "--shard", part, "--out", out(part)], { server })))

const codes = (ended: ReadonlyArray<Ended>) => ended.map(({ code }) => code)

const merge = (directories: ReadonlyArray<string>, out: string) =>
  Effect.runPromise(
    Effect.scoped(
      Merge.merge({ directories, out, latest: false, restart: false, failOnEmpty: false, toolVersion: "0.0.0" }),
    ),
  )

const verified = async (directory: string): Promise<void> => {
  const { code, stderr } = await run(["verify", directory])
  expect([code, stderr]).toEqual([0, ""])
}

describe("four shards", { timeout: 60_000 }, () => {
  it("of a list, one of which was killed and run again, are merged to what one run writes", async () => {
    using folder = scratch()
    await using server = await startServer({ executions: 1200, seed: 3 })
    const args = ["--all", "--page-size", "100"]
    const out = (part: string) => folder.in(`shard${part[0]}`)
    expect((await runExport([...args, "--out", folder.in("whole")], { server })).code).toBe(0)
    expect(codes(await shards(server, args, out, "1/4", "3/4", "4/4"))).toEqual([0, 0, 0])

    await server.faults({ "stall-headers": { rate: 1, ms: 150 } })
    const second = ["export", "--rate", "unlimited", ...args, "--shard", "2/4", "--out", out("2/4")]
    const killed = start(second, { server })
    const journal = `${out("2/4")}.partial/journal`
    await until(() => existsSync(journal) && /"read":[1-9]/.test(readFileSync(journal, "utf8")), "some pages are saved")
    killed.child.kill("SIGKILL")
    expect((await killed.ended).signal).toBe("SIGKILL")
    await server.clear()
    const all = ["1/4", "2/4", "3/4", "4/4"].map(out)
    await expect(merge(all, folder.in("merged"))).rejects.toThrow(`${out("2/4")} is not finished.`)
    const again = await run(second, { server })
    expect([again.code, again.stderr]).toEqual([0, expect.stringContaining("Going on with the run begun at")])

    const merged = await run(["merge", ...all.toReversed(), "--out", folder.in("merged")])
    expect(merged.code).toBe(0)
    expect(merged.stderr).toContain("complete: the last page was reached and all 1200 that the server counted")
    await verified(folder.in("merged"))
    expectSameRows(folder.in("merged"), folder.in("whole"))
    const [counts, whole] = [manifest(folder.in("merged")), manifest(folder.in("whole"))]
    expect(counts.query).toBe(whole.query)
    expect({ ...counts.counts, units: 0 }).toEqual({ ...whole.counts, units: 0 })
  })

  it("of IDs fetch each its own, compressed or not, and what failed can be retried", async () => {
    using folder = scratch()
    await using server = await startServer({ executions: 100 })
    const ids = Array.from({ length: 60 }, (_, index) => make(1).executionId(index))
    writeFileSync(folder.in("ids.txt"), [...ids, "exec_unknown1", "exec_unknown2"].join("\n"))
    const args = ["--ids", folder.in("ids.txt"), "--plan", "by-id", "--excel"]
    const out = (part: string) => folder.in(`shard${part[0]}`)
    expect((await runExport([...args, "--out", folder.in("whole")], { server })).code).toBe(80)
    const before = await server.requests()
    await shards(server, [...args, "--compress", "zstd"], out, "1/2", "2/2")
    expect((await server.requests()) - before).toBe(62)
    const { verdict } = await merge(["1/2", "2/2"].map(out), folder.in("merged"))
    expect(verdict.complete).toBe(false)
    expect(verdict.reasons.join()).toMatch(/^shard \d: \d IDs? could not be had/)
    await verified(folder.in("merged"))
    for (const table of tables) {
      const path = folder.in("merged", `${table}.csv`)
      for await (const text of frameTexts(createReadStream(`${path}.zst`))) appendFileSync(path, text)
    }
    expectSameRows(folder.in("merged"), folder.in("whole"))
    const { counts } = manifest(folder.in("whole"))
    expect(manifest(folder.in("merged")).counts).toMatchObject({ ...counts, units: 2 })
    expect(counts["missing"]).toBeGreaterThanOrEqual(2)
  })

  it("of alerts walk each their own, and one that was named twice is written once", async () => {
    using folder = scratch()
    await using server = await startServer({ executions: 400 })
    const [first, second] = alerts
    const named = [first?.alertId, second?.alertId, first?.name].flatMap((alert) => ["--alert", alert ?? ""])
    const args = ["--page-size", "50", ...named]
    const out = (part: string) => folder.in(`shard${part[0]}`)
    expect((await runExport([...args, "--out", folder.in("whole")], { server })).code).toBe(80)
    const before = await server.requests()
    const ended = await shards(server, args, out, "1/4", "2/4", "3/4", "4/4")
    const requests = (await server.requests()) - before
    expect(codes(ended)).toEqual([0, 0, 0, 0])
    expect(ended[3]?.stderr).toContain("complete: nothing of what was asked for falls to this shard")
    const { verdict } = await merge(["1/4", "2/4", "3/4", "4/4"].map(out), folder.in("merged"))
    expect(verdict.complete).toBe(true)
    expectSameRows(folder.in("merged"), folder.in("whole"))
    expect(manifest(folder.in("merged")).counts).toEqual(manifest(folder.in("whole")).counts)
    expect(manifest(folder.in("merged")).counts.repeated).toBeGreaterThan(0)
    expect(requests).toBe(manifest(folder.in("whole")).counts["units"])
  })
})
