/** The export, as a story: plan, lock, go on where an earlier run stopped, fetch, write, publish. */
import { Mixpeek } from "@mixpeek-alerts/client"
import { Clock, Effect, type Scope } from "effect"
import { mkdir } from "node:fs/promises"
import { dirname } from "node:path"
import type { ExportOptions } from "./ExportOptions.ts"
import { failureColumns } from "./Failure.ts"
import { start, type Strategy } from "./Fetch.ts"
import { fetchAll } from "./FetchLoop.ts"
import { type Head, journalVersion } from "./Journal.ts"
import * as Lock from "./Lock.ts"
import { manifest } from "./Manifest.ts"
import { absentees, checkFailures } from "./Outcome.ts"
import { plan } from "./Plan.ts"
import type { Progress } from "./Progress.ts"
import { giveName } from "./Publish.ts"
import type { ExportError, Published } from "./Published.ts"
import { fail, ioError } from "./ReporterError.ts"
import { earlier, pathOf, publishWhole } from "./Resume.ts"
import { rowOptions } from "./RowOptions.ts"
import * as Run from "./RunDirectory.ts"
import { append, type RunState } from "./RunState.ts"
import { orStop, type Stop } from "./Signals.ts"
import { empty } from "./Tally.ts"
import { headers, makeRows, published } from "./UnitRows.ts"
import { verdict } from "./Verdict.ts"

const headOf = (options: ExportOptions, strategy: Strategy, startedAt: string): Head => ({
  version: journalVersion,
  query: options.query,
  startedAt,
  plan: strategy._tag === "ById" ? "by-id" : "walk",
})

const isoNow = Effect.map(Clock.currentTimeMillis, (now) => new Date(now).toISOString())

const finish = Effect.fnUntraced(function* (
  run: Run.RunDirectory,
  state: RunState,
  options: ExportOptions,
  strategy: Strategy,
  version: string,
) {
  const ids = options.source._tag === "Ids" ? options.source.list.ids : null
  if (ids !== null && strategy._tag === "Walk") {
    const missing = absentees(ids, state.seen)
    if (missing.length > 0 && state.tally.missing === 0) {
      append(
        run,
        state,
        { records: [], missing, next: { _tag: "End" }, totalCount: null, origin: "" },
        rowOptions(options, strategy, run.head.startedAt),
      )
    }
    yield* Run.checkpoint(run, state)
  }
  yield* checkFailures(state.tally, options, true)
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
  yield* Effect.tryPromise({
    try: () => mkdir(dirname(path), { recursive: true }),
    catch: (error) => ioError("CannotCreate", dirname(path), error),
  })
  yield* Lock.hold(path)
  yield* target._tag === "Directory" ? Run.refuseExisting(path) : Run.refuseDirectory(path)
  const found = yield* earlier(path, options)
  if (found._tag === "Whole") return yield* publishWhole(path, options)
  const chosen = found._tag === "Unfinished" ? { ...options, plan: found.journal.head.plan } : options
  const { strategy, why } = yield* orStop(plan(chosen, false), stop)
  progress.note(
    found._tag === "Unfinished" ? `Going on with the run begun at ${found.journal.head.startedAt}.` : `Plan: ${why}.`,
  )
  const run = yield* Run.openRun(path, found, headOf(options, strategy, yield* isoNow), options.compression)
  const state: RunState = {
    next: run.last?.next ?? start(strategy),
    tally: run.last?.tally ?? empty,
    seen: yield* Run.readSeen(run),
    rows: makeRows(),
  }
  if (run.last === null) {
    const first = headers(
      rowOptions(options, strategy, run.head.startedAt),
      failureColumns.map((column) => column.name),
    )
    for (const stream of published) run.files[stream].append(first[stream])
    yield* Run.checkpoint(run, state)
  }
  yield* fetchAll({ run, state, strategy, options, stop, progress })
  if (options.failOnEmpty && state.tally.executions === 0) {
    yield* Run.discard(run)
    return yield* fail(
      "Empty",
      "There was nothing to export.",
      "Check the filter and the namespace, or leave out --fail-on-empty.",
    )
  }
  const answer = yield* finish(run, state, options, strategy, version)
  yield* giveName(options, path, state.tally.failures > 0)
  return { path, tally: state.tally, verdict: answer }
})
