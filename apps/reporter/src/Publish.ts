/** The end of an export: what was sealed gets its final name. */
import { Effect } from "effect"
import { rename, rm, symlink } from "node:fs/promises"
import { basename, dirname, join } from "node:path"
import type { ExportOptions } from "./ExportOptions.ts"
import { fileName } from "./Manifest.ts"
import { ioError, type ReporterError } from "./ReporterError.ts"
import * as Run from "./RunDirectory.ts"

/** Points `latest` beside the run at it, by one rename. */
export const linkLatest = (target: string): Effect.Effect<void, ReporterError> => {
  const link = join(dirname(target), "latest")
  // Always the same name, so that what a kill left of it goes away with the next run.
  const temporary = `${link}.new`
  return Effect.tryPromise({
    try: async () => {
      await rm(temporary, { force: true })
      await symlink(basename(target), temporary)
      await rename(temporary, link)
    },
    catch: (error) => ioError("CannotCreate", link, error),
  })
}

/** Gives a sealed run its final name. */
export const giveName = Effect.fnUntraced(function* (
  { compression, target }: ExportOptions,
  path: string,
  failed: boolean,
) {
  if (target._tag === "Directory") {
    yield* Run.publish(path)
    if (target.latest) yield* linkLatest(path)
  } else if (target._tag === "File") {
    yield* Run.publishFile(path, fileName(target.table, compression), failed ? fileName("failures", compression) : null)
  }
})
