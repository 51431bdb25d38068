/** Turns the failures of one run into the flags of the next. */
import { Effect, Option } from "effect"
import { existsSync } from "node:fs"
import { stat } from "node:fs/promises"
import { join, resolve } from "node:path"
import type { ExportFlags } from "./Flags.ts"
import { readManifest } from "./Manifest.ts"
import { fail, type ReporterError } from "./ReporterError.ts"

/** Flags that export what `retry.txt` of the run in `directory` lists. */
export const retryOptions = Effect.fnUntraced(function* (
  directory: string,
  flags: ExportFlags,
): Effect.fn.Return<ExportFlags, ReporterError> {
  const list = join(directory, "retry.txt")
  if (flags.all || flags.alert.length > 0 || Option.isSome(flags.ids) || flags.executionIds.length > 0) {
    return yield* fail(
      "Usage",
      "retry takes its IDs from the run.",
      "Leave out --ids, --alert, --all and execution IDs.",
    )
  }
  if (!existsSync(list))
    return yield* fail("Usage", `${directory} is not a finished run.`, "Give the directory of a finished run.")
  yield* readManifest(directory)
  const { size } = yield* Effect.promise(() => stat(list))
  if (size === 0) return yield* fail("Empty", `Nothing failed in ${directory}.`, "There is nothing to retry.")
  const out = Option.isSome(flags.output)
    ? Option.none<string>()
    : Option.orElse(flags.out, () => Option.some(`${resolve(directory)}-retry`))
  return { ...flags, ids: Option.some(list), plan: "by-id", out }
})
