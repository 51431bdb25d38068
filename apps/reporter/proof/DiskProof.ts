/**
 * Takes the operations on the disk of an export or a merge one by one (every open, write, sync, rename, removal and end of
 * a transaction), and at each kills it, tears the write, or lets the disk fail; then runs it again to its end and compares.
 * Also sets the clock in the middle:
 * `node --conditions=@mixpeek-alerts/source apps/reporter/proof/DiskProof.ts --every 3 --seed 1`.
 * Exits with 1 if anything was lost.
 */
import { parseArgs } from "node:util"
import setup from "../test/Bundled.ts"
import { run, type Scratch, scratch, under } from "../test/Reporter.ts"
import { copyProgram } from "./ProgramCopy.ts"
import { type Server, startServer } from "../test/Server.ts"
import { tables } from "./Aftermath.ts"
import { dice } from "./CrashRun.ts"
import { type ClockGround, type ClockResult, clockRun } from "./ClockRun.ts"
import { type DiskGround, diskRun, unharmed } from "./DiskRun.ts"
import type { SeamOrders } from "./DiskSeam.ts"
import { mergeScenario } from "./MergeScenario.ts"
import { type Line, proofTable, tell } from "./ProofTable.ts"
import { argsOf, lay, type Scenario, scenarios } from "./Scenario.ts"
import { firstNight, laterNight } from "./StateScenario.ts"

export interface DiskPlan {
  /** Only every so manieth operation, counted from the seed. */
  readonly every: number
  readonly seed: number
  readonly lanes: number
  /** How often the clock is set. */
  readonly jumps: number
  /** Only these scenarios; all by default. */
  readonly only?: ReadonlyArray<string>
}

export interface DiskScore {
  tried: number
  /** Runs that ended early as documented, and were gone on with. */
  limits: number
  readonly losses: Array<string>
}

const executions = 60
/** Of them, those that come after the first night. */
const arriving = 20
const errors = ["ENOSPC", "EROFS", "EIO"] as const

/** What happens at the n-th operation: a kill, a torn write where one is written, and one of the errors in turn. */
const attacks = (name: string, at: number): ReadonlyArray<SeamOrders> => [
  { at, how: "kill" },
  ...(/^(write|writeFile|appendFile)$/.test(name) ? [{ at, how: "torn" } as const] : []),
  { at, how: errors[at % errors.length] ?? "EIO" },
]

/** A job to be done by whichever lane is free. */
type Job = (target: string) => Promise<readonly [row: string, ClockResult]>

const diskJobs = (
  scenario: Scenario,
  ground: DiskGround,
  plan: DiskPlan,
  operations: ReadonlyArray<string>,
): ReadonlyArray<Job> =>
  operations.flatMap((name, index) =>
    (index + plan.seed) % plan.every === 0
      ? attacks(name, index + 1).map((orders): Job => async (place) => {
          const loss = await diskRun(scenario, place, ground, orders)
          const kind = orders.how === "kill" || orders.how === "torn" ? orders.how : "error"
          const where = `${scenario.name}, ${name} (${orders.at}), ${orders.how}`
          return [`${scenario.name}: ${kind}`, { isLimit: false, loss: loss === null ? null : `${where}: ${loss}` }]
        })
      : [],
  )

const clockJobs = (scenario: Scenario, ground: ClockGround, plan: DiskPlan, looks: number): ReadonlyArray<Job> => {
  const roll = dice(plan.seed)
  return Array.from({ length: plan.jumps }, (_, number): Job => async (place) => {
    const seconds = [-3600, 3600, -86_400 * 400, 300][number % 4] ?? -3600
    const jump = { seconds, atCall: Math.floor(roll() * Math.min(60, looks)) }
    const { isLimit, loss } = await clockRun(scenario, place, ground, jump)
    const where = `${scenario.name}, clock set by ${seconds} s at look ${jump.atCall}`
    const row = `${scenario.name}: clock set ${seconds < 0 ? "back" : "forward"}`
    return [row, { isLimit, loss: loss === null ? null : `${where}: ${loss}` }]
  })
}

/** The scenarios that are wanted, for a server. */
const scenariosFor = async (server: Server, program: string, plan: DiskPlan, folder: Scratch) => {
  const isWanted = (name: string): boolean => plan.only?.includes(name) ?? true
  const exports = scenarios(executions, plan.seed, folder.in("ids.txt")).map((one) =>
    one.name === "walk" ? { ...one, args: [...one.args, "--latest"] } : one,
  )
  const nightly = await laterNight({ server, program }, folder, arriving)
  const merge = isWanted("merge") ? [await mergeScenario({ server, program }, folder)] : []
  return [...exports, firstNight, nightly, ...merge].filter(({ name }) => isWanted(name))
}

const clocked: ReadonlySet<string> = new Set(["walk", "by ID", "merge", "first night", "later night"])

/** Tries them all, and says for each scenario and kind how that went. */
export const diskProof = async (plan: DiskPlan): Promise<ReadonlyMap<string, DiskScore>> => {
  using folder = scratch()
  const before = { executions: executions - arriving, seed: plan.seed }
  await using server = await startServer({ ...before, latencyMs: 10 })
  await using limited = await startServer({ ...before, faults: { "429": "0.3,hint=retry-after" } })
  const program = copyProgram(folder)
  const all = await scenariosFor(server, program, plan, under(folder, "free"))
  const onLimited = await scenariosFor(
    limited,
    program,
    // A merge asks nobody, and shards of another server have other manifests.
    { ...plan, only: all.map(({ name }) => name).filter((name) => name !== "merge") },
    under(folder, "limited"),
  )
  const jobs: Array<Job> = []
  for (const [index, scenario] of all.entries()) {
    const target = folder.in(`reference-${index}`, scenario.single ? "table.csv" : "export")
    lay(scenario, target)
    const { code, stderr } = await run(argsOf(scenario, target), { server, program })
    if (code !== 0 && code !== 80) throw new Error(`${scenario.name} ended with ${code} by itself: ${stderr}`)
    const ground = { url: server.url, program, reference: tables(target, scenario), whole: target }
    const { looks, operations } = await unharmed(scenario, folder.in(`count-${index}`, "export"), ground)
    jobs.push(...diskJobs(scenario, ground, plan, operations))
    if (!clocked.has(scenario.name)) continue
    const waiting = onLimited.find(({ name }) => name === scenario.name)
    jobs.push(...clockJobs(waiting ?? scenario, { ...ground, url: limited.url }, plan, looks))
  }
  const scores = new Map<string, DiskScore>()
  let next = 0
  const lane = async (): Promise<void> => {
    while (next < jobs.length) {
      const number = next++
      const [row, { isLimit, loss }] = await (jobs[number] as Job)(folder.in(`run-${number}`, "export"))
      const score = scores.get(row) ?? { tried: 0, limits: 0, losses: [] }
      scores.set(row, score)
      score.tried++
      if (loss !== null) score.losses.push(loss)
      else if (isLimit) score.limits++
    }
  }
  await Promise.all(Array.from({ length: plan.lanes }, lane))
  return scores
}

/** The scores as a table. `a limit` is what the README's Limits say, after which the same command went on to the right end. */
export const diskTable = (scores: ReadonlyMap<string, DiskScore>): string =>
  proofTable(
    ["command: what happens", "tried", "survived", "a limit", "lost"],
    Array.from(scores, ([name, { limits, losses, tried }]): Line => {
      const survived = tried - limits - losses.length
      return [name, tried, survived, limits, losses.length]
    }).toSorted(([one], [other]) => (one < other ? -1 : 1)),
  )

if (import.meta.main) {
  const { values } = parseArgs({
    options: {
      every: { type: "string", default: "3" },
      seed: { type: "string", default: "1" },
      lanes: { type: "string", default: "4" },
      jumps: { type: "string", default: "12" },
      only: { type: "string", multiple: true },
    },
  })
  setup()
  const began = Date.now()
  const scores = await diskProof({
    every: Number(values.every),
    seed: Number(values.seed),
    lanes: Number(values.lanes),
    jumps: Number(values.jumps),
    ...(values.only === undefined ? {} : { only: values.only }),
  })
  const losses = [...scores.values()].flatMap((score) => score.losses)
  tell(diskTable(scores), { began, losses, seed: values.seed })
}
