/** What one run of one command cost. */
import { spawnSync } from "node:child_process"
import { readFileSync } from "node:fs"
import { join } from "node:path"

export interface Measurement {
  /** Seconds. */
  readonly wall: number
  /** Seconds of user and system time, of children too. */
  readonly cpu: number
  /** The peak of the largest process. */
  readonly mebibytes: number
}

export interface Run {
  readonly args: ReadonlyArray<string>
  readonly env: NodeJS.ProcessEnv
  readonly cwd: string
  /** The file for its standard output; its standard error goes beside it. */
  readonly stdout: string
}

const script = join(import.meta.dirname, "measure.py")

/** Runs a command to its end; throws when it fails, since a failed run has no figures. */
export const measure = (run: Run): Measurement => {
  const ended = spawnSync("python3", [script], { input: JSON.stringify(run), encoding: "utf8" })
  if (ended.status !== 0) throw new Error(`measure.py: ${ended.stderr}`)
  const { code, ...measurement } = JSON.parse(ended.stdout) as Measurement & { readonly code: number }
  if (code !== 0) {
    throw new Error(`${run.args.join(" ")} ended with ${code}: ${readFileSync(`${run.stdout}.err`, "utf8")}`)
  }
  return measurement
}

/** The middle of several numbers. */
export const median = (values: ReadonlyArray<number>): number => {
  const sorted = values.toSorted((one, other) => one - other)
  const middle = Math.floor(sorted.length / 2)
  return sorted.length % 2 === 1
    ? (sorted[middle] as number)
    : ((sorted[middle - 1] as number) + (sorted[middle] as number)) / 2
}
