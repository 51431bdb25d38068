/**
 * Exports while each fault of the sandbox plays at random rates, from every source to every output. Each has to end
 * complete, or partial with everything missing named, or so that the same command finishes it; with the right rows, in time:
 * `node --conditions=@mixpeek-alerts/source apps/reporter/proof/FaultProof.ts --runs 1000 --seed 1`.
 * Exits with 1 if anything was lost.
 */
import { parseArgs } from "node:util"
import setup from "../test/Bundled.ts"
import { type Scratch, scratch, under } from "../test/Reporter.ts"
import { copyProgram } from "./ProgramCopy.ts"
import { type Server, startServer } from "../test/Server.ts"
import { dice } from "./CrashRun.ts"
import { faultCase, outputs, pageSizeOf, sources, type World } from "./FaultCase.ts"
import { type End, faultRun } from "./FaultRun.ts"
import { proofTable, tell } from "./ProofTable.ts"
import { laterNight } from "./StateScenario.ts"

export interface FaultPlan {
  readonly runs: number
  readonly seed: number
  readonly lanes: number
  /** Only these faults; all by default. */
  readonly only?: ReadonlyArray<string>
}

export interface FaultScore {
  readonly ends: Record<End, number>
  tried: number
  /** Runs in which the fault played. */
  met: number
  readonly losses: Array<string>
}

/** The same runs, seen in two ways. */
export interface FaultScores {
  readonly byFault: ReadonlyMap<string, FaultScore>
  /** By source and output. */
  readonly byWay: ReadonlyMap<string, FaultScore>
}

/** What the time limit of a run is. */
const maxMillis = 2500
const executions = 60
/** A state that knows so many lets a walk end early, and so many are new to it. */
const [known, arriving] = [150, 30]

const empty = (): FaultScore => ({
  ends: { complete: 0, partial: 0, resumed: 0, refused: 0 },
  tried: 0,
  met: 0,
  losses: [],
})

/** Where a lane runs its cases: a server for those without a state, and one for those with it. */
interface Lane {
  readonly server: Server
  readonly world: World
  readonly state: string | null
}

const nightLane = async (seed: number, program: string, folder: Scratch): Promise<Lane> => {
  const server = await startServer({ executions: known, seed })
  const world = { executions: known + arriving, seed, known }
  const { state = null } = await laterNight({ server, program }, folder, arriving, pageSizeOf(world))
  return { server, world, state }
}

/** Runs that many cases, every fault, source and output in turn, and says for each fault how that went. */
export const faultProof = async (plan: FaultPlan): Promise<FaultScores> => {
  using folder = scratch()
  const program = copyProgram(folder)
  const world = { executions, seed: plan.seed }
  await using first = await startServer(world)
  const catalogue = await first.catalogue()
  const faults = Object.keys(catalogue).filter((name) => plan.only?.includes(name) ?? true)
  const scores: FaultScores = {
    byFault: new Map(faults.map((fault) => [fault, empty()])),
    byWay: new Map(sources.flatMap((source) => outputs.map((output) => [`${source} to ${output}`, empty()]))),
  }
  let next = 0
  const lane = async (_: unknown, index: number): Promise<void> => {
    await using server = await startServer(world)
    let nights: Lane | undefined
    await using stack = new AsyncDisposableStack()
    while (next < plan.runs) {
      const number = next++
      const fault = faults[number % faults.length] as string
      const round = Math.floor(number / faults.length)
      // Three sources and four outputs: in twelve rounds each meets each.
      const source = sources[round % sources.length] ?? "all"
      const output = outputs[round % outputs.length] ?? "run"
      if (output === "nights" && nights === undefined) {
        nights = await nightLane(plan.seed, program, under(folder, `lane-${index}`))
        stack.use(nights.server)
      }
      const place = output === "nights" && nights !== undefined ? nights : { server, world, state: null }
      const roll = dice(plan.seed * 1_000_003 + number)
      const one = faultCase(roll, place.world, fault, catalogue[fault] ?? {}, source, output)
      const target = folder.in(`run-${number}`, output === "run" || output === "nights" ? "export" : "table.csv")
      const state = source === "all" ? place.state : null
      const { end, fired, loss } = await faultRun(one, {
        server: place.server,
        program,
        seed: plan.seed,
        target,
        maxMillis,
        state,
      })
      const what = `run ${number} (${fault} ${JSON.stringify(one.value)}, ${source} to ${output})`
      for (const score of [scores.byFault.get(fault), scores.byWay.get(`${source} to ${output}`)]) {
        if (score === undefined) continue
        score.tried++
        score.ends[end]++
        if (fired > 0) score.met++
        if (loss !== null) score.losses.push(`${what}: ${loss}`)
      }
    }
  }
  await Promise.all(Array.from({ length: plan.lanes }, lane))
  return scores
}

const columns = ["complete", "partial", "resumed", "refused"] as const

/** The scores as a table. `refused` is a failure said to a pipe, which nothing can resume. */
export const faultTable = (scores: ReadonlyMap<string, FaultScore>): string =>
  proofTable(
    ["played", "tried", "met it", ...columns, "lost"],
    Array.from(scores, ([name, { ends, losses, met, tried }]) => [
      name,
      tried,
      met,
      ...columns.map((end) => ends[end]),
      losses.length,
    ]),
  )

if (import.meta.main) {
  const { values } = parseArgs({
    options: {
      runs: { type: "string", default: "1000" },
      seed: { type: "string", default: "1" },
      lanes: { type: "string", default: "8" },
      only: { type: "string", multiple: true },
    },
  })
  setup()
  const began = Date.now()
  const scores = await faultProof({
    runs: Number(values.runs),
    seed: Number(values.seed),
    lanes: Number(values.lanes),
    ...(values.only === undefined ? {} : { only: values.only }),
  })
  const losses = [...scores.byFault.values()].flatMap((score) => score.losses)
  tell(`${faultTable(scores.byFault)}\n\n${faultTable(scores.byWay)}`, { began, losses, seed: values.seed })
}
