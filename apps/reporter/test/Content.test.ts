/** What a record may hold that a run has to live with: another content under the same ID, and cells of megabytes. */
import { readFileSync } from "node:fs"
import { describe, expect, it } from "vitest"
import { withCsvParse, withDuckDb, withoutNulls, withPython } from "./Readers.ts"
import { run, runExport, scratch } from "./Reporter.ts"
import { startServer } from "./Server.ts"

const megabytes = 3

/** The length of the transcript that the sandbox puts into a record. */
const transcriptLength = Math.ceil((megabytes * 1_000_000) / 44) * 44

describe.concurrent("the content of records", () => {
  it("that differs under the same ID counts once, as first read, and the run says that it is not complete", async () => {
    using folder = scratch()
    await using server = await startServer({ executions: 50 })
    // The page has every record twice, and one of the hundred is another.
    await server.faults({
      "duplicate-records": { rate: 1, next: 1, count: 50 },
      "huge-metadata": { rate: 1, next: 1, megabytes: 0.001 },
    })
    const { code, stderr } = await runExport(["--all", "--out", folder.in("run")], { server })
    expect(stderr).toContain("NOT complete: ")
    expect(stderr).toContain("1 execution came again with other content; the first was kept")
    expect(code).toBe(80)
    const keys = withCsvParse(folder.in("run", "executions.csv")).map((row) => row[0])
    expect([keys.length, new Set(keys).size]).toEqual([51, 51])
    expect((await run(["verify", folder.in("run")])).code).toBe(0)
  })

  it("of 3 MB in one cell arrives whole in every reader", async () => {
    using folder = scratch()
    await using server = await startServer({ executions: 40, faults: { "huge-metadata": `1,megabytes=${megabytes}` } })
    const { code } = await runExport(["--all", "--page-size", "10", "--out", folder.in("run")], { server })
    // The sandbox gives the record one match, whatever its count says, and the run notices.
    expect(code).toBe(80)
    const path = folder.in("run", "matches.csv")
    const rows = withCsvParse(path)
    const cells = rows.flat().filter((cell) => (cell?.length ?? 0) > 1_000_000)
    expect(cells.length).toBe(4)
    for (const cell of cells) {
      const { transcript } = JSON.parse(cell as string) as { transcript: string }
      expect(transcript.length).toBe(transcriptLength)
      expect(transcript.replaceAll("text of a long transcript, line after line. ", "")).toBe("")
    }
    expect((await withDuckDb(path)).length).toBe(rows.length)
    expect(withPython(path)).toEqual(withoutNulls(rows))
    expect(readFileSync(path).length).toBeGreaterThan(4 * transcriptLength)
    expect((await run(["verify", folder.in("run")])).code).toBe(0)
  })

  it("that Excel would cut is counted in an export for spreadsheets, and written whole", async () => {
    using folder = scratch()
    await using server = await startServer({ executions: 40, faults: { "huge-metadata": "1,megabytes=0.04" } })
    const args = ["--all", "--page-size", "10", "--out"]
    const plain = await runExport([...args, folder.in("plain")], { server })
    expect(plain.stderr).not.toContain("Excel")
    const { stderr } = await runExport([...args, folder.in("run"), "--excel"], { server })
    expect(stderr).toContain("4 cells are longer than the 32767 characters that Excel keeps")
    const cells = withCsvParse(folder.in("run", "matches.csv"), true).flat()
    expect(cells.filter((cell) => (cell?.length ?? 0) > 40_000).length).toBe(4)
  })
})
