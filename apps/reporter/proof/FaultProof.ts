/**
 * Exports while each fault of the sandbox plays at random rates, from every source to every output. Each has to end
 * complete, or partial with everything missing named, or so that the same command finishes it; with the right rows, in time:
 * `node --conditions=@mixpeek-alerts/source apps/reporter/proof/FaultProof.ts --runs 1000 --seed 1`.
 * Exits with 1 if anything was lost.
 */
import { parseArgs } from "node:util"
import setup from "../test/Bundled.ts"
import { scratch } from "../test/Reporter.ts"
import { copyProgram } from "./ProgramCopy.ts"
import { startServer } from "../test/Server.ts"
import { dice } from "./CrashRun.ts"
import { faultCase, outputs, sources } from "./FaultCase.ts"
import { type End, faultRun } from "./FaultRun.ts"
import { proofTable, tell } from "./ProofTable.ts"

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

/** What the time limit of a run is. */
const maxMillis = 2500
const executions = 60

const empty = (): FaultScore => ({
  ends: { complete: 0, partial: 0, resumed: 0, refused: 0 },
  tried: 0,
  met: 0,
  losses: [],
})

/** Runs that many cases, every fault, source and output in turn, and says for each fault how that went. */
export const faultProof = async (plan: FaultPlan): Promise<ReadonlyMap<string, FaultScore>> => {
  using folder = scratch()
  const copy = copyProgram(folder)
  const world = { executions, seed: plan.seed }
  await using first = await startServer(world)
  const catalogue = await first.catalogue()
  const faults = Object.keys(catalogue).filter((name) => plan.only?.includes(name) ?? true)
  const scores = new Map(faults.map((fault) => [fault, empty()]))
  let next = 0
  const lane = async (): Promise<void> => {
    await using server = await startServer(world)
    while (next < plan.runs) {
      const number = next++
      const fault = faults[number % faults.length] as string
      const round = Math.floor(number / faults.length)
      const one = faultCase(
        dice(plan.seed * 1_000_003 + number),
        world,
        fault,
        catalogue[fault] ?? {},
        sources[round % sources.length] ?? "all",
        outputs[Math.floor(round / sources.length) % outputs.length] ?? "run",
      )
      const target = folder.in(`run-${number}`, one.output === "run" ? "export" : "table.csv")
      const { end, fired, loss } = await faultRun(one, { server, program: copy, seed: plan.seed, target, maxMillis })
      const score = scores.get(fault) as FaultScore
      score.tried++
      score.ends[end]++
      if (fired > 0) score.met++
      if (loss !== null)
        score.losses.push(
          `run ${number} (${fault} ${JSON.stringify(one.value)}, ${one.source} to ${one.output}): ${loss}`,
        )
    }
  }
  await Promise.all(Array.from({ length: plan.lanes }, lane))
  return scores
}

const columns = ["complete", "partial", "resumed", "refused"] as const

/** The scores as a table. `refused` is a failure said to a pipe, which nothing can resume. */
export const faultTable = (scores: ReadonlyMap<string, FaultScore>): string =>
  proofTable(
    ["fault", "tried", "met it", ...columns, "lost"],
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
  const losses = [...scores.values()].flatMap((score) => score.losses)
  tell(faultTable(scores), { began, losses, seed: values.seed })
}
