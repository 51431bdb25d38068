/** The figures of a run as metrics: for a scrape of a file, or for a collector. */
import { Effect, Metric } from "effect"
import type { RunRecord } from "./RunRecord.ts"

const gauge = (name: string, description: string) => Metric.gauge(`mixpeek_alerts_export_${name}`, { description })

const lastRun = gauge("last_run_timestamp_seconds", "When the last run ended, in seconds since the epoch.")
const lastSuccess = gauge(
  "last_success_timestamp_seconds",
  "When the last run that ended with exit code 0 did so, in seconds since the epoch.",
)
const duration = gauge("duration_seconds", "How long the last run took.")
const executions = gauge("executions", "Executions that the last run wrote.")
const matches = gauge("matches", "Matches that the last run wrote.")
const failures = gauge("failures", "Executions that the last run could not export.")
const requests = gauge("requests", "Requests that the last run sent, retries included.")
const waits = gauge("rate_limit_waits", "How often the last run was told to wait by status 429.")
const verdict = gauge("verdict", "1 for the verdict of the last run: complete, incomplete, unknown or unpublished.")
const exitCode = gauge("exit_code", "The exit code of the last run.")

const verdicts = ["complete", "incomplete", "unknown", "unpublished"] as const

const verdictOf = ({ complete }: RunRecord): (typeof verdicts)[number] =>
  complete === null ? "unpublished" : complete === true ? "complete" : complete === false ? "incomplete" : "unknown"

/** Sets every metric to what the record says; `attributes` tell this export from others. */
export const setMetrics = (
  record: RunRecord,
  successAt: number | null,
  attributes: Metric.Metric.AttributeSet,
): Effect.Effect<void> => {
  const set = (metric: Metric.Gauge<number>, value: number, more: Metric.Metric.AttributeSet = {}) =>
    Metric.update(Metric.withAttributes(metric, { ...attributes, ...more }), value)
  const is = verdictOf(record)
  return Effect.all(
    [
      set(lastRun, record.endedAt / 1000),
      ...(successAt === null ? [] : [set(lastSuccess, successAt / 1000)]),
      set(duration, (record.endedAt - record.startedAt) / 1000),
      set(executions, record.tally?.executions ?? 0),
      set(matches, record.tally?.matches ?? 0),
      set(failures, record.tally?.failures ?? 0),
      set(requests, record.requests),
      set(waits, record.rateLimited),
      ...verdicts.map((one) => set(verdict, one === is ? 1 : 0, { verdict: one })),
      set(exitCode, record.exitCode),
    ],
    { discard: true },
  )
}
