/**
 * The metrics of a run in a file for the textfile collector of Prometheus' node
 * exporter. Written whole or not at all, after every run; the time of the last
 * success outlives the runs that fail.
 */
import { Effect, Metric } from "effect"
import * as PrometheusMetrics from "effect/observability/PrometheusMetrics"
import { readFile, rename, rm, writeFile } from "node:fs/promises"
import { basename, dirname, join } from "node:path"
import { stderr } from "../Console.ts"
import { warning } from "../LogLine.ts"
import { ioError } from "../ReporterError.ts"
import { setMetrics } from "./Metrics.ts"
import { metricsEnding } from "./MetricsPath.ts"
import type { RunRecord } from "./RunRecord.ts"

/** When the run before succeeded, by the file that it left. */
const earlierSuccess = async (path: string): Promise<number | null> => {
  const text = await readFile(path, "utf8").catch(() => "")
  const seconds = /^mixpeek_alerts_export_last_success_timestamp_seconds\{[^}]*\} ([\d.]+)$/m.exec(text)?.[1]
  return seconds === undefined ? null : Number(seconds) * 1000
}

const replace = async (path: string, text: string): Promise<void> => {
  const temporary = join(dirname(path), `.${basename(path)}.${process.pid}.new`)
  try {
    // The collector is another user: what it may read holds counts and no data.
    await writeFile(temporary, text, { mode: 0o644, flush: true })
    await rename(temporary, path)
  } finally {
    await rm(temporary, { force: true })
  }
}

/** Writes the file. One that cannot be written is only warned about. */
export const writeMetrics = (path: string, record: RunRecord): Effect.Effect<void> =>
  Effect.gen(function* () {
    const earlier = yield* Effect.promise(() => earlierSuccess(path))
    yield* setMetrics(record, record.exitCode === 0 ? record.endedAt : earlier, {
      export: basename(path, metricsEnding),
    })
    const text = yield* PrometheusMetrics.format()
    yield* Effect.tryPromise({
      try: () => replace(path, text),
      catch: (error) => ioError("CannotCreate", path, error),
    })
  }).pipe(
    Effect.provideService(Metric.MetricRegistry, new Map()),
    Effect.catch((error) => Effect.sync(() => stderr(warning(error.message, error.hint)))),
  )
