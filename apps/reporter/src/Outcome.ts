/** What a run's failures mean for it: whether it goes on, and how the program ends. */
import { ExitCode, MixpeekError, Reason } from "@mixpeek-alerts/client"
import type { ExecutionId } from "@mixpeek-alerts/domain"
import { Effect } from "effect"
import type { ExportOptions, FailureLimit } from "./ExportOptions.ts"
import { fail, type ReporterError } from "./ReporterError.ts"
import type { Seen } from "./Seen.ts"
import type { Tally } from "./Tally.ts"
import type { Missing } from "./Unit.ts"
import type { Verdict } from "./Verdict.ts"

/** With a share, nothing is decided before so many records, or the end: the first failure is not 100 %. */
const shareAfter = 100

/** What was asked for of this run; what falls to other shards was not. */
const recordsOf = (tally: Tally): number => tally.read - (tally.elsewhere ?? 0) + tally.missing

const exceeded = (tally: Tally, limit: FailureLimit, atEnd: boolean): boolean => {
  if (limit === null) return false
  if ("count" in limit) return tally.failures > limit.count
  const all = recordsOf(tally)
  return (atEnd || all >= shareAfter) && tally.failures > (all * limit.percent) / 100
}

/** Ends a run that has more failures than allowed; nothing is published then. */
export const checkFailures = (
  tally: Tally,
  options: ExportOptions,
  atEnd = false,
): Effect.Effect<void, ReporterError> =>
  exceeded(tally, options.maxFailures, atEnd)
    ? Effect.fail(
        fail(
          "TooManyFailures",
          `${tally.failures} of ${recordsOf(tally)} executions failed, which is more than allowed; nothing was published.`,
          "See failures.csv in the .partial directory; allow more with --max-failures, or start over with --restart.",
        ),
      )
    : Effect.void

/** IDs that were looked for in the lists and are in none. */
export const absentees = (ids: ReadonlyArray<ExecutionId>, seen: Seen): ReadonlyArray<Missing> =>
  ids
    .filter((id) => !seen.has(id))
    .map((id) => ({
      id,
      error: new MixpeekError({
        reason: new Reason.NotFound({ resource: "execution", id }),
        method: "GET",
        path: "/v1/alerts/executions",
        status: 200,
        type: null,
        requestId: null,
        attempts: [],
      }),
    }))

/** The exit code of a run that was published. */
export const exitCodeOf = (verdict: Verdict): number => (verdict.complete === false ? ExitCode.partial : ExitCode.ok)
