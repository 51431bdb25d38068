/** What an earlier process left behind, and what to do with it. */
import { Effect } from "effect"
import { dirname } from "node:path"
import type { ExportOptions, Target } from "./ExportOptions.ts"
import { readManifest } from "./Manifest.ts"
import { giveName, linkLatest } from "./Publish.ts"
import type { Published } from "./Published.ts"
import { fail, type ReporterError } from "./ReporterError.ts"
import * as Earlier from "./EarlierRun.ts"

const otherQuery = (target: string): ReporterError =>
  fail(
    "OtherQuery",
    `${Earlier.partialPath(target)} holds an unfinished run of another query.`,
    "Finish that one with its own command, choose another --out, or give --restart.",
  )

/** What lies at the partial path, unless it is to be forgotten or belongs to another query. */
export const earlier = Effect.fnUntraced(function* (
  target: string,
  options: ExportOptions,
): Effect.fn.Return<Earlier.Found, ReporterError> {
  if (options.restart) return { _tag: "Nothing" }
  const found = yield* Earlier.find(target)
  if (found._tag === "Unfinished" && found.journal.head.query !== options.query) {
    return yield* otherQuery(target)
  }
  return found
})

/** A run that was whole and only waits for its name, as after a crash between the two. */
export const publishWhole = Effect.fnUntraced(function* (
  path: string,
  options: ExportOptions,
): Effect.fn.Return<Published, ReporterError> {
  const { mixpeek } = yield* readManifest(Earlier.partialPath(path))
  if (mixpeek.query !== options.query) return yield* otherQuery(path)
  yield* giveName(options, path, mixpeek.counts.failures > 0)
  return { path, tally: mixpeek.counts, verdict: { complete: mixpeek.complete, reasons: mixpeek.reasons } }
})

/** A run that has its name since a process which did not live to say so. */
export const publishedBefore = Effect.fnUntraced(function* (
  path: string,
  { target }: ExportOptions,
): Effect.fn.Return<Published, ReporterError> {
  const { mixpeek } = yield* readManifest(path)
  if (target._tag === "Directory" && target.latest) yield* linkLatest(path)
  return { path, tally: mixpeek.counts, verdict: { complete: mixpeek.complete, reasons: mixpeek.reasons } }
})

/** The path to write to: an unfinished run of the same query goes on, unless another path was chosen. */
export const pathOf = (
  target: Exclude<Target, { _tag: "Stdout" }>,
  query: string,
): Effect.Effect<string, ReporterError> =>
  target._tag === "File" || target.chosen
    ? Effect.succeed(target.path)
    : Effect.map(Earlier.findBeside(dirname(target.path), query), (found) => found ?? target.path)
