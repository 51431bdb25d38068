/** What may ask a run to stop: a signal, or the end of its time. */
import { Deferred, Effect, type Scope } from "effect"
import { fail, type ReporterError } from "./ReporterError.ts"

export type StopCause = "SIGINT" | "SIGTERM" | "deadline"

export interface Stop {
  /** Waits until the run should stop. */
  readonly requested: Effect.Effect<StopCause>
  readonly now: () => StopCause | null
}

/** Why a run stops, as the beginning of a sentence. */
export const reasonOf = (cause: StopCause): string =>
  cause === "deadline" ? "The time that was allowed is used up" : `The run was asked to stop (${cause})`

/** The same effect, given up when the run should stop: for requests before there is anything to save. */
export const orStop = <A, E, R>(effect: Effect.Effect<A, E, R>, stop: Stop): Effect.Effect<A, E | ReporterError, R> =>
  Effect.raceFirst(
    effect,
    Effect.flatMap(stop.requested, (cause) =>
      Effect.fail(fail("Stopped", `${reasonOf(cause)} before it fetched anything.`, "Run the same command again.")),
    ),
  )

const codes = { SIGINT: 130, SIGTERM: 143 } as const

/**
 * Listens for SIGINT and SIGTERM while the scope is open, and for the end of
 * `maxMillis`. The first signal asks the run to stop; the second ends the
 * process at once.
 */
export const listen = (maxMillis: number | null): Effect.Effect<Stop, never, Scope.Scope> =>
  Effect.gen(function* () {
    const requested = Deferred.makeUnsafe<StopCause>()
    let cause: StopCause | null = null
    const stop = (next: StopCause) => {
      if (cause !== null && next !== "deadline") process.exit(codes[next])
      cause ??= next
      Deferred.doneUnsafe(requested, Effect.succeed(cause))
    }
    const onInterrupt = () => stop("SIGINT")
    const onTerminate = () => stop("SIGTERM")
    yield* Effect.acquireRelease(
      Effect.sync(() => process.on("SIGINT", onInterrupt).on("SIGTERM", onTerminate)),
      () => Effect.sync(() => process.off("SIGINT", onInterrupt).off("SIGTERM", onTerminate)),
    )
    if (maxMillis !== null) {
      yield* Effect.sleep(maxMillis).pipe(Effect.andThen(Effect.sync(() => stop("deadline"))), Effect.forkScoped)
    }
    return { requested: Deferred.await(requested), now: () => cause }
  })
