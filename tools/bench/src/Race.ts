/** Several subjects at the same work, in turns: round after round, so that a slow minute hits all of them. */
import { mkdirSync, mkdtempSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { type Measurement, measure, median } from "./Measurement.ts"
import { orderOf } from "./RaceOrder.ts"
import { difference, rowsIn } from "./SameRows.ts"
import type { ServerProcess } from "./ServerProcess.ts"
import { environment, type Subject, tablesOf, type Way } from "./Subject.ts"

export interface Lap extends Measurement {
  readonly requests: number
}

/** What a subject took: medians over the rounds. */
export interface Standing extends Lap {
  readonly subject: Subject
  readonly rounds: number
}

export interface RaceResult {
  readonly standings: ReadonlyArray<Standing>
  /** Rows in the three tables together. */
  readonly rows: number
}

const lap = async (subject: Subject, way: Way, server: ServerProcess, out: string): Promise<Lap> => {
  mkdirSync(out)
  await server.requests()
  const args = subject.command(way, server.baseUrl, out)
  const cost = measure({ args, env: environment(server), cwd: out, stdout: join(out, "stdout") })
  return { ...cost, requests: await server.requests() }
}

const standing = (subject: Subject, laps: ReadonlyArray<Lap>): Standing => {
  const middle = (of: (lap: Lap) => number) => median(laps.map(of))
  return {
    subject,
    rounds: laps.length,
    wall: middle((one) => one.wall),
    cpu: middle((one) => one.cpu),
    mebibytes: middle((one) => one.mebibytes),
    requests: middle((one) => one.requests),
  }
}

const sameAs = async (first: Subject, out: string, subject: Subject, other: string): Promise<void> => {
  const found = await difference(tablesOf(subject, other), tablesOf(first, out))
  if (found !== null) throw new Error(`${subject.name} does not write what ${first.name} writes: ${found}`)
}

/**
 * Runs every subject once a round, in the order of {@link orderOf}. After the first round, compares what they wrote. The first
 * of `subjects` is the measure of the rows.
 */
export const race = async (
  subjects: ReadonlyArray<Subject>,
  way: Way,
  server: ServerProcess,
  rounds: number,
): Promise<RaceResult> => {
  const folder = mkdtempSync(join(tmpdir(), "mixpeek-alerts-bench-"))
  const laps = subjects.map((): Array<Lap> => [])
  const first = subjects[0] as Subject
  let rows = 0
  try {
    for (let round = 0; round < rounds; round++) {
      for (const index of orderOf(round, subjects.length)) {
        const subject = subjects[index] as Subject
        const out = join(folder, `${index}`)
        rmSync(out, { recursive: true, force: true })
        laps[index]?.push(await lap(subject, way, server, out))
        if (round > 0) rmSync(out, { recursive: true, force: true })
      }
      if (round > 0) continue
      const reference = join(folder, "0")
      for (let index = 1; index < subjects.length; index++) {
        await sameAs(first, reference, subjects[index] as Subject, join(folder, `${index}`))
      }
      rows = await rowsIn(tablesOf(first, reference))
    }
    return { standings: subjects.map((subject, index) => standing(subject, laps[index] ?? [])), rows }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}
