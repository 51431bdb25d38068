import { make } from "@mixpeek-alerts/domain/Sample"
import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { parseExact, utc } from "./Expected.ts"
import { withCsvParse } from "./Readers.ts"
import { runExport, scratch } from "./Reporter.ts"
import { type Server, startServer } from "./Server.ts"

const seed = 21
const executions = 800
const folder = scratch()
let server: Server

interface Fact {
  readonly id: string | null
  readonly alert: string
  readonly collection: string
  readonly triggered: boolean
  readonly top: number | null
  readonly took: number
  /** UTC, as text that sorts. */
  readonly at: string
}

const facts: ReadonlyArray<Fact> = Array.from({ length: executions }, (_, position) => {
  const record = parseExact(make(seed).json(executions - 1 - position))
  const scores = ((record["matches"] ?? []) as ReadonlyArray<Record<string, unknown>>).map((match) =>
    Number(JSON.stringify(match["score"])),
  )
  return {
    id: (record["execution_id"] as string | undefined) ?? null,
    alert: record["alert_id"] as string,
    collection: record["collection_id"] as string,
    triggered: record["triggered"] as boolean,
    top: scores.length === 0 ? null : Math.max(...scores),
    took: Number(JSON.stringify(record["duration_ms"])),
    at: utc(record["executed_at"] as string).replace("Z", ""),
  }
})

beforeAll(async () => {
  server = await startServer({ executions, seed })
})
afterAll(async () => {
  await server[Symbol.asyncDispose]()
  folder[Symbol.dispose]()
})

const cases: ReadonlyArray<{ name: string; args: ReadonlyArray<string>; keeps: (fact: Fact) => boolean }> = [
  { name: "--triggered", args: ["--triggered"], keeps: (fact) => fact.triggered },
  { name: "--not-triggered", args: ["--not-triggered"], keeps: (fact) => !fact.triggered },
  {
    name: "--since a moment",
    args: ["--since", "2026-03-01T04:00:00Z"],
    keeps: (fact) => fact.at >= "2026-03-01T04:00:00",
  },
  {
    name: "--until a moment",
    args: ["--until", "2026-03-01T04:00:00Z"],
    keeps: (fact) => fact.at < "2026-03-01T04:00:00",
  },
  {
    name: "both, with an offset",
    args: ["--since", "2026-03-01T06:00:00+02:00", "--until", "2026-03-01T06:30:00"],
    keeps: (fact) => fact.at >= "2026-03-01T04:00:00" && fact.at < "2026-03-01T06:30:00",
  },
  {
    name: "--collection, twice",
    args: ["--collection", "col_tv_ads", "--collection", "col_live_stream"],
    keeps: (fact) => ["col_tv_ads", "col_live_stream"].includes(fact.collection),
  },
  { name: "--min-score", args: ["--min-score", "0.9"], keeps: (fact) => (fact.top ?? -1) >= 0.9 },
  {
    name: "--where",
    args: ["--where", "triggered:yes score:>0.5 took:>300ms"],
    keeps: (fact) => fact.triggered && (fact.top ?? -1) > 0.5 && fact.took > 300,
  },
  {
    name: "several at once",
    args: ["--triggered", "--collection", "col_user_uploads", "--min-score", "0.2", "--since", "2026-03-01T02:00:00"],
    keeps: (fact) =>
      fact.triggered &&
      fact.collection === "col_user_uploads" &&
      (fact.top ?? -1) >= 0.2 &&
      fact.at >= "2026-03-01T02:00:00",
  },
]

describe("filters", () => {
  it.for(cases)("keep what the sample says they must: $name", async ({ args, keeps }) => {
    const wanted = facts.filter(keeps)
    expect(wanted.length).toBeGreaterThan(5)
    expect(wanted.length).toBeLessThan(executions)
    const out = folder.in(args.join("_").replaceAll(/\W/g, ""))
    const { code, stderr } = await runExport(["--all", "--page-size", "300", ...args, "--out", out], { server })
    expect(stderr).toContain(`; ${executions - wanted.length} left out by the filter`)
    expect(code).toBe(0)
    const rows = withCsvParse(`${out}/executions.csv`).slice(1)
    expect(rows.map((row) => row[1])).toEqual(wanted.map((fact) => fact.id))
    const keys = new Set(rows.map((row) => row[0]))
    for (const table of ["matches", "source_documents"]) {
      expect(
        withCsvParse(`${out}/${table}.csv`)
          .slice(1)
          .every((row) => keys.has(row[0] as string)),
        table,
      ).toBe(true)
    }
  })

  it("apply to the executions of alerts, by ID and by name, each walked once", async () => {
    const out = folder.in("alerts")
    const args = ["--alert", "alt_face_jp", "--alert", "nsfw, strict", "--triggered", "--out", out]
    expect((await runExport(args, { server })).code).toBe(0)
    const wanted = ["alt_face_jp", "alt_nsfw"].flatMap((alert) =>
      facts.filter((fact) => fact.alert === alert && fact.triggered),
    )
    expect(
      withCsvParse(`${out}/executions.csv`)
        .slice(1)
        .map((row) => row[1]),
    ).toEqual(wanted.map((fact) => fact.id))
  })

  it("say that an alert does not exist", async () => {
    const { code, stderr } = await runExport(["--alert", "no-such-alert", "--out", folder.in("none")], { server })
    expect(code).toBe(66)
    expect(stderr).toMatch(/^error: /m)
  })

  it("apply to IDs, and an ID that was left out is not a failure", async () => {
    const some = facts.filter((fact) => fact.id !== null).slice(0, 30)
    const ids = some.map((fact) => fact.id as string)
    for (const plan of ["by-id", "walk"]) {
      const out = folder.in(`ids-${plan}`)
      expect((await runExport([...ids, "--plan", plan, "--triggered", "--out", out], { server })).code).toBe(0)
      expect(
        withCsvParse(`${out}/executions.csv`)
          .slice(1)
          .map((row) => row[1]),
      ).toEqual(some.filter((fact) => fact.triggered).map((fact) => fact.id))
    }
  })
})
