/** Turns the failures of one run into the flags of the next. */
import { Effect, Option } from "effect"
import { existsSync } from "node:fs"
import { stat } from "node:fs/promises"
import { join, resolve } from "node:path"
import type { ExportOptions } from "./ExportOptions.ts"
import type { ExportFlags } from "./Flags.ts"
import { readManifest } from "./Manifest.ts"
import { fail, type ReporterError } from "./ReporterError.ts"
import { isAt } from "./StateScope.ts"

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
  if (Option.isSome(flags.shard))
    return yield* fail("Usage", "retry exports all that failed, not a shard of it.", "Leave out --shard.")
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

/** What to retry belongs to the state of the run that it failed in, or to none. */
export const retryState = Effect.fnUntraced(function* (
  directory: string,
  options: ExportOptions,
): Effect.fn.Return<ExportOptions, ReporterError> {
  const made = (yield* readManifest(directory)).run?.state
  const { state } = options
  if (made === undefined) {
    if (state === null) return options
    return yield* fail("Usage", `${directory} was exported without a state.`, "Leave --state out.")
  }
  if (state === null)
    return yield* fail(
      "Usage",
      `${directory} was exported with --state, which has to learn what is exported now.`,
      `Give that --state, or \`export --ids ${join(directory, "retry.txt")}\` for a run that it does not learn of.`,
    )
  if (!isAt(made.scope, state.place))
    return yield* fail("Usage", `${directory} is of another server or namespace.`, "Set the ones that it is of.")
  return { ...options, state: { ...state, scope: made.scope } }
})
