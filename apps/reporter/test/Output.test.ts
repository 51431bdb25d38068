import { execFileSync } from "node:child_process"
import { readdirSync, readFileSync, readlinkSync, statSync } from "node:fs"
import { gunzipSync } from "node:zlib"
import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { withCsvParse, withDuckDb, withPython } from "./Readers.ts"
import { environment, program, run, runExport, scratch } from "./Reporter.ts"
import { type Server, startServer } from "./Server.ts"

const folder = scratch()
const names = ["executions", "matches", "source_documents"]
const page = ["--all", "--page-size", "250"]
let server: Server

const bytes = (...path: ReadonlyArray<string>) => readFileSync(folder.in(...path))

beforeAll(async () => {
  server = await startServer({ executions: 1000, seed: 9 })
  const { code } = await runExport([...page, "--out", folder.in("plain")], { server })
  expect(code).toBe(0)
})
afterAll(async () => {
  await server[Symbol.asyncDispose]()
  folder[Symbol.dispose]()
})

describe("the output", () => {
  it("may be compressed with gzip, and holds the same", async () => {
    expect((await runExport([...page, "--compress", "gzip", "--out", folder.in("gzip")], { server })).code).toBe(0)
    for (const name of names) {
      expect(gunzipSync(bytes("gzip", `${name}.csv.gz`)).equals(bytes("plain", `${name}.csv`)), name).toBe(true)
    }
    const verified = await run(["verify", folder.in("gzip")])
    expect(verified.stdout).toContain("verified; complete: true")
    expect(verified.code).toBe(0)
  })

  it("may be compressed with zstd, and holds the same", async () => {
    expect((await runExport([...page, "--compress", "zstd", "--out", folder.in("zstd")], { server })).code).toBe(0)
    for (const name of names) {
      const plain = await withDuckDb(folder.in("plain", `${name}.csv`))
      expect(await withDuckDb(folder.in("zstd", `${name}.csv.zst`), plain[0]?.length), name).toEqual(plain)
    }
    const verified = await run(["verify", folder.in("zstd")])
    expect(verified.stdout).toContain("  executions.csv.zst: 1000 rows\n")
    expect(verified.stdout).toContain("verified; complete: true")
    expect(verified.code).toBe(0)
  })

  it("may be one table in one file, or on standard output, byte for byte the same", async () => {
    for (const table of names) {
      const file = folder.in(`${table}.csv`)
      expect((await runExport([...page, "-o", file, "--table", table], { server })).code).toBe(0)
      expect(readFileSync(file).equals(bytes("plain", `${table}.csv`)), table).toBe(true)
      const { code, stderr, stdout } = await runExport([...page, "-o", "-", "--table", table], { server })
      expect(code).toBe(0)
      expect(stdout).toBe(bytes("plain", `${table}.csv`).toString("utf8"))
      expect(stderr).toContain("\ncomplete: ")
    }
  })

  it("ends quietly with 0 when the reader of standard output had enough", () => {
    const command = `{ "${process.execPath}" "${program}" export --all -o - --rate unlimited --quiet; echo "code $?" >&2; } | head -1`
    const shell = execFileSync("sh", ["-c", `(${command}) 2>&1`], { env: environment({ server }), encoding: "utf8" })
    expect(shell.split(/\r?\n/)).toEqual([expect.stringContaining("execution_key,"), "code 0", ""])
  })

  it("as one file lists IDs that no page had, beside it and in what is said", async () => {
    const args = ["exec_absent", "--plan", "walk", "--page-size", "250", "-o", folder.in("few.csv")]
    const { code, stderr } = await runExport(args, { server })
    expect(stderr).toContain(" 1 failures\n")
    expect(code).toBe(80)
    expect(readFileSync(folder.in("few.csv.failures.csv"), "utf8")).toContain("\r\nexec_absent,")
  })

  it("for spreadsheets has a byte order mark and no cell that starts a formula", async () => {
    const args = [...page, "--excel", "--flatten", "metadata.note", "--out", folder.in("excel")]
    expect((await runExport(args, { server })).code).toBe(0)
    const read = withPython(folder.in("excel", "matches.csv"), "utf-8-sig")
    expect(bytes("excel", "matches.csv").subarray(0, 4)).toEqual(Buffer.from([0xef, 0xbb, 0xbf, 0x65]))
    const notes = read.slice(1).map((row) => row.at(-1) as string)
    expect(notes).toContain("'=1+1")
    expect(notes).toContain("'＝１＋１")
    expect(notes).toContain("'-5")
    for (const cell of read.slice(1).flat()) expect(cell).not.toMatch(/^[=+@\t\r\0＝＋－＠]/)
    expect((await run(["verify", folder.in("excel")])).code).toBe(0)
  })

  it("is what `latest` leads to, from run to run", async () => {
    for (const name of ["one", "two"]) {
      expect((await runExport([...page, "--latest", "--out", folder.in("runs", name)], { server })).code).toBe(0)
      expect(readlinkSync(folder.in("runs", "latest"))).toBe(name)
      expect(withCsvParse(folder.in("runs", "latest", "executions.csv"))).toHaveLength(1001)
    }
    expect(readdirSync(folder.in("runs")).toSorted()).toEqual(["latest", "one", "two"])
  })

  it("goes to a directory named by the time when none is given, and only its owner may read it", async () => {
    const { code, stderr } = await runExport(page, { server, cwd: folder.path })
    expect(code).toBe(0)
    const [name] = readdirSync(folder.in("exports"))
    expect(name).toMatch(/^\d{4}-\d\d-\d\dT\d\d-\d\d-\d\dZ$/)
    expect(stderr).toContain(name)
    if (process.platform !== "win32") expect(statSync(folder.in("exports", name as string)).mode & 0o777).toBe(0o700)
  })

  it.for([
    { TZ: "America/New_York" },
    { LC_ALL: "tr_TR.UTF-8", LANG: "tr_TR.UTF-8" },
    { TZ: "Asia/Kolkata", LC_ALL: "C" },
  ])("does not depend on where it is made: %o", async (env) => {
    const out = folder.in(`place-${Object.values(env).join("").replaceAll(/\W/g, "")}`)
    const args = [...page, "--since", "2026-03-01T01:00:00", "--where", "alert:BRAND", "--out"]
    const plain = await runExport([...args, `${out}-plain`], { server })
    const local = await runExport([...args, out], { server, env })
    expect([plain.code, local.code]).toEqual([0, 0])
    for (const name of names) {
      const [here, there] = [readFileSync(`${out}/${name}.csv`), readFileSync(`${out}-plain/${name}.csv`)]
      expect(here.equals(there), name).toBe(true)
    }
  })

  it("names its fields, keys and counts in the manifest", () => {
    const manifest = JSON.parse(bytes("plain", "datapackage.json").toString("utf8")) as Record<string, unknown>
    expect(manifest).toMatchObject({
      profile: "tabular-data-package",
      mixpeek: { complete: true, counts: { executions: 1000 } },
    })
    const resources = manifest["resources"] as ReadonlyArray<{
      name: string
      rows: number
      schema?: { fields: ReadonlyArray<{ name: string }> }
    }>
    for (const { name, rows, schema } of resources.filter((one) => names.includes(one.name))) {
      const read = withCsvParse(folder.in("plain", `${name}.csv`))
      expect(schema?.fields.map((field) => field.name)).toEqual(read[0])
      expect(rows).toBe(read.length - 1)
    }
    expect(JSON.stringify(manifest)).not.toContain("sk_sandbox")
  })
})
