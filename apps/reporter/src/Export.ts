/** The export, as a story: plan, lock, go on where an earlier run stopped, fetch, write, publish. */
import { Mixpeek, type MixpeekError } from "@mixpeek-alerts/client"
import { Csv } from "@mixpeek-alerts/domain"
import { Clock, Effect, Pull, type Scope, Stream } from "effect"
import { mkdir, rm, symlink, rename } from "node:fs/promises"
import { basename, dirname, join } from "node:path"
import type { ExportOptions, Target } from "./ExportOptions.ts"
import { failureColumns } from "./Failure.ts"
import { cursorExpired, start, type Strategy, units } from "./Fetch.ts"
import type { Head } from "./Journal.ts"
import { journalVersion } from "./Journal.ts"
import * as Lock from "./Lock.ts"
import { fileName, manifest, readManifest } from "./Manifest.ts"
import { absentees, checkFailures } from "./Outcome.ts"
import { plan } from "./Plan.ts"
import type { Progress } from "./Progress.ts"
import { fail, ioError, type ReporterError } from "./ReporterError.ts"
import * as Run from "./RunDirectory.ts"
import type { Seen } from "./Seen.ts"
import type { Stop } from "./Signals.ts"
import { empty, type Tally } from "./Tally.ts"
import { headers, published, type RowOptions, unitRows } from "./UnitRows.ts"
import type { Position, Unit } from "./Unit.ts"
import { type Verdict, verdict } from "./Verdict.ts"

export type ExportError = ReporterError | MixpeekError

/** A published run. */
export interface Published {
  readonly path: string
  readonly tally: Tally
  readonly verdict: Verdict
}

/** At most this long, or this many bytes, between two moments from which a run can go on. */
const checkpointMillis = 1000
const checkpointBytes = 16 * 1024 * 1024

/** How rows are made of records, for a run that began at `startedAt` (ISO 8601). */
export const rowOptions = (options: ExportOptions, strategy: Strategy, startedAt: string): RowOptions => ({
  dialect: options.excel ? Csv.excel : Csv.standard,
  filter: options.filterAt(Date.parse(startedAt)),
  flatten: options.flatten,
  wanted: options.source._tag === "Ids" && strategy._tag === "Walk" ? new Set(options.source.list.ids) : null,
})

/** The tally with the server's totals: of each list, at its first page and at its latest. */
export const withTotals = (tally: Tally, unit: Unit, from: Position): Tally => {
  if (from._tag !== "Page" || unit.totalCount === null) return tally
  const isFirst = from.cursor === null
  return {
    ...tally,
    totalFirst: isFirst ? (tally.totalFirst ?? 0) + unit.totalCount : tally.totalFirst,
    totalLast:
      unit.next._tag === "Page" && unit.next.list === from.list
        ? tally.totalLast
        : (tally.totalLast ?? 0) + unit.totalCount,
  }
}

interface State {
  next: Position
  tally: Tally
  seen: Seen
}

const append = (run: Run.RunDirectory, state: State, unit: Unit, rows: RowOptions): void => {
  const written = unitRows(unit, state.tally, state.seen, rows)
  for (const stream of published) run.files[stream].append(written.rows[stream])
  run.files.seen.append(state.seen.drain())
  state.tally = withTotals(written.tally, unit, state.next)
  state.next = unit.next
}

/** Fetches and writes until the end, a stop, or an error; whatever it was, what was written counts. */
const loop = Effect.fnUntraced(function* (
  run: Run.RunDirectory,
  state: State,
  strategy: Strategy,
  options: ExportOptions,
  stop: Stop,
  progress: Progress,
): Effect.fn.Return<void, ExportError, Mixpeek | Scope.Scope> {
  const rows = rowOptions(options, strategy, run.head.startedAt)
  const pull = yield* Stream.toPull(units(strategy, state.next))
  let saved = yield* Clock.currentTimeMillis
  for (;;) {
    const units = yield* pull.pipe(
      Pull.catchDone(() => Effect.succeed(null)),
      Effect.raceFirst(Effect.as(stop.requested, null)),
    )
    if (units === null) break
    for (const unit of units) append(run, state, unit, rows)
    yield* checkFailures(state.tally, options)
    progress.report(state.tally)
    const now = yield* Clock.currentTimeMillis
    const waiting = published.reduce((sum, stream) => sum + run.files[stream].waitingBytes, 0)
    if (now - saved >= checkpointMillis || waiting >= checkpointBytes) {
      yield* Run.checkpoint(run, state)
      saved = now
    }
  }
  const cause = stop.now()
  if (cause === null) return
  const why = cause === "deadline" ? "The time that was allowed is used up" : `The run was asked to stop (${cause})`
  return yield* fail(
    "Stopped",
    `${why}; ${state.tally.executions} executions are saved.`,
    "Run the same command again: it goes on from there.",
  )
})

/** Runs the loop; saves what was written when it ends early, unless the disk is what failed. */
const fetchAll = Effect.fnUntraced(function* (
  run: Run.RunDirectory,
  state: State,
  strategy: Strategy,
  options: ExportOptions,
  stop: Stop,
  progress: Progress,
): Effect.fn.Return<void, ExportError, Mixpeek> {
  const from = state.next
  yield* Effect.scoped(loop(run, state, strategy, options, stop, progress)).pipe(
    Effect.catch((error) =>
      Effect.gen(function* () {
        if (error._tag === "ReporterError" && error.kind !== "Stopped") return yield* error
        if (error._tag === "MixpeekError" && state.next === from && cursorExpired(error, from)) {
          progress.note(
            "The server no longer knows where the earlier run stopped; walking the list again, keeping what was written.",
          )
          state.next = start(strategy)
          state.tally = { ...state.tally, totalFirst: null, totalLast: null }
          return yield* Effect.scoped(loop(run, state, strategy, options, stop, progress))
        }
        yield* Run.checkpoint(run, state)
        return yield* error
      }),
    ),
  )
  yield* Run.checkpoint(run, state)
})

const headOf = (options: ExportOptions, strategy: Strategy, startedAt: string): Head => ({
  version: journalVersion,
  query: options.query,
  startedAt,
  plan: strategy._tag === "ById" ? "by-id" : "walk",
})

const otherQuery = (target: string): ReporterError =>
  fail(
    "OtherQuery",
    `${Run.partialPath(target)} holds an unfinished run of another query.`,
    "Finish that one with its own command, choose another --out, or give --restart.",
  )

/** What lies at the partial path, unless it is to be forgotten or belongs to another query. */
const earlier = Effect.fnUntraced(function* (
  target: string,
  options: ExportOptions,
): Effect.fn.Return<Run.Found, ReporterError> {
  if (options.restart) return { _tag: "Nothing" }
  const found = yield* Run.find(target)
  if (found._tag === "Unfinished" && found.journal.head.query !== options.query) {
    return yield* otherQuery(target)
  }
  return found
})

const isoNow = Effect.map(Clock.currentTimeMillis, (now) => new Date(now).toISOString())

/** Points `latest` beside the run at it, by one rename. */
const linkLatest = (target: string): Effect.Effect<void, ReporterError> => {
  const link = join(dirname(target), "latest")
  const temporary = `${link}.${process.pid}`
  return Effect.tryPromise({
    try: async () => {
      await rm(temporary, { force: true })
      await symlink(basename(target), temporary)
      await rename(temporary, link)
    },
    catch: (error) => ioError("CannotCreate", link, error),
  })
}

const finish = Effect.fnUntraced(function* (
  run: Run.RunDirectory,
  state: State,
  options: ExportOptions,
  strategy: Strategy,
  version: string,
) {
  const ids = options.source._tag === "Ids" ? options.source.list.ids : null
  if (ids !== null && strategy._tag === "Walk") {
    const missing = absentees(ids, state.seen)
    if (missing.length > 0) {
      append(
        run,
        state,
        { records: [], missing, next: { _tag: "End" }, totalCount: null, origin: "" },
        rowOptions(options, strategy, run.head.startedAt),
      )
    }
    yield* checkFailures(state.tally, options)
    yield* Run.checkpoint(run, state)
  }
  const answer = verdict(state.tally, ids === null ? null : ids.length)
  const budget = yield* (yield* Mixpeek).budget.state
  const facts = {
    startedAt: run.head.startedAt,
    finishedAt: yield* isoNow,
    requests: budget.spent,
    rateLimited: budget.limited,
    toolVersion: version,
    ...(options.completes === null ? {} : { completes: options.completes }),
  }
  yield* Run.seal(run.path, yield* manifest(run.path, state.tally, answer, options, facts))
  return answer
})

/** Gives a sealed run its final name. */
const giveName = Effect.fnUntraced(function* ({ compression, target }: ExportOptions, path: string) {
  if (target._tag === "Directory") {
    yield* Run.publish(path)
    if (target.latest) yield* linkLatest(path)
  } else if (target._tag === "File") {
    yield* Run.publishFile(path, fileName(target.table, compression))
  }
})

/** A run that was whole and only waits for its name, as after a crash between the two. */
const publishWhole = Effect.fnUntraced(function* (path: string, options: ExportOptions) {
  const { mixpeek } = yield* readManifest(Run.partialPath(path))
  if (mixpeek.query !== options.query) return yield* otherQuery(path)
  yield* giveName(options, path)
  return { path, tally: mixpeek.counts, verdict: { complete: mixpeek.complete, reasons: mixpeek.reasons } }
})

/** The path to write to: an unfinished run of the same query goes on, unless another path was chosen. */
const pathOf = (target: Exclude<Target, { _tag: "Stdout" }>, query: string): Effect.Effect<string, ReporterError> =>
  target._tag === "File" || target.chosen
    ? Effect.succeed(target.path)
    : Effect.map(Run.findBeside(dirname(target.path), query), (found) => found ?? target.path)

/** Exports to a run directory, or to one file made of it. */
export const exportToDisk = Effect.fnUntraced(function* (
  options: ExportOptions,
  stop: Stop,
  progress: Progress,
  version: string,
): Effect.fn.Return<Published, ExportError, Mixpeek | Scope.Scope> {
  const target = options.target
  if (target._tag === "Stdout") return yield* Effect.die("stdout is not a path")
  const path = yield* pathOf(target, options.query)
  if (target._tag === "Directory") yield* Run.refuseExisting(path)
  yield* Effect.tryPromise({
    try: () => mkdir(dirname(path), { recursive: true }),
    catch: (error) => ioError("CannotCreate", dirname(path), error),
  })
  yield* Lock.hold(path)
  const found = yield* earlier(path, options)
  if (found._tag === "Whole") return yield* publishWhole(path, options)
  const chosen = found._tag === "Unfinished" ? { ...options, plan: found.journal.head.plan } : options
  const { strategy, why } = yield* plan(chosen, false)
  progress.note(
    found._tag === "Unfinished" ? `Going on with the run begun at ${found.journal.head.startedAt}.` : `Plan: ${why}.`,
  )
  const run = yield* Run.openRun(path, found, headOf(options, strategy, yield* isoNow), options.compression)
  const state: State = {
    next: run.last?.next ?? start(strategy),
    tally: run.last?.tally ?? empty,
    seen: yield* Run.readSeen(run),
  }
  if (run.last === null) {
    const first = headers(
      rowOptions(options, strategy, run.head.startedAt),
      failureColumns.map((column) => column.name),
    )
    for (const stream of published) run.files[stream].append(first[stream])
    yield* Run.checkpoint(run, state)
  }
  yield* fetchAll(run, state, strategy, options, stop, progress)
  if (options.failOnEmpty && state.tally.executions === 0) {
    return yield* fail(
      "Empty",
      "There was nothing to export.",
      "Check the filter and the namespace, or leave out --fail-on-empty.",
    )
  }
  const answer = yield* finish(run, state, options, strategy, version)
  yield* giveName(options, path)
  return { path, tally: state.tally, verdict: answer }
})
