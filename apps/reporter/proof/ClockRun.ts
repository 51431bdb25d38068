/** One command while the clock is set, and what is lost by it. */
import { existsSync, readFileSync } from "node:fs"
import { join } from "node:path"
import { run } from "../test/Reporter.ts"
import { withCsvParse } from "../test/Readers.ts"
import { type DiskGround, hungMillis, restProblem, withSeam } from "./DiskRun.ts"
import type { SeamOrders } from "./DiskSeam.ts"
import type { Scenario } from "./Scenario.ts"

export interface ClockGround extends DiskGround {
  /** The directory of the same run that nothing happened to. */
  readonly whole: string
}

export interface ClockResult {
  /** Whether it ended as the README's Limits say: early or partial, and the next command brought the rest. */
  readonly isLimit: boolean
  readonly loss: string | null
}

/** Set forward by more than this, the clock may let a call's time be over: the limit that the README states. */
const limitSeconds = 600

const tables = ["executions", "matches", "source_documents"] as const

/** All rows of some runs, whatever their order, and what is still to be retried. */
const contentOf = (...directories: readonly [string, ...ReadonlyArray<string>]): string =>
  JSON.stringify([
    ...tables.map((table) =>
      directories
        .flatMap((one) =>
          withCsvParse(join(one, `${table}.csv`))
            .slice(1)
            .map(String),
        )
        .toSorted(),
    ),
    readFileSync(join(directories.at(-1) ?? "", "retry.txt"), "utf8")
      .split("\n")
      .toSorted(),
  ])

/** Whether what a partial run has named is all that it lacks: `retry` brings it. */
const isCompletedByRetry = async (target: string, { program, url, whole }: ClockGround): Promise<boolean> => {
  if (!existsSync(join(target, "retry.txt"))) return false
  const args = ["retry", target, "--rate", "unlimited", "--out", `${target}-retried`]
  const { code } = await run(args, { server: { url }, program })
  return (code === 0 || code === 80) && contentOf(target, `${target}-retried`) === contentOf(whole)
}

/** What is lost when the clock is set in the middle. */
export const clockRun = async (
  scenario: Scenario,
  target: string,
  ground: ClockGround,
  clockJump: Exclude<SeamOrders["clockJump"], undefined>,
): Promise<ClockResult> => {
  const { code, millis, stderr } = await withSeam(scenario, target, ground, { at: 0, how: "kill", clockJump })
  if (millis >= hungMillis) return { isLimit: false, loss: `it hung until it was stopped, after ${millis} ms` }
  const mayBeLimited = clockJump.seconds > limitSeconds && scenario.command !== "merge"
  const isEarly = mayBeLimited && (code === 69 || code === 75)
  if (code !== 0 && code !== 80 && !isEarly) return { isLimit: false, loss: `it ended with ${code}: ${stderr}` }
  const loss = await restProblem(scenario, target, ground)
  if (loss === null || !mayBeLimited || !(await isCompletedByRetry(target, ground))) return { isLimit: isEarly, loss }
  return { isLimit: true, loss: null }
}
