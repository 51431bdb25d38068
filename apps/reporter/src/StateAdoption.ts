/**
 * An unfinished run goes on wherever the next command wants its run to be: a
 * scheduler that gives each night a name of its own must come to an end too.
 */
import { Effect, Result } from "effect"
import { rename } from "node:fs/promises"
import * as Earlier from "./EarlierRun.ts"
import type { ExportOptions, Target } from "./ExportOptions.ts"
import { readManifest } from "./Manifest.ts"
import { checkFailures } from "./Outcome.ts"
import type { ReporterError } from "./ReporterError.ts"
import { isPending, type Session } from "./StateSession.ts"

const queryOf = (path: string, found: Earlier.Found): Effect.Effect<string | null, ReporterError> =>
  found._tag === "Unfinished"
    ? Effect.succeed(found.journal.head.query)
    : Effect.map(readManifest(Earlier.partialPath(path)), ({ mixpeek }) => mixpeek.query)

/** Whether the run that the state waits for can go on: the same query, and not over its limit of failures, which a new run may mend. */
const canGoOn = Effect.fnUntraced(function* (
  { pending }: Session,
  options: ExportOptions,
): Effect.fn.Return<boolean, ReporterError> {
  if (pending === null || options.restart) return false
  const found = yield* Earlier.find(pending.path)
  if (found._tag === "Nothing" || !(yield* isPending(pending, pending.path, found))) return false
  if ((yield* queryOf(pending.path, found)) !== options.query) return false
  const tally = found._tag === "Unfinished" ? found.journal.last?.tally : undefined
  return tally === undefined || Result.isSuccess(yield* Effect.result(checkFailures(tally, options, true)))
})

/** Where to write: where the unfinished run is, unless another place was chosen. */
export const pathIn = (
  session: Session,
  target: Exclude<Target, { _tag: "Stdout" }>,
  options: ExportOptions,
): Effect.Effect<string, ReporterError> =>
  target._tag !== "Directory" || target.chosen || session.pending === null
    ? Effect.succeed(target.path)
    : Effect.map(canGoOn(session, options), (goesOn) =>
        goesOn && session.pending !== null ? session.pending.path : target.path,
      )

/**
 * Moves the unfinished run to the place that was chosen, where nothing is yet.
 * Answers from where; `null` when there was none to move, or it lies on another
 * disk: then it is overtaken.
 */
export const adopt = Effect.fnUntraced(function* (
  session: Session,
  path: string,
  options: ExportOptions,
): Effect.fn.Return<string | null, ReporterError> {
  const from = session.pending?.path
  if (from === undefined || from === path) return null
  if ((yield* Earlier.find(path))._tag !== "Nothing" || !(yield* canGoOn(session, options))) return null
  const moved = yield* Effect.result(
    Effect.tryPromise(() => rename(Earlier.partialPath(from), Earlier.partialPath(path))),
  )
  return Result.isSuccess(moved) ? from : null
})
