/** The middle of an export: fetch, write, save, until the end or a reason to stop. */
import type { Mixpeek } from "@mixpeek-alerts/client"
import { Cause, Clock, Effect, Exit, Fiber, Pull, type Scope } from "effect"
import type { ExportOptions } from "./ExportOptions.ts"
import { cursorExpired, start, type Strategy, units } from "./Fetch.ts"
import { take } from "./Incremental.ts"
import type { Memory } from "./Memory.ts"
import { checkFailures } from "./Outcome.ts"
import type { Progress } from "./Progress.ts"
import type { ExportError } from "./Published.ts"
import { fail } from "./ReporterError.ts"
import { rowOptions } from "./RowOptions.ts"
import * as Run from "./RunDirectory.ts"
import { append, type RunState } from "./RunState.ts"
import { reasonOf, type Stop } from "./Signals.ts"
import { published } from "./UnitRows.ts"

/** At most this long between two moments from which a run can go on. */
const checkpointMillis = 1000

/** So many bytes are written out before the next checkpoint, to keep memory flat. */
const flushBytes = 1 << 20

/** A run in the making: what is fetched, how, where it goes, and who may stop or watch it. */
export interface Job {
  readonly run: Run.RunDirectory
  readonly state: RunState
  readonly strategy: Strategy
  readonly options: ExportOptions
  readonly stop: Stop
  readonly progress: Progress
  /** What is known from earlier runs; `null` without a state. */
  readonly memory: Memory | null
}

/** Lets the event loop turn once: the request for the next page leaves before this one is written, and is answered meanwhile. */
const turn = Effect.callback<void>((resume) => {
  const waiting = setImmediate(() => resume(Effect.void))
  return Effect.sync(() => clearImmediate(waiting))
})

/** Fetches and writes until the end; answers whether a list ended early. Can be interrupted while it waits for units only. */
const consume = (job: Job): Effect.Effect<boolean, ExportError, Mixpeek | Scope.Scope> =>
  Effect.uninterruptibleMask((restore) =>
    Effect.gen(function* () {
      const { memory, options, progress, run, state, strategy } = job
      const rows = rowOptions(options, strategy, run.head.startedAt)
      const pull = restore(Pull.catchDone(yield* units(strategy, state.next), () => Effect.succeed(null)))
      let saved = yield* Clock.currentTimeMillis
      for (;;) {
        const units = yield* pull
        if (units === null) return false
        if (strategy._tag === "Walk") yield* turn
        let early = false
        for (const unit of units) {
          if (memory === null) yield* append(run, state, unit, rows)
          else if ((early = yield* take(memory, run, state, unit, rows))) break
        }
        yield* checkFailures(state.tally, options)
        progress.report(state.tally)
        if (early) return true
        const now = yield* Clock.currentTimeMillis
        if (now - saved >= checkpointMillis) {
          yield* Run.checkpoint(run, state)
          saved = now
        } else if (published.reduce((sum, stream) => sum + run.files[stream].waitingBytes, 0) >= flushBytes) {
          yield* Run.flush(run)
        }
      }
    }),
  )

/** Fetches and writes until the end, a stop, or an error; answers whether a list ended early, so that the next one has to be begun. */
const stretch = Effect.fnUntraced(function* (job: Job): Effect.fn.Return<boolean, ExportError, Mixpeek | Scope.Scope> {
  const running = yield* Effect.forkScoped(consume(job))
  yield* Effect.forkScoped(Effect.andThen(job.stop.requested, Fiber.interrupt(running)))
  const exit = yield* Fiber.await(running)
  if (Exit.isSuccess(exit)) return exit.value
  const cause = job.stop.now()
  // What fails while a stop is asked for is what ended the run: nothing may be saved after a failure of the disk.
  if (cause === null || !Cause.hasInterruptsOnly(exit.cause)) return yield* exit
  return yield* fail(
    "Stopped",
    `${reasonOf(cause)}; ${job.state.tally.executions} executions are saved.`,
    "Run the same command again: it goes on from there.",
  )
})

/** Fetches and writes, list after list; whatever ends it, what was written counts. */
const loop = Effect.fnUntraced(function* (job: Job): Effect.fn.Return<void, ExportError, Mixpeek> {
  while (yield* Effect.scoped(stretch(job)));
})

/** Runs the loop; saves what was written when it ends early, unless the disk is what failed. */
const fetching = Effect.fnUntraced(function* (job: Job): Effect.fn.Return<void, ExportError, Mixpeek> {
  const { progress, run, state, strategy } = job
  const from = state.next
  yield* loop(job).pipe(
    Effect.catch((error) =>
      Effect.gen(function* () {
        if (error._tag === "ReporterError" && error.kind === "TooManyFailures") yield* Run.flush(run)
        if (error._tag === "ReporterError" && error.kind !== "Stopped") return yield* error
        if (error._tag === "MixpeekError" && state.next === from && cursorExpired(error, from)) {
          progress.note(
            "The server no longer knows where the earlier run stopped; walking the list again, keeping what was written.",
          )
          state.next = start(strategy)
          state.tally = { ...state.tally, totalFirst: null, totalLast: null, unread: 0 }
          state.walks = []
          return yield* loop(job)
        }
        yield* Run.checkpoint(run, state)
        return yield* error
      }),
    ),
  )
  yield* Run.checkpoint(run, state)
})

/** Fetches and writes all, under one span with the requests in it, unless there would be one for each execution. */
export const fetchAll = (job: Job): Effect.Effect<void, ExportError, Mixpeek> =>
  (job.strategy._tag === "ById" ? Effect.withTracerEnabled(fetching(job), false) : fetching(job)).pipe(
    Effect.withSpan("fetch", { attributes: { "mixpeek.plan": job.strategy._tag } }),
  )
