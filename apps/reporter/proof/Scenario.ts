/** The commands that are killed: what each is told, what lies there before, and what it leaves. */
import { make } from "@mixpeek-alerts/domain/Sample"
import { copyFileSync, existsSync, mkdirSync, writeFileSync } from "node:fs"
import { dirname, join } from "node:path"

export interface Scenario {
  readonly name: string
  /** Whether the target is one file, and not a run directory. */
  readonly single: boolean
  /** `export` by default. A merge starts over each time, and gives the same to the byte, its manifest included. */
  readonly command?: "merge"
  readonly args: ReadonlyArray<string>
  /** With a state: a copy of this one, or with `null` one that this run makes. */
  readonly state?: string | null
}

/** Where the state of a run lies. */
export const stateBeside = (target: string): string => join(dirname(target), "nightly.state")

/** The command line that makes `target`. */
export const argsOf = ({ args, command, single, state }: Scenario, target: string): ReadonlyArray<string> => [
  ...(command === "merge" ? ["merge"] : ["export", "--rate", "unlimited"]),
  ...args,
  ...(state === undefined ? [] : ["--state", stateBeside(target)]),
  single ? "-o" : "--out",
  target,
]

/** Makes ready what lies there before the first run. */
export const lay = ({ state }: Scenario, target: string): void => {
  mkdirSync(dirname(target), { recursive: true })
  if (typeof state === "string" && !existsSync(stateBeside(target))) copyFileSync(state, stateBeside(target))
}

/** IDs by which single executions are asked for: some of the newest, and a few that do not exist. */
const ids = (executions: number, seed: number, count: number): ReadonlyArray<string> => {
  const sample = make(seed)
  const found: Array<string> = []
  for (let index = executions - 1; index >= 0 && found.length < count; index--) {
    if (sample.hasId(index)) found.push(sample.executionId(index))
    if (found.length % 150 === 7) found.push(`exec_absent_${index}`)
  }
  return found
}

/** The scenarios for a server of so many executions; their ID list is written to `idFile`. */
export const scenarios = (executions: number, seed: number, idFile: string): ReadonlyArray<Scenario> => {
  writeFileSync(idFile, ids(executions, seed, Math.ceil(executions / 25)).join("\n"))
  const page = ["--page-size", String(Math.max(10, Math.ceil(executions / 200)))]
  const all = ["--all", ...page]
  return [
    { name: "walk", single: false, args: all },
    { name: "by ID", single: false, args: ["--ids", idFile, "--plan", "by-id"] },
    { name: "-o FILE", single: true, args: [...all, "--table", "matches"] },
    { name: "gzip", single: false, args: [...all, "--compress", "gzip"] },
    { name: "IDs by walking", single: false, args: ["--ids", idFile, "--plan", "walk", ...page] },
  ]
}
