/** What an earlier process left of a run: where it lies, and how far it came. */
import { Effect, Option } from "effect"
import { existsSync } from "node:fs"
import { readdir, readFile } from "node:fs/promises"
import { join } from "node:path"
import { type Journal, parse } from "./Journal.ts"
import { manifestName } from "./Manifest.ts"
import { ioError, type ReporterError } from "./ReporterError.ts"

export const journalName = "journal"

export const partialPath = (target: string): string => `${target}.partial`

/** What lies at the partial path: nothing, a run to go on with, or a whole one that was not renamed yet. */
export type Found =
  | { readonly _tag: "Nothing" }
  | { readonly _tag: "Unfinished"; readonly journal: Journal }
  | { readonly _tag: "Whole" }

/** Looks for an earlier run of this target. */
export const find = Effect.fnUntraced(function* (target: string): Effect.fn.Return<Found, ReporterError> {
  const path = partialPath(target)
  const journalPath = join(path, journalName)
  if (!existsSync(journalPath)) return { _tag: existsSync(join(path, manifestName)) ? "Whole" : "Nothing" }
  const text = yield* Effect.tryPromise({
    try: () => readFile(journalPath, "utf8"),
    catch: (error) => ioError("ReadFailed", journalPath, error),
  })
  const journal = Option.getOrUndefined(yield* Effect.fromResult(parse(text)))
  return journal === undefined ? { _tag: "Nothing" } : { _tag: "Unfinished", journal }
})

/** The target of an unfinished run of the same query in this directory, if there is one. */
export const findBeside = Effect.fnUntraced(function* (
  directory: string,
  query: string,
): Effect.fn.Return<string | undefined, ReporterError> {
  const names = yield* Effect.promise(() => readdir(directory).catch(() => []))
  for (const name of names.filter((one) => one.endsWith(".partial")).toSorted()) {
    const target = join(directory, name.slice(0, -".partial".length))
    const found = yield* find(target)
    if (found._tag === "Unfinished" && found.journal.head.query === query) return target
  }
  return undefined
})
