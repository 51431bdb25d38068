/** What is known of a run of the program when it ends, whichever way it does. */
import type { Tally } from "../Tally.ts"
import type { Verdict } from "../Verdict.ts"

export interface RunRecord {
  /** Milliseconds since the epoch. */
  readonly startedAt: number
  readonly endedAt: number
  readonly exitCode: number
  /** As far as it came; `null` when it fetched nothing. */
  readonly tally: Tally | null
  /** `null` for a run that was not published. */
  readonly complete: Verdict["complete"] | null
  readonly requests: number
  /** How often the server said 429. */
  readonly rateLimited: number
}
