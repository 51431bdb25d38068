/** A scheduled export in a night with a fault, and two without: together they have to hold everything, each once. */
import { make } from "@mixpeek-alerts/domain/Sample"
import { existsSync } from "node:fs"
import { type Ended, start } from "../test/Reporter.ts"
import { keysIn } from "../test/RunKeys.ts"
import type { Server } from "../test/Server.ts"
import { type FaultCase, tableNames } from "./FaultCase.ts"
import { judgeTable } from "./FaultJudge.ts"
import { argsOf, type Scenario } from "./Scenario.ts"

export interface NightsGround {
  readonly server: Server
  readonly program: string
  readonly seed: number
  /** Where the result of the first night goes. */
  readonly target: string
}

/** What is due and in none of the runs, and what is there twice. */
const unionProblem = (one: FaultCase, keys: ReadonlyArray<string>, seed: number): string | null => {
  const sample = make(seed)
  const found = new Set(keys)
  if (found.size !== keys.length) return `${keys.length - found.size} twice over the nights`
  const missing = one.indexes.filter((index) => sample.hasId(index) && !found.has(sample.executionId(index)))
  if (missing.length > 0)
    return `after all nights ${missing.length} are missing, first ${sample.executionId(missing[0] ?? 0)}`
  const nameless = one.indexes.filter((index) => !sample.hasId(index)).length
  const synthetic = keys.filter((key) => key.startsWith("synthetic_")).length
  return synthetic === nameless ? null : `${synthetic} without an ID instead of ${nameless}`
}

/** What the nights have lost, after the first one ended so; the fault is over. */
export const nightsProblem = async (
  one: FaultCase,
  scenario: Scenario,
  { program, seed, server, target }: NightsGround,
  first: Ended,
): Promise<string | null> => {
  const whole = one.absent.length === 0 ? 0 : 80
  const night = (out: string): Promise<Ended> => start(argsOf(scenario, out), { server, program }).ended
  if (existsSync(target) !== (first.code === 0 || first.code === 80))
    return `it ended with ${first.code} and ${existsSync(target) ? "a" : "no"} final name`
  // What is unfinished is gone on with by its own command, or overtaken by the next night's.
  const isResumed = !existsSync(target) && one.value["rate"] !== undefined
  const clean = isResumed ? target : `${target}-2`
  const runs = existsSync(target) ? [target, clean] : [clean]
  const second = await night(clean)
  if (second.code !== whole)
    return `after ${first.code} the clean night ends with ${second.code}: ${second.stderr.trim()}`
  for (const run of runs)
    for (const table of tableNames) {
      const { problem } = judgeTable(`${run}/${table}.csv`, table, one, seed)
      if (problem !== null) return problem
    }
  const problem = unionProblem(one, runs.flatMap(keysIn), seed)
  if (problem !== null) return problem
  const third = await night(`${target}-3`)
  if (third.code !== whole) return `the third night ends with ${third.code}: ${third.stderr.trim()}`
  const again = keysIn(`${target}-3`).length
  return again === 0 ? null : `the third night has ${again} again`
}
