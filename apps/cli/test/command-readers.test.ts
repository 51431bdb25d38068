/** What other programs make of the output: jq, and Python's csv module. */
import { assert, afterAll, beforeAll, describe, it } from "@effect/vitest"
import { Csv, parseRecord, Table } from "@mixpeek-alerts/domain"
import { make } from "@mixpeek-alerts/domain/Sample"
import { Result } from "effect"
import { spawnSync } from "node:child_process"
import { runProgram } from "./Program.ts"
import { type Sandbox, startSandbox } from "./Sandbox.ts"

const executions = 300
const sample = make(7)
/** As the server sends them: the newest first. */
const records = Array.from({ length: executions }, (_, at) => sample.json(executions - 1 - at))

let sandbox: Sandbox
beforeAll(async () => void (sandbox = await startSandbox("--executions", String(executions))), 60_000)
afterAll(() => sandbox[Symbol.asyncDispose]())

const run = async (...args: ReadonlyArray<string>): Promise<string> => {
  const { code, stderr, stdout } = await runProgram(args, sandbox.env)
  assert.strictEqual(code, 0, stderr)
  return stdout
}

/** The sandbox has no limit, so there is nothing to be gentle with. */
const fast = ["--rpm", "100000"]

const piped = (program: string, args: ReadonlyArray<string>, input: string): string => {
  const { status, stderr, stdout } = spawnSync(program, args, { input, encoding: "utf8", maxBuffer: 1 << 27 })
  assert.strictEqual(status, 0, stderr)
  return stdout
}

// jq takes half a surrogate pair for a mistake; the server may send one all the same.
const readable = records.filter((record) => !/\\ud[89a-f]/i.test(record))

describe("the output", () => {
  it("is JSON for jq: an array, lines, and values", async () => {
    const ids = readable
      .flatMap((record) => (JSON.parse(record) as { execution_id?: string }).execution_id ?? [])
      .slice(0, 20)
    const [array, lines] = await Promise.all([
      run("get", ...ids, "--json", ...fast),
      run("get", ...ids, "-o", "ndjson", ...fast),
    ])
    assert.strictEqual(piped("jq", ["-r", ".[].execution_id"], array), `${ids.join("\n")}\n`)
    assert.strictEqual(piped("jq", ["-r", ".execution_id"], lines), `${ids.join("\n")}\n`)
    assert.strictEqual(lines, array.replace(/^\[\n|\]\n$/g, "").replace(/,\n/g, "\n"))
  })

  it("has every digit that the server sent", async () => {
    const [lines, raw, array] = await Promise.all([
      run("list", "--all", "-o", "ndjson"),
      run("list", "--all", "-o", "raw"),
      run("list", "--all", "--json"),
    ])
    assert.strictEqual(lines, `${records.join("\n")}\n`)
    assert.strictEqual(raw, lines)
    assert.strictEqual(array, `[\n${records.join(",\n")}\n]\n`)
    assert.include(lines, "12345678901234567890")
  })

  it("is the CSV of the exporter's encoder and columns", async () => {
    const decoded = records.map((record) => Result.getOrThrow(parseRecord(record)))
    const rowsOf = (table: Table.Table): string =>
      decoded
        .flatMap((record) => (record._tag === "ExecutionRecord" ? table.rows(record) : []))
        .map((row) => Csv.encodeRow(row, Csv.standard))
        .join("")
    const headerOf = (table: Table.Table): string =>
      Csv.encodeHeader(
        table.columns.map(({ name }) => name),
        Csv.standard,
      )
    const csv = await run("list", "--all", "-o", "csv")
    assert.strictEqual(csv, headerOf(Table.executions) + rowsOf(Table.executions))
    const ids = await run("list", "--all", "--triggered", "-o", "ids")
    const matches = await run("matches", ...ids.trimEnd().split("\n").slice(0, 40), "-o", "csv", ...fast)
    const python = "import csv,json,sys; json.dump(list(csv.reader(sys.stdin)), sys.stdout)"
    const read = JSON.parse(piped("python3", ["-c", python], matches)) as ReadonlyArray<ReadonlyArray<string>>
    assert.deepStrictEqual(
      read[0],
      Table.matches.columns.map(({ name }) => name),
    )
    assert.isTrue(read.every((row) => row.length === Table.matches.columns.length))
    for (const row of read.slice(1)) if (row[6] !== "") assert.doesNotThrow(() => void JSON.parse(row[6] ?? ""))
  })

  it("is lines for cut, one an execution, with as many fields as the header", async () => {
    const tsv = await run("list", "--all")
    const rows = tsv
      .replace(/\n$/, "")
      .split("\n")
      .map((line) => line.split("\t").length)
    assert.deepStrictEqual([rows.length, new Set(rows).size], [executions + 1, 1])
    const ids = await run("list", "--all", "-o", "ids")
    assert.strictEqual(
      piped("cut", ["-f2"], tsv)
        .split("\n")
        .slice(1)
        .filter((id) => id !== "")
        .join("\n"),
      ids.trimEnd(),
    )
  })

  it("of a filter is what the filter language keeps", async () => {
    const [shorthand, text] = await Promise.all([
      run(
        "list",
        "--all",
        "-o",
        "ids",
        "--triggered",
        "--min-score",
        "0.9",
        "--since",
        "2026-03-01T01:00:00Z",
        "--collection",
        "col_tv_ads",
      ),
      run(
        "list",
        "--all",
        "-o",
        "ids",
        "--where",
        "triggered:yes score:>=0.9 since:2026-03-01T01:00 collection:col_tv_ads",
      ),
    ])
    assert.isAbove(text.length, 0)
    assert.strictEqual(shorthand, text)
  })

  it("of stats counts what is there", async () => {
    const all = records.map((record) => JSON.parse(record) as { triggered: boolean; duration_ms: number })
    const stats = JSON.parse(await run("stats", "--all", "--json")) as {
      executions: number
      triggered: number
      duration_ms: { max: number; p50: number }
      coverage: object
    }
    const durations = all.map(({ duration_ms }) => duration_ms).sort((one, other) => one - other)
    assert.deepInclude(stats, { executions, triggered: all.filter(({ triggered }) => triggered).length })
    assert.deepStrictEqual(
      [stats.duration_ms.max, stats.duration_ms.p50],
      [durations.at(-1), durations[executions / 2 - 1]],
    )
    assert.deepStrictEqual(stats.coverage, { read: executions, counted: executions, total: executions, complete: true })
  })
})
