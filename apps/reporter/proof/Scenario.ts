/** The exports that are killed: what each is told, and what it leaves. */
import { make } from "@mixpeek-alerts/domain/Sample"
import { writeFileSync } from "node:fs"

export interface Scenario {
  readonly name: string
  /** Whether the target is one file, and not a run directory. */
  readonly single: boolean
  readonly args: ReadonlyArray<string>
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
