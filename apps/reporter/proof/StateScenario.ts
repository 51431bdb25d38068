/** A scheduled export that has a state: its first night, or one after another. */
import { readdirSync } from "node:fs"
import { basename, dirname } from "node:path"
import { run, type Scratch } from "../test/Reporter.ts"
import { keysIn } from "../test/RunKeys.ts"
import type { Server } from "../test/Server.ts"
import { argsOf, type Scenario, stateBeside } from "./Scenario.ts"

export interface Nightly {
  readonly server: Pick<Server, "url" | "grow">
  readonly program: string
}

const argsFor = (pageSize: number): ReadonlyArray<string> => ["--all", "--page-size", String(pageSize)]

/** The first night: the state is made by it. */
export const firstNight: Scenario = { name: "first night", single: false, args: argsFor(10), state: null }

/** Has one night without trouble, lets executions arrive, and gives the night after it. */
export const laterNight = async (
  options: Nightly,
  folder: Scratch,
  arriving: number,
  pageSize = 10,
): Promise<Scenario> => {
  const state = folder.in("nightly.state")
  const args = argsFor(pageSize)
  const command = argsOf({ ...firstNight, args, state }, folder.in("earlier"))
  const { code, stderr } = await run(command, options)
  if (code !== 0) throw new Error(`the night before ended with ${code}: ${stderr}`)
  await options.server.grow(arriving)
  return { name: "later night", single: false, args, state }
}

/** What is wrong with the night after a run that is over: the server has nothing new. */
export const nextNightProblem = async (
  scenario: Scenario,
  target: string,
  options: Pick<Nightly, "program"> & { readonly url: string },
): Promise<string | null> => {
  const next = `${target}-next`
  const { code, stderr } = await run(argsOf(scenario, next), { server: options, program: options.program })
  if (code !== 0) return `the next night ends with ${code}: ${stderr}`
  const again = keysIn(next).length
  if (again > 0) return `the next night has ${again} again`
  const unfinished = [
    `${basename(target)}.partial`,
    `${basename(next)}.partial`,
    `${basename(stateBeside(target))}-journal`,
  ]
  const left = readdirSync(dirname(target)).filter((name) => unfinished.includes(name))
  return left.length === 0 ? null : `left behind: ${left.join(", ")}`
}
