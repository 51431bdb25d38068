import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { make } from "@mixpeek-alerts/domain/Sample"
import { writeFileSync } from "node:fs"
import { expected, type ExpectedTables, holdsLongNumber } from "./Expected.ts"
import { type Rows, withCsvParse, withDuckDb, withoutMarks, withoutNulls, withPython } from "./Readers.ts"
import { runExport, scratch } from "./Reporter.ts"
import { type Server, startServer } from "./Server.ts"

const seed = 11
const executions = 3000
const flatten = ["metadata.note", "metadata.title", "metadata.asset_number", "metadata.camera.fps", "metadata.tags"]
const tables = ["executions", "matches", "source_documents"] as const
const folder = scratch()
const sample = make(seed)
let server: Server

beforeAll(async () => {
  server = await startServer({ executions, seed })
})
afterAll(async () => {
  await server[Symbol.asyncDispose]()
  folder[Symbol.dispose]()
})

/** Compares row by row, so that a difference names its row. */
const same = (found: Rows, wanted: Rows): void => {
  expect(found.length).toBe(wanted.length)
  for (const [index, row] of wanted.entries()) expect(found[index], `row ${index}`).toEqual(row)
}

const check = async (directory: string, wanted: ExpectedTables): Promise<void> => {
  for (const table of tables) {
    const path = `${directory}/${table}.csv`
    const read = withCsvParse(path)
    same(read.slice(1), wanted[table])
    same((await withDuckDb(path)).slice(1), withoutMarks(wanted[table]))
    same(withPython(path).slice(1), withoutNulls(wanted[table]))
  }
}

const keysOf = (directory: string): ReadonlyArray<string> =>
  withCsvParse(`${directory}/executions.csv`)
    .slice(1)
    .map((row) => row[0] as string)

describe("three readers that know nothing of this program", () => {
  it("read every cell of an export by pages as the server sent it", { timeout: 60_000 }, async () => {
    const out = folder.in("pages")
    const { code, stderr } = await runExport(
      ["--all", "--page-size", "500", "--out", out, "--flatten", flatten.join(",")],
      { server },
    )
    expect(stderr).toContain("\ncomplete: ")
    expect(code).toBe(0)
    const indexes = Array.from({ length: executions }, (_, position) => executions - 1 - position)
    const keys = keysOf(out)
    expect(new Set(keys).size).toBe(executions)
    for (const [position, index] of indexes.entries()) {
      if (!sample.hasId(index)) expect(keys[position]).toMatch(/^synthetic_[0-9a-f]{16}$/)
    }
    const wanted = expected({ seed, indexes, synthetic: (position) => keys[position] as string, flatten })
    await check(out, wanted)

    const cells = wanted.matches.flat()
    expect(cells.filter((cell) => cell === "").length).toBeGreaterThan(5)
    expect(cells.filter((cell) => cell === null).length).toBeGreaterThan(100)
    for (const nasty of ["line one\r\nline two\rline three", "=1+1", '"quoted", with a comma', "街頭カメラ 12"]) {
      expect(cells, nasty).toContain(nasty)
    }
    expect(cells).toContain("🦊 fox cam 👨‍👩‍👧‍👦")
    expect(wanted.matches.filter((row) => holdsLongNumber(row[6] ?? null)).length).toBeGreaterThan(20)
    expect(wanted.executions.filter((row) => row[13]?.includes("18446744073709551615")).length).toBeGreaterThan(20)
  })

  it("read every cell of an export by ID as the server sent it", { timeout: 60_000 }, async () => {
    const indexes = Array.from({ length: executions }, (_, index) => index).filter(sample.hasId)
    const list = folder.in("ids.txt")
    writeFileSync(list, indexes.map(sample.executionId).join("\n"))
    const out = folder.in("by-id")
    const { code, stderr } = await runExport(["--ids", list, "--plan", "by-id", "--out", out], { server })
    expect(stderr).toContain(`complete: all ${indexes.length} IDs were read`)
    expect(code).toBe(0)
    await check(out, expected({ seed, indexes, synthetic: () => "none" }))
  })

  it("read the header as the manual names the columns", () => {
    const header = (table: string) => withCsvParse(folder.in("pages", `${table}.csv`))[0]
    expect(header("executions")?.join(" ")).toBe(
      "execution_key execution_id alert_id collection_id triggered match_count matches_included matches_returned " +
        "top_score executed_at executed_at_utc duration_ms source_document_count extra",
    )
    expect(header("matches")?.join(" ")).toBe(
      `execution_key match_index document_id score asset_id matched_features metadata extra ${flatten.join(" ")}`,
    )
    expect(header("source_documents")?.join(" ")).toBe("execution_key position document_id")
  })
})
