/** One export that is stopped, or fails, at one operation on the disk, and is then run again to its end. */
import { existsSync, mkdirSync, readFileSync } from "node:fs"
import { basename, dirname, join } from "node:path"
import { type Ended, start } from "../test/Reporter.ts"
import { finalProblem, leftovers } from "./Aftermath.ts"
import { argsOf } from "./CrashRun.ts"
import type { SeamOrders } from "./DiskSeam.ts"
import type { Scenario } from "./Scenario.ts"

const seam = join(import.meta.dirname, "DiskSeam.ts")

/** No export of this size takes so long, not even on a busy machine. */
const hungMillis = 30_000

export interface DiskGround {
  readonly url: string
  readonly program: string
  readonly reference: ReadonlyMap<string, string>
}

/** Runs the program with the seam in it. */
export const withSeam = async (
  scenario: Scenario,
  target: string,
  { program, url }: Pick<DiskGround, "program" | "url">,
  orders: SeamOrders,
): Promise<Ended> => {
  mkdirSync(dirname(target), { recursive: true })
  const env = {
    DISK_SEAM: JSON.stringify(orders),
    NODE_OPTIONS: `--import ${seam} --disable-warning=ExperimentalWarning`,
  }
  const running = start(argsOf(scenario, target), { server: { url }, program, env })
  const hung = setTimeout(() => running.child.kill("SIGTERM"), hungMillis)
  return running.ended.finally(() => clearTimeout(hung))
}

/** What a run does to the disk when nothing happens to it, by name and in order. */
export const operations = async (
  scenario: Scenario,
  target: string,
  ground: Pick<DiskGround, "program" | "url">,
): Promise<ReadonlyArray<string>> => {
  const log = `${target}.log`
  const { code, stderr } = await withSeam(scenario, target, ground, { at: 0, how: "kill", log, clockSpeed: 100 })
  if (code !== 0 && code !== 80) throw new Error(`${scenario.name} ended with ${code} by itself: ${stderr}`)
  return readFileSync(log, "utf8").split("\n")
}

/** What is wrong with how a run ended whose disk failed, or that was killed. */
const stopProblem = ({ code, signal, stderr }: Ended, how: SeamOrders["how"]): string | null => {
  if (how === "kill" || how === "torn")
    return signal === "SIGKILL" || code === 0 || code === 80 ? null : `ended with ${code}`
  if (code === 0 || code === 80) return null
  if (code !== 73 && code !== 74) return `ended with ${code}: ${stderr}`
  return /^error: .+\.\n {2}\S.+\.\n$/m.test(stderr) && stderr.includes(how) ? null : `says: ${stderr}`
}

/** Whether there is nothing left to do. */
const done = (target: string): boolean => existsSync(target) && !existsSync(`${target}.partial`)

const restProblem = async (scenario: Scenario, target: string, ground: DiskGround): Promise<string | null> => {
  for (let tries = 0; !done(target); tries++) {
    if (tries === 3) return "it never ended"
    const { code, stderr } = await start(argsOf(scenario, target), { server: ground, program: ground.program }).ended
    if (code !== 0 && code !== 80) return `it does not go on: ${code} ${stderr}`
    const left = leftovers(target, scenario).filter((name) => name !== "latest")
    if (left.length > 0) return `left behind: ${left.join(", ")}`
  }
  return finalProblem(target, scenario, ground.reference) ?? null
}

/** What is lost by one failure; `null` when nothing is. */
export const diskRun = async (
  scenario: Scenario,
  target: string,
  ground: DiskGround,
  orders: SeamOrders,
): Promise<string | null> => {
  const ended = await withSeam(scenario, target, ground, { ...orders, clockSpeed: 100 })
  const isTold = ended.code === 73 || ended.code === 74
  const left = isTold
    ? leftovers(target, scenario).filter((name) => name !== "latest" && name !== `${basename(target)}.partial`)
    : []
  const problem =
    stopProblem(ended, orders.how) ??
    finalProblem(target, scenario, ground.reference) ??
    (left.length > 0 ? `left behind at once: ${left.join(", ")}` : null)
  return problem ?? (await restProblem(scenario, target, ground))
}

/** What is lost when the clock is set in the middle; `null` when nothing is. */
export const clockRun = async (
  scenario: Scenario,
  target: string,
  ground: DiskGround,
  clockJump: Exclude<SeamOrders["clockJump"], undefined>,
): Promise<string | null> => {
  const { code, millis, stderr } = await withSeam(scenario, target, ground, { at: 0, how: "kill", clockJump })
  if (millis >= hungMillis) return `it hung until it was stopped, after ${millis} ms`
  // Set forward, the time that a call may take can be over at once; then the same command goes on.
  const isResumable = code === 69 || code === 75
  if (code !== 0 && code !== 80 && !(isResumable && clockJump.seconds > 0)) return `it ended with ${code}: ${stderr}`
  return restProblem(scenario, target, ground)
}
