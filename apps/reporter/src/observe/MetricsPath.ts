/** Where the metrics of a run go. */
import { Effect } from "effect"
import { existsSync } from "node:fs"
import { dirname, resolve } from "node:path"
import { type ReporterError, usage } from "../ReporterError.ts"

export const metricsEnding = ".prom"

/** Checks the path before a run, when there is still time to mend it. */
export const readMetricsPath = (text: string): Effect.Effect<string, ReporterError> => {
  const path = resolve(text)
  if (!path.endsWith(metricsEnding))
    return Effect.fail(
      usage(`--metrics-file ${text} does not end in ${metricsEnding}.`, "The textfile collector reads no other files."),
    )
  return existsSync(dirname(path))
    ? Effect.succeed(path)
    : Effect.fail(usage(`There is no directory ${dirname(path)} for --metrics-file.`, "Make it, or give another path."))
}
