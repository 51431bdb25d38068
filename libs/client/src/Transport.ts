/**
 * Sends a call and does not give up early: one retry unit around send, body
 * and decode, waits that obey the server, one pause for all after a 429, and a
 * circuit breaker outermost. The rules are in the README under "Retries".
 */
import { Clock, Duration, Effect, Exit, Random, Result, type Scope } from "effect"
import * as HttpClient from "effect/http/HttpClient"
import * as CircuitBreaker from "effect/persistence/CircuitBreaker"
import * as Attempts from "./Attempt.ts"
import type { ApiCall } from "./Attempt.ts"
import type { MixpeekConfig } from "./MixpeekConfig.ts"
import { type Attempt, MixpeekError } from "./MixpeekError.ts"
import { CircuitOpen, type Reason } from "./Reason.ts"
import * as RequestBudget from "./RequestBudget.ts"
import type { Failure } from "./ResponseFault.ts"
import { delayMillis, maxRetries, RetryAllowance } from "./RetryPolicy.ts"

export interface Transport {
  readonly send: <A>(call: ApiCall<A>) => Effect.Effect<A, MixpeekError>
  readonly budget: RequestBudget.RequestBudget
}

/** Calls that fail in a row, each after its retries, before the circuit opens. */
const tripAfter = 10
const openSeconds = 30

const outages: ReadonlySet<Reason["_tag"]> = new Set(["ServerFault", "Unreachable", "TimedOut"])

const classify = (exit: Exit.Exit<unknown, MixpeekError>): CircuitBreaker.Outcome => {
  const error = Exit.findErrorOption(exit)
  return error._tag === "None"
    ? CircuitBreaker.success
    : outages.has(error.value.reason._tag)
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

const unsent = (call: ApiCall<unknown>, reason: Reason, attempts: ReadonlyArray<Attempt>): MixpeekError =>
  errorOf(call, { reason, retry: false, hintMillis: null, status: null, type: null, requestId: null }, attempts)

/** Whether to try again after `failure`; 429s are bounded by time only, since waiting them out is the point. */
const mayRetry = (failure: Failure, transient: number, allowance: RetryAllowance): boolean =>
  failure.retry && (failure.status === 429 || (transient < maxRetries && allowance.spend()))

/** A transport on the `HttpClient` of the context. */
export const make = Effect.fnUntraced(function* (
  config: MixpeekConfig,
): Effect.fn.Return<Transport, never, HttpClient.HttpClient | Scope.Scope> {
  const budget = yield* RequestBudget.make(config)
  const attempt = Attempts.make(config, yield* HttpClient.HttpClient, budget)
  const allowance = new RetryAllowance()
  const breaker = yield* CircuitBreaker.make({
    tripPolicy: CircuitBreaker.consecutive(tripAfter),
    openDuration: Duration.seconds(openSeconds),
  }).pipe(Effect.provide(CircuitBreaker.layerStoreMemory()))

  const persist = Effect.fnUntraced(function* <A>(call: ApiCall<A>): Effect.fn.Return<A, MixpeekError> {
    const deadline = (yield* Clock.currentTimeMillis) + config.timeouts.totalMillis
    const attempts: Array<Attempt> = []
    for (let retry = 0, transient = 0; ; retry++) {
      const outcome = yield* attempt(call, deadline).pipe(Effect.mapError((reason) => unsent(call, reason, attempts)))
      if (Result.isSuccess(outcome)) {
        allowance.refund()
        return outcome.success
      }
      const failure = outcome.failure
      const wait = delayMillis(retry, failure.hintMillis, yield* Random.next)
      const now = yield* Clock.currentTimeMillis
      if (failure.status === 429) budget.pause(wait, now)
      else if (failure.retry) transient++
      const again = now + wait < deadline && mayRetry(failure, transient, allowance)
      attempts.push({
        status: failure.status,
        outcome: failure.reason._tag,
        requestId: failure.requestId,
        waitMillis: again ? wait : 0,
      })
      if (!again) return yield* errorOf(call, failure, attempts)
      yield* Effect.sleep(wait)
    }
  })

  const guarded = <A>(call: ApiCall<A>): Effect.Effect<A, MixpeekError> =>
    breaker.execute(persist(call), { key: config.baseUrl.origin, classify }).pipe(
      Effect.catchTag("CircuitBreakerError", (error) => {
        const retryAfterMillis = error.reason._tag === "CircuitOpen" ? Duration.toMillis(error.reason.retryAfter) : 1000
        return Effect.fail(unsent(call, new CircuitOpen({ retryAfterMillis }), []))
      }),
    )

  const send = <A>(call: ApiCall<A>): Effect.Effect<A, MixpeekError> =>
    config.observed
      ? guarded(call).pipe(Effect.withSpan(`Mixpeek ${call.method} ${call.path}`))
      : Effect.provideService(guarded(call), HttpClient.TracerDisabledWhen, () => true)

  return { send, budget }
})
