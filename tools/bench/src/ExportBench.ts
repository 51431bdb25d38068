/** The exporter against what a user would pick instead: by ID, by pages, its memory, and under a rate limit. */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { idOf } from "./BenchRecord.ts"
import { grid } from "./Grid.ts"
import { race, type RaceResult, type Standing } from "./Race.ts"
import { startServer } from "./ServerProcess.ts"
import { careful, developer, ours, python, raw, shell, type Subject } from "./Subject.ts"
import type { Verdict } from "./Verdict.ts"

/** What one bench found: a table for people, and figures held against their limits. */
export interface Finding {
  readonly title: string
  readonly table: string
  readonly verdicts: ReadonlyArray<Verdict>
}

export interface Size {
  readonly executions: number
  readonly rounds: number
}

const everybody = [ours, raw, careful, developer, python, shell]

const of = (result: RaceResult, subject: Subject): Standing => {
  const found = result.standings.find((one) => one.subject === subject)
  if (found === undefined) throw new Error(`${subject.name} did not run`)
  return found
}

const tableOf = ({ rows, standings }: RaceResult): string => {
  const wall = standings[0]?.wall ?? 1
  return grid([
    ["", "wall s", "ours is", "CPU s", "peak MiB", "rows/s", "requests"],
    ...standings.map((one) => [
      one.subject.name,
      one.wall.toFixed(2),
      (wall / one.wall).toFixed(2),
      one.cpu.toFixed(2),
      one.mebibytes.toFixed(0),
      (rows / one.wall).toFixed(0),
      one.requests.toFixed(0),
    ]),
  ])
}

const against = (result: RaceResult, rival: Subject, work: string, atMost: number): Verdict => ({
  what: `${work}, wall against ${rival.name}`,
  value: of(result, ours).wall / of(result, rival).wall,
  atMost,
  unit: "",
})

const withIds = async <A>(count: number, run: (idsFile: string) => Promise<A>): Promise<A> => {
  const folder = mkdtempSync(join(tmpdir(), "mixpeek-alerts-bench-ids-"))
  try {
    const idsFile = join(folder, "ids.txt")
    writeFileSync(idsFile, `${Array.from({ length: count }, (_, index) => idOf(index)).join("\n")}\n`)
    return await run(idsFile)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

/** N executions, one request each, from a server that answers at once. */
export const byId = ({ executions, rounds }: Size): Promise<Finding> =>
  withIds(executions, async (idsFile) => {
    using server = await startServer({ executions })
    const result = await race(everybody, { kind: "by-id", idsFile }, server, rounds)
    return {
      title: `${executions} executions by ID, no latency, ${rounds} rounds`,
      table: tableOf(result),
      verdicts: [
        against(result, raw, "by ID", 1),
        against(result, careful, "by ID", 0.6),
        against(result, shell, "by ID", 0.22),
      ],
    }
  })

const latencyMillis = 50
const concurrency = 64

/** The same from a server that takes its time: what counts is that none of it is wasted. */
export const byIdFar = ({ executions, rounds }: Size): Promise<Finding> =>
  withIds(executions, async (idsFile) => {
    using server = await startServer({ executions, latencyMillis })
    const result = await race([ours, raw, careful], { kind: "by-id", idsFile }, server, rounds)
    const ideal = (executions * latencyMillis) / concurrency / 1000
    return {
      title: `${executions} executions by ID, ${latencyMillis} ms latency, ${rounds} rounds; ideal ${ideal.toFixed(2)} s`,
      table: tableOf(result),
      verdicts: [
        { what: "by ID at 50 ms, wall against the ideal", value: of(result, ours).wall / ideal, atMost: 1.1, unit: "" },
      ],
    }
  })

/** N executions in pages of a thousand. */
export const pages = async ({ executions, rounds }: Size): Promise<Finding> => {
  using server = await startServer({ executions })
  const result = await race(everybody, { kind: "pages" }, server, rounds)
  const standing = of(result, ours)
  return {
    title: `${executions} executions in pages of 1000, ${rounds} rounds`,
    table: tableOf(result),
    verdicts: [
      against(result, raw, "pages", 0.6),
      against(result, careful, "pages", 0.35),
      against(result, shell, "pages", 0.15),
      { what: "pages, peak memory", value: standing.mebibytes, atMost: 200, unit: " MiB" },
      {
        what: "pages, requests against ceil(N / 1000) + 1",
        value: standing.requests / (Math.ceil(executions / 1000) + 1),
        atMost: 1,
        unit: "",
      },
    ],
  }
}

const rpm = 600
const windowSeconds = 60

/** Pages so small that the rate limit is all that takes time: what counts is that none of it is left unused. */
export const limited = async ({ executions, rounds }: Size): Promise<Finding> => {
  const pageSize = 10
  using server = await startServer({ executions, rpm })
  const result = await race([ours], { kind: "limited", pageSize }, server, rounds)
  const ideal = Math.floor((executions / pageSize - 1) / rpm) * windowSeconds
  return {
    title: `${executions} executions in pages of ${pageSize} at ${rpm} requests a minute, ${rounds} rounds; ideal ${ideal} s`,
    table: tableOf(result),
    verdicts: [
      {
        what: "pages at a rate limit, wall against the limit",
        value: of(result, ours).wall / ideal,
        atMost: 1.02,
        unit: "",
      },
    ],
  }
}
