/** Watches a run from outside, and says how it went: to a file of metrics, to a dead man's switch, to a collector. */
import { ExitCode, type RequestBudget } from "@mixpeek-alerts/client"
import { Clock, Effect, Exit, Fiber, Option } from "effect"
import { exitCodeOf } from "../Console.ts"
import { exitCodeOf as publishedCode } from "../Outcome.ts"
import type { Progress } from "../Progress.ts"
import type { ExportError, Published } from "../Published.ts"
import type { ReporterError } from "../ReporterError.ts"
import type { Tally } from "../Tally.ts"
import { setMetrics } from "./Metrics.ts"
import { readMetricsPath } from "./MetricsPath.ts"
import { parsePingUrl, ping } from "./Ping.ts"
import type { RunRecord } from "./RunRecord.ts"
import { runId } from "./RunId.ts"
import { withTelemetry } from "./Telemetry.ts"

export interface WatchFlags {
  readonly metricsFile: Option.Option<string>
  readonly pingUrl: Option.Option<string>
}

/** What a run shows of itself while it goes on. */
export interface Watch {
  /** The same progress, looked at. */
  readonly progress: (progress: Progress) => Progress
  readonly budget: (budget: RequestBudget) => void
}

const codeOf = (exit: Exit.Exit<Published, ExportError>): number =>
  Exit.match(exit, {
    onSuccess: (published) => publishedCode(published.verdict),
    onFailure: (cause) => {
      const failed = cause.reasons.find((reason) => reason._tag === "Fail")
      return failed === undefined ? ExitCode.bug : exitCodeOf(failed.error)
    },
  })

/** Loads what writes metrics only when there are some to write. */
const writeMetrics = (path: string, record: RunRecord): Effect.Effect<void> =>
  Effect.flatMap(
    Effect.promise(() => import("./MetricsFile.ts")),
    (file) => file.writeMetrics(path, record),
  )

/** What the last ping says besides. */
const line = (record: RunRecord): string =>
  `exit code ${record.exitCode}, ${record.tally?.executions ?? 0} executions, ${record.tally?.failures ?? 0} failures, run ${runId}`

/** Runs an export and says how it went, however it ends; the export itself is not changed by that. */
export const watched = Effect.fnUntraced(function* <R>(
  flags: WatchFlags,
  run: (watch: Watch) => Effect.Effect<Published, ExportError, R>,
): Effect.fn.Return<Published, ExportError | ReporterError, R> {
  const metricsPath = Option.isNone(flags.metricsFile) ? null : yield* readMetricsPath(flags.metricsFile.value)
  const pingUrl = Option.isNone(flags.pingUrl) ? null : yield* Effect.fromResult(parsePingUrl(flags.pingUrl.value))
  const startedAt = yield* Clock.currentTimeMillis
  let tally: Tally | null = null
  let budget: RequestBudget | null = null
  const watch: Watch = {
    progress: (progress) => ({
      ...progress,
      report: (latest) => {
        tally = latest
        progress.report(latest)
      },
    }),
    budget: (own) => {
      budget = own
    },
  }
  const tell = Effect.fnUntraced(function* (exit: Exit.Exit<Published, ExportError>) {
    const counted = budget === null ? null : yield* (budget as RequestBudget).state
    const record: RunRecord = {
      startedAt,
      endedAt: yield* Clock.currentTimeMillis,
      exitCode: codeOf(exit),
      tally: Exit.isSuccess(exit) ? exit.value.tally : tally,
      complete: Exit.isSuccess(exit) ? exit.value.verdict.complete : null,
      requests: counted?.spent ?? 0,
      rateLimited: counted?.limited ?? 0,
    }
    yield* setMetrics(record, record.exitCode === 0 ? record.endedAt : null, {})
    yield* Effect.annotateCurrentSpan({
      "mixpeek.exit_code": record.exitCode,
      "mixpeek.executions": record.tally?.executions ?? 0,
      "mixpeek.failures": record.tally?.failures ?? 0,
      "mixpeek.complete": String(record.complete),
    })
    return record
  })
  const traced = Effect.gen(function* () {
    const exit = yield* Effect.exit(run(watch))
    return [exit, yield* tell(exit)] as const
  }).pipe(Effect.withSpan("export", { root: true, attributes: { "mixpeek.run_id": runId } }))
  const begun = yield* Effect.forkChild(pingUrl === null ? Effect.void : ping(pingUrl, "start", `run ${runId}`))
  const [exit, record] = yield* withTelemetry(traced)
  yield* Effect.all(
    [
      metricsPath === null ? Effect.void : writeMetrics(metricsPath, record),
      pingUrl === null
        ? Effect.void
        : Effect.andThen(Fiber.join(begun), ping(pingUrl, record.exitCode === 0 ? "success" : "fail", line(record))),
    ],
    { concurrency: "unbounded", discard: true },
  )
  return yield* exit
})
