/** One command that is stopped, or fails, at one operation on the disk, and is then run again to its end. */
import { existsSync, readFileSync } from "node:fs"
import { basename, join } from "node:path"
import { type Ended, start } from "../test/Reporter.ts"
import { finalProblem, leftovers } from "./Aftermath.ts"
import type { SeamLog, SeamOrders } from "./DiskSeam.ts"
import { argsOf, lay, type Scenario } from "./Scenario.ts"
import { nextNightProblem } from "./StateScenario.ts"

const seam = join(import.meta.dirname, "DiskSeam.ts")

/** No export of this size takes so long, not even on a busy machine. */
export const hungMillis = 30_000

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
  lay(scenario, target)
  const env = {
    DISK_SEAM: JSON.stringify(orders),
    NODE_OPTIONS: `--import ${seam} --disable-warning=ExperimentalWarning`,
  }
  const running = start(argsOf(scenario, target), { server: { url }, program, env })
  const hung = setTimeout(() => running.child.kill("SIGTERM"), hungMillis)
  return running.ended.finally(() => clearTimeout(hung))
}

/** What a run does to the disk, and how often it looks at the clock, when nothing happens to it. */
export const unharmed = async (
  scenario: Scenario,
  target: string,
  ground: Pick<DiskGround, "program" | "url">,
): Promise<SeamLog> => {
  const log = `${target}.log`
  const { code, stderr } = await withSeam(scenario, target, ground, { at: 0, how: "kill", log, clockSpeed: 100 })
  if (code !== 0 && code !== 80) throw new Error(`${scenario.name} ended with ${code} by itself: ${stderr}`)
  return JSON.parse(readFileSync(log, "utf8")) as SeamLog
}

/** How a failure is named: by Node, or by SQLite for what it does itself. */
const says: Readonly<Record<string, RegExp>> = {
  ENOSPC: /ENOSPC/,
  EROFS: /EROFS|readonly database/,
  EIO: /EIO|disk I\/O error/,
}

/** What is wrong with how a run ended whose disk failed, or that was killed. */
const stopProblem = ({ code, signal, stderr }: Ended, how: SeamOrders["how"]): string | null => {
  if (how === "kill" || how === "torn")
    return signal === "SIGKILL" || code === 0 || code === 80 ? null : `ended with ${code}`
  if (code === 0 || code === 80) return null
  if (code !== 73 && code !== 74) return `ended with ${code}: ${stderr}`
  return /^error: .+\.\n {2}\S.+\.\n$/m.test(stderr) && says[how]?.test(stderr) === true ? null : `says: ${stderr}`
}

/** Whether there is nothing left to do. */
const done = (target: string): boolean => existsSync(target) && !existsSync(`${target}.partial`)

/** What is wrong with a run after its command was given again until there was nothing left to do; `null` when nothing is. */
export const restProblem = async (scenario: Scenario, target: string, ground: DiskGround): Promise<string | null> => {
  for (let tries = 0; !done(target); tries++) {
    if (tries === 3) return "it never ended"
    const { code, stderr } = await start(argsOf(scenario, target), { server: ground, program: ground.program }).ended
    if (code !== 0 && code !== 80) return `it does not go on: ${code} ${stderr}`
    const left = leftovers(target, scenario).filter((name) => name !== "latest")
    if (left.length > 0) return `left behind: ${left.join(", ")}`
  }
  const problem = finalProblem(target, scenario, ground.reference) ?? null
  return problem ?? (scenario.state === undefined ? null : await nextNightProblem(scenario, target, ground))
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
