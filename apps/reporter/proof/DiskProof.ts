/**
 * Takes the operations on the disk of an export one by one (every open, write, sync, rename and removal), and at each kills
 * it, tears the write, or lets the disk fail; then runs it again to its end and compares. Also sets the clock in the middle:
 * `node --conditions=@mixpeek-alerts/source apps/reporter/proof/DiskProof.ts --every 3 --seed 1`.
 * Exits with 1 if anything was lost.
 */
import { parseArgs } from "node:util"
import setup from "../test/Bundled.ts"
import { run, scratch } from "../test/Reporter.ts"
import { copyProgram } from "./ProgramCopy.ts"
import { startServer } from "../test/Server.ts"
import { tables } from "./Aftermath.ts"
import { argsOf, dice } from "./CrashRun.ts"
import { clockRun, type DiskGround, diskRun, operations } from "./DiskRun.ts"
import type { SeamOrders } from "./DiskSeam.ts"
import { type Scenario, scenarios } from "./Scenario.ts"

export interface DiskPlan {
  /** Only every so manieth operation, counted from the seed. */
  readonly every: number
  readonly seed: number
  readonly lanes: number
  /** How often the clock is set. */
  readonly jumps: number
  /** Only this scenario; all by default. */
  readonly only?: string
}

export interface DiskScore {
  tried: number
  readonly losses: Array<string>
}

const executions = 60
const errors = ["ENOSPC", "EROFS", "EIO"] as const

/** What happens at the n-th operation: a kill, a torn write where one is written, and one of the errors in turn. */
const attacks = (name: string, at: number): ReadonlyArray<SeamOrders> => [
  { at, how: "kill" },
  ...(/^(write|writeFile|appendFile)$/.test(name) ? [{ at, how: "torn" } as const] : []),
  { at, how: errors[at % errors.length] ?? "EIO" },
]

/** A job to be done by whichever lane is free. */
type Job = (target: string) => Promise<readonly [row: string, loss: string | null]>

const diskJobs = async (
  scenario: Scenario,
  ground: DiskGround,
  plan: DiskPlan,
  target: string,
): Promise<ReadonlyArray<Job>> =>
  (await operations(scenario, target, ground)).flatMap((name, index) =>
    (index + plan.seed) % plan.every === 0
      ? attacks(name, index + 1).map((orders): Job => async (place) => {
          const loss = await diskRun(scenario, place, ground, orders)
          const kind = orders.how === "kill" || orders.how === "torn" ? orders.how : "error"
          return [
            `${scenario.name}: ${kind}`,
            loss === null ? null : `${scenario.name}, ${name} (${orders.at}), ${orders.how}: ${loss}`,
          ]
        })
      : [],
  )

const clockJobs = (scenario: Scenario, ground: DiskGround, plan: DiskPlan): ReadonlyArray<Job> => {
  const roll = dice(plan.seed)
  return Array.from({ length: plan.jumps }, (_, number): Job => async (place) => {
    const jump = { seconds: [-3600, 3600, -86_400 * 400][number % 3] ?? -3600, atCall: 1 + Math.floor(roll() * 60) }
    const loss = await clockRun(scenario, place, ground, jump)
    const row = `${scenario.name}: clock set ${jump.seconds < 0 ? "back" : "forward"}`
    return [
      row,
      loss === null ? null : `${scenario.name}, clock set by ${jump.seconds} s at look ${jump.atCall}: ${loss}`,
    ]
  })
}

/** Tries them all, and says for each scenario and kind how that went. */
export const diskProof = async (plan: DiskPlan): Promise<ReadonlyMap<string, DiskScore>> => {
  using folder = scratch()
  await using server = await startServer({ executions, seed: plan.seed, latencyMs: 10 })
  await using limited = await startServer({ executions, seed: plan.seed, faults: { "429": "0.3,hint=retry-after" } })
  const copy = copyProgram(folder)
  const all = scenarios(executions, plan.seed, folder.in("ids.txt"))
    .filter(({ name }) => plan.only === undefined || plan.only === name)
    .map((one) => (one.name === "walk" ? { ...one, args: [...one.args, "--latest"] } : one))
  const jobs: Array<Job> = []
  for (const [index, scenario] of all.entries()) {
    const target = folder.in(`reference-${index}`, scenario.single ? "table.csv" : "export")
    const { code, stderr } = await run(argsOf(scenario, target), { server, program: copy })
    if (code !== 0 && code !== 80) throw new Error(`${scenario.name} ended with ${code} by itself: ${stderr}`)
    const ground = { url: server.url, program: copy, reference: tables(target, scenario) }
    jobs.push(...(await diskJobs(scenario, ground, plan, folder.in(`count-${index}`, "export"))))
    if (index < 2) jobs.push(...clockJobs(scenario, { ...ground, url: limited.url }, plan))
  }
  const scores = new Map<string, DiskScore>()
  let next = 0
  const lane = async (): Promise<void> => {
    while (next < jobs.length) {
      const number = next++
      const [row, loss] = await (jobs[number] as Job)(folder.in(`run-${number}`, "export"))
      const score = scores.get(row) ?? { tried: 0, losses: [] }
      scores.set(row, score)
      score.tried++
      if (loss !== null) score.losses.push(loss)
    }
  }
  await Promise.all(Array.from({ length: plan.lanes }, lane))
  return scores
}

const line = (name: string, cells: ReadonlyArray<string | number>): string =>
  name.padEnd(36) + cells.map((cell) => String(cell).padStart(10)).join("")

/** The scores as a table. */
export const diskTable = (scores: ReadonlyMap<string, DiskScore>): string => {
  const rows = [...scores].toSorted(([one], [other]) => (one < other ? -1 : 1))
  const tried = rows.reduce((sum, [, score]) => sum + score.tried, 0)
  const lost = rows.reduce((sum, [, score]) => sum + score.losses.length, 0)
  return [
    line("export: what happens", ["tried", "survived", "lost"]),
    ...rows.map(([name, { losses, tried: count }]) => line(name, [count, count - losses.length, losses.length])),
    line("all", [tried, tried - lost, lost]),
  ].join("\n")
}

if (import.meta.main) {
  const { values } = parseArgs({
    options: {
      every: { type: "string", default: "3" },
      seed: { type: "string", default: "1" },
      lanes: { type: "string", default: "4" },
      jumps: { type: "string", default: "12" },
    },
  })
  setup()
  const began = Date.now()
  const scores = await diskProof({
    every: Number(values.every),
    seed: Number(values.seed),
    lanes: Number(values.lanes),
    jumps: Number(values.jumps),
  })
  const losses = [...scores.values()].flatMap((score) => score.losses)
  process.stdout.write(`${diskTable(scores)}\n${Math.round((Date.now() - began) / 1000)} s, seed ${values.seed}\n`)
  for (const loss of losses) process.stdout.write(`LOST ${loss}\n`)
  process.exitCode = losses.length > 0 ? 1 : 0
}
