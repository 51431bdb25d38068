/** The export, as a story: plan, lock, go on where an earlier run stopped, fetch, write, publish. */
import { Mixpeek } from "@mixpeek-alerts/client"
import { Clock, Effect, type Scope } from "effect"
import { mkdir } from "node:fs/promises"
import { dirname } from "node:path"
import type { Found } from "./EarlierRun.ts"
import type { ExportOptions } from "./ExportOptions.ts"
import { failureColumns } from "./Failure.ts"
import { start, type Strategy } from "./Fetch.ts"
import { fetchAll, type Job } from "./FetchLoop.ts"
import { type Head, journalVersion } from "./Journal.ts"
import * as Lock from "./Lock.ts"
import { prune } from "./Keep.ts"
import { type Hashes, manifest } from "./Manifest.ts"
import { memoryText, remember } from "./Memory.ts"
import { absentees, checkFailures } from "./Outcome.ts"
import { plan } from "./Plan.ts"
import type { Progress } from "./Progress.ts"
import { giveName } from "./Publish.ts"
import type { ExportError, Published } from "./Published.ts"
import { caught, fail, ioError } from "./ReporterError.ts"
import { earlier, pathOf, publishedBefore, publishWhole } from "./Resume.ts"
import { rowOptions } from "./RowOptions.ts"
import * as Run from "./RunDirectory.ts"
import { openSeen } from "./RunSeen.ts"
import { append, type RunState } from "./RunState.ts"
import { isIdle } from "./Shard.ts"
import { orStop, type Stop } from "./Signals.ts"
import { commit, doubts, ready } from "./StateCommit.ts"
import { standStill, withoutSettled } from "./StatedOptions.ts"
import { adopt, pathIn } from "./StateAdoption.ts"
import * as State from "./StateSession.ts"
import { empty } from "./Tally.ts"
import { headers, makeRows, published } from "./UnitRows.ts"
import { idle, verdict } from "./Verdict.ts"

const headOf = (options: ExportOptions, strategy: Strategy, startedAt: string, claim: State.Claim | null): Head => ({
  version: journalVersion,
  query: options.query,
  startedAt,
  plan: strategy._tag === "ById" ? "by-id" : "walk",
  ...(claim === null ? {} : { run: claim.run.id }),
})

const isoNow = Effect.map(Clock.currentTimeMillis, (now) => new Date(now).toISOString())

const finish = Effect.fnUntraced(function* (job: Job, version: string) {
  const { memory, options, progress, run, state, strategy } = job
  const ids = options.source._tag === "Ids" ? options.source.list.ids : null
  if (ids !== null && strategy._tag === "Walk") {
    const missing = yield* caught(() => absentees(ids, state.seen))
    if (missing.length > 0 && state.tally.missing === 0) {
      yield* append(
        run,
        state,
        { records: [], missing, next: { _tag: "End" }, totalCount: null, origin: "" },
        rowOptions(options, strategy, run.head.startedAt),
      )
    }
    yield* Run.checkpoint(run, state)
  }
  yield* checkFailures(state.tally, options, true)
  if (memory !== null) {
    for (const line of doubts(memory, state)) progress.note(line)
    yield* ready(memory, run, state, strategy, options)
  }
  const answer = isIdle(options.source) ? idle : verdict(state.tally, ids === null ? null : ids.length)
  const budget = yield* (yield* Mixpeek).budget.state
  const facts = {
    startedAt: run.head.startedAt,
    finishedAt: yield* isoNow,
    requests: budget.spent,
    rateLimited: budget.limited,
    toolVersion: version,
    ...(options.completes === null ? {} : { completes: options.completes }),
    ...(memory === null ? {} : { state: { id: memory.run.id, scope: memory.state.scope } }),
  }
  const hashes = Object.fromEntries(published.map((stream) => [stream, run.files[stream].digest()])) as Hashes
  yield* Run.seal(run.path, yield* manifest(run.path, hashes, state.tally, answer, options, facts))
  return answer
})

/** What follows when a run has its name: the state counts it, and older ones make room. */
const conclude = Effect.fnUntraced(function* (
  path: string,
  options: ExportOptions,
  session: State.Session | null,
  progress: Progress,
) {
  if (session !== null) yield* commit(session.state)
  if (options.keep === null) return
  for (const line of yield* prune(path, options.keep, options.query, yield* Clock.currentTimeMillis))
    progress.note(line)
})

/** What surrounds an export: who may stop it, who watches it, and the state that it goes by, if it has one. */
interface Surroundings {
  readonly stop: Stop
  readonly progress: Progress
  readonly version: string
  readonly session: State.Session | null
  readonly claim: State.Claim | null
}

/** Writes what is fetched to a new run, or to one that goes on, up to its manifest. */
const write = Effect.fnUntraced(function* (
  path: string,
  found: Found,
  asked: ExportOptions,
  { claim, progress, session, stop, version }: Surroundings,
) {
  const [options, settled] = session === null ? [asked, 0] : yield* withoutSettled(asked, session.state)
  const chosen = found._tag === "Unfinished" ? { ...options, plan: found.journal.head.plan } : options
  const { strategy, why } = yield* orStop(plan(chosen, false), stop)
  progress.note(
    found._tag === "Unfinished" ? `Going on with the run begun at ${found.journal.head.startedAt}.` : `Plan: ${why}.`,
  )
  const memory =
    session === null || claim === null ? null : yield* remember(session.state, claim.run, strategy, options)
  if (memory !== null) progress.note(memoryText(memory))
  const run = yield* Run.openRun(path, found, headOf(options, strategy, yield* isoNow, claim), options.compression)
  const state: RunState = {
    next: run.last?.next ?? start(strategy),
    tally: run.last?.tally ?? { ...empty, known: settled },
    seen: yield* openSeen(run, strategy._tag === "ById" ? strategy.ids.length : null),
    rows: makeRows(),
    walks: run.last?.walks ?? [],
  }
  if (run.last === null) {
    const first = headers(
      rowOptions(options, strategy, run.head.startedAt),
      failureColumns.map((column) => column.name),
    )
    for (const stream of published) run.files[stream].append(first[stream])
  }
  const job: Job = { run, state, strategy, options, stop, progress, memory }
  yield* fetchAll(job)
  if (options.failOnEmpty && state.tally.executions === 0) {
    yield* Run.discard(run)
    if (session !== null) yield* State.abandon(session)
    return yield* fail(
      "Empty",
      "There was nothing to export.",
      "Check the filter and the namespace, or leave out --fail-on-empty.",
    )
  }
  // What was not found is only counted at the end.
  const answer = yield* finish(job, version)
  return { path, tally: state.tally, verdict: answer }
})

/** Exports to a run directory, or to one file made of it. */
export const exportToDisk = Effect.fnUntraced(function* (
  asked: ExportOptions,
  stop: Stop,
  progress: Progress,
  version: string,
): Effect.fn.Return<Published, ExportError, Mixpeek | Scope.Scope> {
  const { target } = asked
  if (target._tag === "Stdout") return yield* Effect.die("stdout is not a path")
  const now = yield* isoNow
  const session = asked.state === null ? null : yield* State.openSession(asked.state, now)
  const options = session === null ? asked : standStill(asked, session.state)
  const path = yield* session === null ? pathOf(target, options.query) : pathIn(session, target, options)
  yield* Effect.tryPromise({
    try: () => mkdir(dirname(path), { recursive: true }),
    catch: (error) => ioError("CannotCreate", dirname(path), error),
  })
  yield* Lock.hold(path)
  if (session?.recovered?.path === path) {
    yield* conclude(path, options, session, progress)
    return yield* publishedBefore(path, options)
  }
  yield* target._tag === "Directory" ? Run.refuseExisting(path) : Run.refuseDirectory(path)
  const moved = session === null ? null : yield* adopt(session, path, options)
  if (moved !== null) progress.note(`Going on here with the unfinished run of ${moved}.`)
  const before = yield* earlier(path, options)
  const claim = session === null ? null : yield* State.claim(session, path, before, now)
  if (claim?.overtook === true)
    progress.note("A later run with this state has overtaken the unfinished run there; starting over.")
  const found = claim?.found ?? before
  if (found._tag === "Whole") {
    const done = yield* publishWhole(path, options)
    yield* conclude(path, options, session, progress)
    return done
  }
  const done = yield* write(path, found, options, { claim, progress, session, stop, version })
  yield* giveName(options, path, done.tally.failures > 0)
  yield* conclude(path, options, session, progress)
  return done
})
