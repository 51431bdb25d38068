/** Reads from the flags which executions are asked for. */
import { Effect, Option } from "effect"
import { readFile } from "node:fs/promises"
import { text as readStream } from "node:stream/consumers"
import type { Source } from "./ExportOptions.ts"
import type { ExportFlags } from "./Flags.ts"
import { fromArguments, fromText } from "./IdList.ts"
import { fail, type ReporterError, usage } from "./ReporterError.ts"

const readIds = (path: string): Effect.Effect<string, ReporterError> =>
  Effect.tryPromise({
    try: () => (path === "-" ? readStream(process.stdin) : readFile(path, "utf8")),
    catch: (error) =>
      fail(
        "BadIdFile",
        `The ID file ${path} cannot be read (${(error as NodeJS.ErrnoException).code ?? "unknown error"}).`,
        "Check the path; - reads standard input.",
      ),
  })

/** The one source that the flags name. */
export const readSource = Effect.fnUntraced(function* (flags: ExportFlags): Effect.fn.Return<Source, ReporterError> {
  const given = [flags.executionIds.length > 0, Option.isSome(flags.ids), flags.alert.length > 0, flags.all].filter(
    Boolean,
  )
  if (given.length === 0)
    return yield* usage("It is not said what to export.", "Give execution IDs, --ids FILE, --alert NAME, or --all.")
  if (given.length > 1)
    return yield* usage("More than one source was given.", "Give only one of: execution IDs, --ids, --alert, --all.")
  if (flags.all) return { _tag: "All" }
  if (flags.alert.length > 0) {
    const bad = flags.alert.find((alert) => alert.trim() === "" || alert.length > 200 || /[\p{Cc}]/u.test(alert))
    if (bad !== undefined)
      return yield* usage(
        "An alert's name is empty, too long, or holds a control character.",
        "Give an alert ID (alt_…) or its name.",
      )
    return { _tag: "Alerts", alerts: Array.from(new Set(flags.alert)) }
  }
  if (Option.isNone(flags.ids))
    return { _tag: "Ids", list: yield* Effect.fromResult(fromArguments(flags.executionIds)) }
  const path = flags.ids.value
  return {
    _tag: "Ids",
    list: yield* Effect.fromResult(fromText(yield* readIds(path), path === "-" ? "standard input" : path)),
  }
})
