/**
 * Kills exports and merges at random moments, resumes each to its end, and compares with
 * those that nobody killed:
 * `node --conditions=@mixpeek-alerts/source apps/reporter/proof/CrashProof.ts --kills 500 --executions 50000 --seed 1`.
 * Exits with 1 if anything was lost.
 */
import { parseArgs } from "node:util"
import { run, scratch } from "../test/Reporter.ts"
import { copyProgram } from "./ProgramCopy.ts"
import { type Server, startServer } from "../test/Server.ts"
import setup from "../test/Bundled.ts"
import { tables } from "./Aftermath.ts"
import { crashRun } from "./CrashRun.ts"
import { mergeScenario } from "./MergeScenario.ts"
import { nightsProof } from "./NightsProof.ts"
import { proofTable, tell } from "./ProofTable.ts"
import { argsOf, type Scenario, scenarios } from "./Scenario.ts"

export interface CrashPlan {
  readonly kills: number
  /** Kills besides, of scheduled exports with a state. */
  readonly stateKills?: number
  readonly executions: number
  readonly seed: number
  readonly lanes: number
  /** The longest that a process lives before it is killed, in milliseconds. */
  readonly longestLife: number
}

export interface Score {
  runs: number
  tried: number
  lost: number
  /** Kills that fell between the moment when a run was ready in its state and the moment when it counted there. */
  between?: number
  readonly losses: Array<string>
}

/** Small enough that a run ends, large enough that every run meets some. */
const faults = {
  "429": { rate: 0.003, seconds: 1 },
  "500": 0.01,
  "503": 0.005,
  "reset-body": 0.01,
  "reset-headers": 0.005,
  "stall-body": { rate: 0.01, ms: 300 },
  "truncated-body": 0.005,
  latency: { rate: 1, ms: 25 },
}

/** What a scenario writes when nothing goes wrong, and in which time. */
interface Reference {
  readonly tables: ReadonlyMap<string, string>
  readonly millis: number
}

const references = async (all: ReadonlyArray<Scenario>, server: Server, copy: string, folder: string) => {
  const found = new Map<string, Reference>()
  for (const [index, scenario] of all.entries()) {
    const target = `${folder}/reference-${index}`
    const { code, millis, stderr } = await run(argsOf(scenario, target), { server, program: copy })
    if (code !== 0 && code !== 80) throw new Error(`${scenario.name} ended with ${code} by itself: ${stderr}`)
    found.set(scenario.name, { tables: tables(target, scenario), millis })
  }
  return found
}

/** Kills so many processes, and says for each scenario how that went. */
export const crashProof = async (plan: CrashPlan): Promise<ReadonlyMap<string, Score>> => {
  using folder = scratch()
  await using server = await startServer({ executions: plan.executions, seed: plan.seed })
  const copy = copyProgram(folder)
  const all = [
    await mergeScenario({ server, program: copy }, folder),
    ...scenarios(plan.executions, plan.seed, folder.in("ids.txt")),
  ]
  const expected = await references(all, server, copy, folder.path)
  await server.faults(faults)
  const scores = new Map(all.map((one) => [one.name, { runs: 0, tried: 0, lost: 0, losses: [] } as Score]))
  let left = plan.kills
  let next = 0
  const takeKill = (): boolean => left > 0 && left-- > 0
  const lane = async (): Promise<void> => {
    while (left > 0) {
      const number = next++
      const scenario = all[number % all.length] as Scenario
      const target = folder.in(`run-${number}`, scenario.single ? "table.csv" : "export")
      const reference = expected.get(scenario.name) as Reference
      // A merge starts over: it has to live through one life as a whole.
      const longestLife = scenario.command === "merge" ? 2 * reference.millis : plan.longestLife
      const result = await crashRun(
        scenario,
        target,
        reference.tables,
        { program: copy, url: server.url, longestLife, takeKill },
        plan.seed * 1_000_003 + number,
      )
      const score = scores.get(scenario.name) as Score
      score.runs++
      score.tried += result.kills
      if (result.losses.length > 0) score.lost += Math.max(1, result.kills)
      score.losses.push(...result.losses.map((loss) => `run ${number} (${scenario.name}): ${loss}`))
    }
  }
  await Promise.all(Array.from({ length: plan.lanes }, lane))
  if (plan.stateKills !== undefined) {
    const kills = plan.stateKills
    const executions = Math.min(plan.executions, 3000)
    scores.set("three nights", await nightsProof({ ...plan, kills, executions, program: copy }, folder))
  }
  return scores
}

/** The scores as a table. */
export const crashTable = (scores: ReadonlyMap<string, Score>): string =>
  proofTable(
    ["export", "runs", "tried", "survived", "lost"],
    Array.from(scores, ([name, { lost, runs, tried }]) => [name, runs, tried, tried - lost, lost]),
  )

if (import.meta.main) {
  const { values } = parseArgs({
    options: {
      kills: { type: "string", default: "500" },
      "state-kills": { type: "string", default: "150" },
      executions: { type: "string", default: "50000" },
      seed: { type: "string", default: "1" },
      lanes: { type: "string", default: "3" },
      life: { type: "string", default: "3000" },
    },
  })
  setup()
  const began = Date.now()
  const scores = await crashProof({
    kills: Number(values.kills),
    stateKills: Number(values["state-kills"]),
    executions: Number(values.executions),
    seed: Number(values.seed),
    lanes: Number(values.lanes),
    longestLife: Number(values.life),
  })
  const losses = [...scores.values()].flatMap((score) => score.losses)
  tell(crashTable(scores), { began, losses, seed: values.seed })
  for (const [name, { between, tried }] of scores)
    if (between !== undefined)
      process.stdout.write(`${name}: ${between} of ${tried} kills while a run was being published\n`)
}
