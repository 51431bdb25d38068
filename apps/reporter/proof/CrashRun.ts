/** One export that is killed again and again, and resumed until it ends. */
import { once } from "node:events"
import { existsSync } from "node:fs"
import { join } from "node:path"
import { type Running, start } from "../test/Reporter.ts"
import { finalProblem, leftovers, progressOf } from "./Aftermath.ts"
import { argsOf, lay, type Scenario } from "./Scenario.ts"

export interface Ground {
  readonly program: string
  readonly url: string
  /** The longest that a process lives before it is killed, in milliseconds. */
  readonly longestLife: number
  /** Whether another kill may still happen; counts it if so. */
  readonly takeKill: () => boolean
}

export interface CrashResult {
  readonly kills: number
  /** What went wrong; empty when nothing was lost. */
  readonly losses: ReadonlyArray<string>
  readonly ends: ReadonlyArray<number | null>
}

/** Numbers from 0 to 1, the same ones for the same seed. */
export const dice = (seed: number): (() => number) => {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}

export const alive = (running: Running): boolean => running.child.exitCode === null && running.child.signalCode === null

export const pause = (millis: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, millis))

/** Waits until the end is near: the manifest is being written, or the result has its name. */
const untilSealing = async (running: Running, target: string): Promise<void> => {
  const signs = ["datapackage.json.new", "datapackage.json"].map((name) => join(`${target}.partial`, name))
  while (alive(running) && !existsSync(target) && !signs.some((sign) => existsSync(sign))) await pause(1)
}

/** Kills at a random moment of a life; one in four waits for the moments around the rename. */
const killSomewhen = async (running: Running, target: string, ground: Ground, roll: () => number): Promise<boolean> => {
  const kind = roll()
  if (kind < 0.15) await Promise.race([pause(roll() * 250), running.ended])
  else if (kind < 0.75) await Promise.race([pause(200 + roll() * ground.longestLife), running.ended])
  else {
    await untilSealing(running, target)
    for (const end = performance.now() + roll() * 12; performance.now() < end && alive(running);) await pause(0)
  }
  if (!alive(running) || !ground.takeKill()) return false
  running.child.kill("SIGKILL")
  await once(running.child, "close")
  return running.child.signalCode === "SIGKILL"
}

/** Whether there is nothing left to do: the result has its name, and nothing waits beside it. */
const done = (target: string): boolean => existsSync(target) && !existsSync(`${target}.partial`)

/** The most processes that one run may take. */
const mostLives = 400

/** Runs a scenario to its end, killing on the way, and checks at every kill and at the end. */
export const crashRun = async (
  scenario: Scenario,
  target: string,
  reference: ReadonlyMap<string, string>,
  ground: Ground,
  seed: number,
): Promise<CrashResult> => {
  const roll = dice(seed)
  const losses: Array<string> = []
  const ends: Array<number | null> = []
  let kills = 0
  let progress = 0
  lay(scenario, target)
  for (let life = 0; !done(target); life++) {
    if (life === mostLives) return { kills, losses: [...losses, "it never ended"], ends }
    const running = start(argsOf(scenario, target), { server: ground, program: ground.program })
    if (await killSomewhen(running, target, ground, roll)) {
      kills++
      const reached = scenario.command === "merge" ? 0 : progressOf(target)
      if (reached < progress) losses.push(`progress went from ${progress} back to ${reached}`)
      progress = Math.max(progress, reached)
    } else {
      const { code, stderr } = await running.ended
      ends.push(code)
      const left = leftovers(target, scenario).filter((name) => !name.endsWith(".partial"))
      if (left.length > 0) losses.push(`left behind: ${left.join(", ")}`)
      if (code !== 0 && code !== 80 && code !== 75 && code !== 69) losses.push(`ended with ${code}: ${stderr.trim()}`)
    }
    const problem = finalProblem(target, scenario, reference)
    if (problem !== undefined) losses.push(problem)
    if (losses.length > 0) break
  }
  return { kills, losses, ends }
}
