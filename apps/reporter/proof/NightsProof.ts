/** Kills scheduled exports with a state at random moments and around publishing, and counts what they hold together. */
import { type Scratch } from "../test/Reporter.ts"
import { startServer } from "../test/Server.ts"
import type { CrashPlan, Score } from "./CrashProof.ts"
import { nightsRun } from "./NightsRun.ts"

/** Kills so many processes, each three nights against a server of their own. */
export const nightsProof = async (
  plan: CrashPlan & { readonly program: string },
  folder: Scratch,
): Promise<Score & { readonly between: number }> => {
  const score = { runs: 0, tried: 0, lost: 0, between: 0, losses: [] as Array<string> }
  let left = plan.kills
  let next = 0
  const takeKill = (): boolean => left > 0 && left-- > 0
  const lane = async (): Promise<void> => {
    while (left > 0) {
      const number = next++
      const seed = plan.seed + number
      await using server = await startServer({ executions: plan.executions, seed })
      const result = await nightsRun(
        folder.in(`nights-${number}`),
        { ...plan, server, seed, takeKill },
        plan.seed * 7_000_003 + number,
      )
      score.runs++
      score.tried += result.kills
      score.between += result.between
      if (result.losses.length > 0) score.lost += Math.max(1, result.kills)
      score.losses.push(...result.losses.map((loss) => `nights ${number}: ${loss}`))
    }
  }
  await Promise.all(Array.from({ length: plan.lanes }, lane))
  return score
}
