/** The end of an export: what was sealed gets its final name. */
import { Cause, Effect } from "effect"
import { rename, rm, symlink } from "node:fs/promises"
import { basename, dirname, join } from "node:path"
import { stderr } from "./Console.ts"
import { partialPath } from "./EarlierRun.ts"
import type { ExportOptions } from "./ExportOptions.ts"
import { warning } from "./LogLine.ts"
import { fileName } from "./FileName.ts"
import { ioError, type ReporterError } from "./ReporterError.ts"
import { reportInto } from "./ReportCommand.ts"
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
      await rename(temporary, link).catch(async (error: unknown) => {
        await rm(temporary, { force: true })
        throw error
      })
    },
    catch: (error) => ioError("CannotCreate", link, error),
  })
}

/**
 * Writes the page about a sealed run, so that it has its name at the same moment as the data. The data never waits for
 * it: a page that cannot be written can be made later.
 */
const page = (path: string): Effect.Effect<void> =>
  reportInto(partialPath(path)).pipe(
    Effect.catchCause((cause) =>
      Effect.sync(() => {
        const error = Cause.squash(cause)
        const why = error instanceof Error ? error.message : String(error)
        const hint = `The run is whole without it; \`mixpeek-alerts-reporter report ${path}\` writes it.`
        stderr(warning(`The page was not written: ${why}`, hint))
      }),
    ),
  )

/** Gives a sealed run its final name. */
export const giveName = Effect.fn("publish")(function* (
  { compression, target }: ExportOptions,
  path: string,
  failed: boolean,
) {
  if (target._tag === "Directory") {
    if (target.report) yield* page(path)
    yield* Run.publish(path)
    if (target.latest) yield* linkLatest(path)
  } else if (target._tag === "File") {
    yield* Run.publishFile(path, fileName(target.table, compression), failed ? fileName("failures", compression) : null)
  }
})
