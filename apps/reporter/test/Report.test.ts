import { Effect } from "effect"
import { createHash } from "node:crypto"
import { cpSync, existsSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from "node:fs"
import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { readRuns } from "../src/report/ReadRuns.ts"
import { withCsvParse, withDuckDb } from "./Readers.ts"
import { run, runExport, scratch } from "./Reporter.ts"
import { type Server, startServer } from "./Server.ts"

const folder = scratch()
const good = folder.in("good")
let server: Server

beforeAll(async () => {
  server = await startServer({ executions: 400 })
  expect((await runExport(["--all", "--report", "--out", good], { server })).code).toBe(0)
  await server.grow(100)
  await server.faults({ "bad-record": "next:1" })
  const later = await runExport(["--all", "--compress", "zstd", "--out", folder.in("later")], { server })
  expect(later.code).toBe(80)
  await server.clear()
}, 60_000)
afterAll(async () => {
  await server[Symbol.asyncDispose]()
  folder[Symbol.dispose]()
})

const read = (...names: ReadonlyArray<string>): string => readFileSync(folder.in(...names), "utf8")

/** The rows of the table with this caption, cell by cell, without markup. */
const table = (text: string, caption: RegExp): ReadonlyArray<ReadonlyArray<string>> => {
  const found = [...text.matchAll(/<table>.*?<\/table>/gs)].find(([one]) =>
    caption.test(/<caption>(.*?)<\/caption>/s.exec(one)?.[1]?.trim() ?? ""),
  )
  const body = /<tbody>(.*)<\/tbody>/s.exec(found?.[0] ?? "")?.[1] ?? ""
  return [...body.matchAll(/<tr>(.*?)<\/tr>/gs)].map(([, row]) =>
    [...(row ?? "").matchAll(/<t[hd][^>]*>(.*?)<\/t[hd]>/gs)].map(([, cell]) =>
      (cell ?? "").replaceAll(/<[^>]*>/g, "").trim(),
    ),
  )
}

const sum = (rows: ReadonlyArray<ReadonlyArray<string>>, column: number): number =>
  rows.reduce((total, row) => total + Number((row[column] ?? "").replaceAll(",", "")), 0)

describe("a page about a run", () => {
  it("is written with the run, which it does not change", async () => {
    expect(existsSync(`${good}/report.html`)).toBe(true)
    const verified = await run(["verify", good])
    expect([verified.code, verified.stderr]).toEqual([0, ""])
    expect(JSON.parse(read("good", "datapackage.json"))).not.toHaveProperty(["resources", "5"])
    if (process.platform !== "win32") expect(statSync(`${good}/report.html`).mode & 0o777).toBe(0o600)
  })

  it("says the verdict first, and figures that are those of the tables", () => {
    const text = read("good", "report.html")
    expect(text).toMatch(/<h1>.*?<span>Complete\. Nothing was missed\.<\/span><\/h1>/s)
    expect(table(text, /^Runs$/).map(([name]) => name)).toEqual(["good"])
    const rows = withCsvParse(`${good}/executions.csv`).slice(1)
    const triggered = rows.filter((row) => row[4] === "true").length
    const time = table(text, /^Executions in steps/)
    expect([sum(time, 1), sum(time, 2)]).toEqual([rows.length, triggered])
    for (const [alert, executions] of table(text, /^Alerts/)) {
      expect(Number(executions)).toBe(rows.filter((row) => row[2] === alert).length)
    }
    const matches = withCsvParse(`${good}/matches.csv`).slice(1)
    expect(sum(table(text, /^Matches by score/), 2)).toBe(matches.length)
    const durations = rows.map((row) => Number(row[11])).sort((a, b) => a - b)
    const p50 = Number(/(\d+) ms<small>95 %/.exec(text)?.[1])
    expect(Math.abs(p50 - (durations[rows.length / 2 - 1] as number))).toBeLessThanOrEqual(p50 * 0.005)
  })

  it("needs neither network nor script, and forbids both", () => {
    const text = read("good", "report.html")
    expect(text).not.toMatch(/<(script|link|iframe|object|embed|img|form)\b|\bon\w+=|\bstyle="|\burl\(|@import|\bsrc=/i)
    const style = /<style>(.*?)<\/style>/s.exec(text)?.[1] ?? ""
    const hash = createHash("sha256").update(style).digest("base64")
    expect(text).toContain(`default-src 'none'; style-src 'sha256-${hash}'; base-uri 'none'; form-action 'none'`)
    expect(style).toContain("@media (prefers-color-scheme:dark)")
    expect(style).toContain("@media print")
  })

  it("has a table behind each picture, and words for it", () => {
    const text = read("good", "report.html")
    const figures = [...text.matchAll(/<figure>.*?<\/figure>/gs)].map(([one]) => one)
    expect(figures).toHaveLength(3)
    for (const one of figures) {
      expect(one).toMatch(/<details>\s*<summary>.*<table>\s*<caption>\s*\S/s)
      expect(one).toContain('<th scope="col"')
      expect(one).toContain('<th scope="row">')
    }
    for (const [svg] of text.matchAll(/<svg[^>]*>/g))
      expect(svg).toMatch(/role="img" aria-label="[^"]+"|aria-hidden="true"/)
  })

  it("names what failed, and is made of compressed tables too", async () => {
    const { code, stderr, stdout } = await run(["report", folder.in("later")])
    expect([code, stdout, stderr]).toEqual([0, `${folder.in("later", "report.html")}\n`, ""])
    const text = read("later", "report.html")
    expect(text).toContain("<span>Not complete. Some executions are missing or in doubt.</span>")
    expect(sum(table(text, /^Executions in steps/), 1)).toBe(499)
    expect(table(text, /^Each failure/)).toHaveLength(1)
  })

  it("shows several runs, and counts an execution that they share once", async () => {
    const out = folder.in("trend.html")
    expect((await run(["report", folder.in("later"), good, good, "--out", out, "--title", "A <b> & c"])).code).toBe(0)
    const text = readFileSync(out, "utf8")
    expect(text).toContain("<title>A &lt;b&gt; &amp; c</title>")
    expect(text).toContain("<span>1 of 2 runs is not complete.</span>")
    expect(
      table(text, /^Executions and triggered rate by run/).map(([name, , executions]) => [name, executions]),
    ).toEqual([
      ["good", "400"],
      ["later", "499"],
    ])
    const rows = [
      ...withCsvParse(`${good}/executions.csv`).slice(1),
      ...(await withDuckDb(folder.in("later", "executions.csv.zst"), 14)).slice(1),
    ]
    const once = new Set(rows.map((row) => row[0]))
    expect(sum(table(text, /^Executions in steps/), 1)).toBe(once.size)
  })

  it("of a run without executions says that, and draws nothing", async () => {
    const out = folder.in("none")
    expect((await runExport(["--all", "--since", "2030-01-01", "--report", "--out", out], { server })).code).toBe(0)
    const text = read("none", "report.html")
    expect(text).toContain("No executions.")
    expect(text).not.toMatch(/<figure>|NaN|undefined|Infinity/)
  })

  it("goes to standard output when asked", async () => {
    const { code, stdout } = await run(["report", good, "--out", "-"])
    expect(code).toBe(0)
    expect(stdout).toMatch(/^<!doctype html>\n.*<\/html>\s*$/s)
  })

  it("gets its place in a run that was whole and waited for its name", async () => {
    const partial = folder.in("waiting.partial")
    cpSync(good, partial, { recursive: true })
    rmSync(`${partial}/report.html`)
    const ended = await runExport(["--all", "--report", "--out", folder.in("waiting")], { server })
    expect([ended.code, existsSync(folder.in("waiting", "report.html"))]).toEqual([0, true])
  })

  it("is no reason to keep data back: a run whose tables it cannot read is published without it, and says so", async () => {
    const partial = folder.in("odd.partial")
    cpSync(good, partial, { recursive: true })
    rmSync(`${partial}/report.html`)
    renameSync(`${partial}/matches.csv`, `${partial}/matches.off`)
    const ended = await runExport(["--all", "--report", "--out", folder.in("odd")], { server })
    expect(ended.code).toBe(0)
    expect(ended.stderr).toMatch(/warning: The page was not written: Cannot read .*matches\.csv/)
    expect([existsSync(folder.in("odd")), existsSync(folder.in("odd", "report.html"))]).toEqual([true, false])
  })

  it.for([
    ["is not in the manifest", '"other"', '"matches.csv"'],
    ["is said to lie elsewhere", '"matches"', '"../good/matches.csv"'],
  ])("is refused for a run with a table that %s", async ([what = "", name = "", path = ""]) => {
    const copy = folder.in(what.replaceAll(" ", "-"))
    cpSync(good, copy, { recursive: true })
    const manifest = readFileSync(`${copy}/datapackage.json`, "utf8")
    const changed = manifest.replace('"name": "matches"', `"name": ${name}`).replace('"matches.csv"', path)
    writeFileSync(`${copy}/datapackage.json`, changed)
    const error = await Effect.runPromise(Effect.flip(readRuns([copy])))
    expect(error).toMatchObject({ kind: "Damaged", exitCode: 65, message: `${copy} has no table matches.` })
  })

  it("is refused where it makes no sense", async () => {
    const copy = folder.in("short")
    cpSync(good, copy, { recursive: true })
    writeFileSync(`${copy}/executions.csv`, readFileSync(`${copy}/executions.csv`, "utf8").replace(/[^\n]*\n$/, ""))
    for (const [args, code, words] of [
      [["report", good, folder.in("later")], 64, "A page about several runs needs a place."],
      [["report", good, "--out", `${good}/matches.csv`], 73, `${good}/matches.csv is a file of the run.`],
      [["report", good, "--out", folder.path], 73, `${folder.path} is a directory.`],
      [["report", copy], 65, `${copy}/executions.csv has 399 rows, not 400.`],
      [["report", folder.in("nothing")], 74, "Cannot read"],
      [["export", "--all", "--report", "-o", "-"], 64, "--report is for run directories."],
    ] as const) {
      const ended = await run(args, { server })
      expect([ended.code, ended.stderr]).toEqual([code, expect.stringContaining(words)])
    }
    expect(withCsvParse(`${good}/matches.csv`)[0]?.[0]).toBe("execution_key")
  })
})
