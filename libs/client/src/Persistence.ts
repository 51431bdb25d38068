/**
 * Does not give up early: one retry unit around send, body and decode, waits
 * that obey the server, one pause for all after a 429, and a circuit breaker
 * outermost. The rules are in the README under "Retries".
 */
import { Clock, Duration, Effect, Exit, Random, Result, type Scope } from "effect"
import * as HttpClient from "effect/http/HttpClient"
import * as CircuitBreaker from "effect/persistence/CircuitBreaker"
import type { ApiCall } from "./ApiCall.ts"
import type { Attempts } from "./Attempt.ts"
import type { MixpeekConfig } from "./MixpeekConfig.ts"
import { type Attempt, MixpeekError } from "./MixpeekError.ts"
import { observed, observeFailure } from "./Observation.ts"
import { CircuitOpen, type Reason } from "./Reason.ts"
import type { RequestBudget } from "./RequestBudget.ts"
import type { Failure } from "./ResponseFault.ts"
import { delayMillis, maxRetries, RetryAllowance, RetryLimit } from "./RetryPolicy.ts"

/** Calls that fail in a row, each after its retries, before the circuit opens. */
const tripAfter = 10
const openSeconds = 30

const outages: ReadonlySet<Reason["_tag"]> = new Set(["ServerFault", "Unreachable", "TimedOut"])

const classify = (exit: Exit.Exit<unknown, MixpeekError>): CircuitBreaker.Outcome => {
  const error = Exit.findErrorOption(exit)
  return error._tag === "None"
    ? CircuitBreaker.success
    : outages.has(error.value.reason._tag) && error.value.attempts.length > 0
      ? CircuitBreaker.failure()
      : CircuitBreaker.ignored
}

const errorOf = (call: ApiCall<unknown>, failure: Failure, attempts: ReadonlyArray<Attempt>): MixpeekError =>
  new MixpeekError({
    reason: failure.reason,
    method: call.method,
    path: call.path,
    status: failure.status,
    type: failure.type,
    requestId: failure.requestId,
    attempts,
  })

/** An error that was decided here; the status and request ID are those of the attempt before, if any. */
export const unsent = (call: ApiCall<unknown>, reason: Reason, attempts: ReadonlyArray<Attempt>): MixpeekError => {
  const last = attempts.at(-1)
  const known = { status: last?.status ?? null, type: null, requestId: last?.requestId ?? null }
  return errorOf(call, { reason, retry: false, hintMillis: null, ...known }, attempts)
}

/** A first attempt that failed, and when its call began. */
export interface Begun {
  readonly failure: Failure
  readonly at: number
}

/** Whether to try again after `failure`, the `transient`th that is no 429; 429s are bounded by time only, since waiting them out is the point. */
const mayRetry = (failure: Failure, transient: number, allowance: RetryAllowance): boolean =>
  failure.retry && (failure.status === 429 || (transient <= maxRetries && allowance.spend()))

export interface Persistence {
  /** Calls until it succeeds or nothing more can be hoped for; goes on after a first attempt that was made already. */
  readonly persist: <A>(call: ApiCall<A>, begun?: Begun | null) => Effect.Effect<A, MixpeekError>
  /** Whether no call has failed since one succeeded: then a success has nothing to tell. */
  readonly isCalm: () => boolean
  /** A success that went another way counts too. */
  readonly succeeded: () => void
}

export interface PersistenceParts {
  readonly config: MixpeekConfig
  readonly attempt: Attempts
  readonly budget: RequestBudget
}

export const make = Effect.fnUntraced(function* ({
  attempt,
  budget,
  config,
}: PersistenceParts): Effect.fn.Return<Persistence, never, Scope.Scope> {
  const allowance = new RetryAllowance()
  const breaker = yield* CircuitBreaker.make({
    tripPolicy: CircuitBreaker.consecutive(tripAfter),
    openDuration: Duration.seconds(openSeconds),
  }).pipe(Effect.provide(CircuitBreaker.layerStoreMemory()))
  let calm = true

  const retried = Effect.fnUntraced(function* <A>(
    call: ApiCall<A>,
    begun: Begun | null,
  ): Effect.fn.Return<A, MixpeekError> {
    const deadline = (begun?.at ?? (yield* Clock.currentTimeMillis)) + config.timeouts.totalMillis
    const limit = yield* RetryLimit
    const attempts: Array<Attempt> = []
    for (let retry = 0, transient = 0; ; retry++) {
      const outcome =
        begun !== null && retry === 0
          ? Result.fail(begun.failure)
          : yield* attempt(call, deadline).pipe(Effect.mapError((reason) => unsent(call, reason, attempts)))
      if (Result.isSuccess(outcome)) {
        allowance.refund()
        return outcome.success
      }
      const failure = outcome.failure
      const wait = delayMillis(retry, failure.hintMillis, yield* Random.next)
      const now = yield* Clock.currentTimeMillis
      if (failure.status === 429) yield* budget.pause(wait, now)
      else if (failure.retry) transient++
      const again = retry < limit && now + wait < deadline && mayRetry(failure, transient, allowance)
      attempts.push({
        status: failure.status,
        outcome: failure.reason._tag,
        requestId: failure.requestId,
        waitMillis: again ? wait : 0,
      })
      if (config.observed) yield* observeFailure(failure, attempts.length, again ? wait : 0)
      if (!again) return yield* errorOf(call, failure, attempts)
      yield* Effect.sleep(wait)
    }
  })

  const guarded = <A>(call: ApiCall<A>, begun: Begun | null): Effect.Effect<A, MixpeekError> =>
    breaker.execute(retried(call, begun), { key: config.baseUrl.origin, classify }).pipe(
      Effect.onExit((exit) => Effect.sync(() => void (calm = Exit.isSuccess(exit)))),
      Effect.catchTag("CircuitBreakerError", (error) => {
        const retryAfterMillis = error.reason._tag === "CircuitOpen" ? Duration.toMillis(error.reason.retryAfter) : 1000
        return Effect.fail(unsent(call, new CircuitOpen({ retryAfterMillis }), []))
      }),
    )

  return {
    isCalm: () => calm,
    succeeded: () => allowance.refund(),
    persist: (call, begun = null) => {
      const quiet = Effect.provideService(guarded(call, begun), HttpClient.TracerDisabledWhen, () => true)
      return config.observed ? observed(call, quiet) : quiet
    },
  }
})
