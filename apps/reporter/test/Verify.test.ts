import { createHash } from "node:crypto"
import { cpSync, readFileSync, rmSync, writeFileSync } from "node:fs"
import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { run, runExport, scratch } from "./Reporter.ts"
import { startServer } from "./Server.ts"

const folder = scratch()
const good = folder.in("good")

beforeAll(async () => {
  await using server = await startServer({ executions: 300 })
  expect((await runExport(["--all", "--out", good], { server })).code).toBe(0)
})
afterAll(() => folder[Symbol.dispose]())

interface Resource {
  readonly name: string
  bytes: number
  hash: string
  rows: number
}

/** Changes a table of a copy; with `sealed` the manifest's size and hash are made to fit. */
const damaged = (name: string, table: string, change: (text: string) => string, sealed: boolean): string => {
  const copy = folder.in(name)
  cpSync(good, copy, { recursive: true })
  const path = `${copy}/${table}.csv`
  writeFileSync(path, change(readFileSync(path, "utf8")))
  if (!sealed) return copy
  const manifest = JSON.parse(readFileSync(`${copy}/datapackage.json`, "utf8")) as { resources: Array<Resource> }
  const resource = manifest.resources.find((one) => one.name === table) as Resource
  const bytes = readFileSync(path)
  resource.bytes = bytes.length
  resource.hash = `sha256:${createHash("sha256").update(bytes).digest("hex")}`
  writeFileSync(`${copy}/datapackage.json`, JSON.stringify(manifest))
  return copy
}

const lines = (text: string): Array<string> => text.split("\r\n")
const without = (text: string, line: number): string => lines(text).toSpliced(line, 1).join("\r\n")
const doubling = (text: string): string =>
  lines(text)
    .toSpliced(2, 1, lines(text)[1] as string)
    .join("\r\n")

const problem = async (directory: string): Promise<string> => {
  const { code, stderr } = await run(["verify", directory])
  expect(code).toBe(65)
  expect(stderr).toMatch(/^error: The run is not as it was written: .+\.\n {2}\S.*\n$/)
  return stderr
}

describe("verify", () => {
  it("passes a run as it was written, needs no key, and says what it read", async () => {
    const { code, stderr, stdout } = await run(["verify", good])
    expect(stderr).toBe("")
    expect(stdout).toContain("  executions.csv: 300 rows\n")
    expect(stdout).toContain("verified; complete: true")
    expect(code).toBe(0)
  })

  it("detects one changed byte", async () => {
    const change = (text: string) => text.replace("alt_", "alp_")
    expect(await problem(damaged("byte", "executions", change, false))).toContain(
      "The run is not as it was written: executions.csv has another hash",
    )
  })

  it("detects a file that was cut, and one that is gone", async () => {
    const cut = damaged("cut", "matches", (text) => text.slice(0, -5), false)
    expect(await problem(cut)).toMatch(/matches\.csv has \d+ bytes, not \d+/)
    rmSync(`${cut}/source_documents.csv`)
    expect(await problem(cut)).toContain("source_documents.csv is missing")
  })

  it("detects a missing row, even when size and hash were made to fit", async () => {
    const missing = damaged("row", "source_documents", (text) => without(text, 3), true)
    expect(await problem(missing)).toMatch(/source_documents\.csv has \d+ rows, not \d+/)
  })

  it("detects a doubled key, even when the count of rows fits", async () => {
    expect(await problem(damaged("key", "executions", doubling, true))).toContain("executions.csv has 1 keys twice")
  })

  it("detects rows without their execution", async () => {
    const change = (text: string) => text.replace(/\r\n(exec_\w+),/, "\r\nexec_orphan,")
    expect(await problem(damaged("orphan", "source_documents", change, true))).toContain("rows without their execution")
  })

  it("detects a row of another width", async () => {
    const change = (text: string) =>
      lines(text)
        .toSpliced(1, 1, `${lines(text)[1]},more`)
        .join("\r\n")
    expect(await problem(damaged("width", "source_documents", change, true))).toMatch(/width|not CSV/)
  })
})
