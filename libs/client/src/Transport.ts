/**
 * Sends a call and does not give up early: one retry unit around send, body
 * and decode, waits that obey the server, one pause for all after a 429, and a
 * circuit breaker outermost. The rules are in the README under "Retries".
 */
import { Clock, Duration, Effect, Exit, Option, Random, Result, type Scope, Semaphore } from "effect"
import * as HttpClient from "effect/http/HttpClient"
import * as CircuitBreaker from "effect/persistence/CircuitBreaker"
import { answerReader } from "./AnswerReader.ts"
import * as Attempts from "./Attempt.ts"
import { type ApiCall, canTravel } from "./ApiCall.ts"
import { Wire } from "./Backend.ts"
import { parseBaseUrl } from "./BaseUrl.ts"
import * as FirstTries from "./FirstTry.ts"
import { inRange, type MixpeekConfig } from "./MixpeekConfig.ts"
import { type Attempt, MixpeekError } from "./MixpeekError.ts"
import { observed, observeFailure } from "./Observation.ts"
import { CircuitOpen, InvalidRequest, type Reason } from "./Reason.ts"
import * as RequestBudget from "./RequestBudget.ts"
import type { Failure } from "./ResponseFault.ts"
import { delayMillis, maxRetries, RetryAllowance } from "./RetryPolicy.ts"

/** What the service is made of: a way to send, and what is left of the limit. */
export interface Transport {
  /** Fails as `MixpeekShape` says. */
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
const unsent = (call: ApiCall<unknown>, reason: Reason, attempts: ReadonlyArray<Attempt>): MixpeekError => {
  const last = attempts.at(-1)
  const known = { status: last?.status ?? null, type: null, requestId: last?.requestId ?? null }
  return errorOf(call, { reason, retry: false, hintMillis: null, ...known }, attempts)
}

/** Why a call cannot be sent at all to this address; `null` when it can. */
const obstacle = (base: URL, baseUrl: Result.Result<URL, MixpeekError>, call: ApiCall<unknown>): Reason | null => {
  if (Result.isFailure(baseUrl)) return baseUrl.failure.reason
  if (canTravel(base, call)) return null
  return new InvalidRequest({ said: "a name or ID cannot be part of a path: it is empty, . or ..", issues: [] })
}

/** A first attempt that failed, and when its call began. */
interface Begun {
  readonly failure: Failure
  readonly at: number
}

/** Whether to try again after `failure`, the `transient`th that is no 429; 429s are bounded by time only, since waiting them out is the point. */
const mayRetry = (failure: Failure, transient: number, allowance: RetryAllowance): boolean =>
  failure.retry && (failure.status === 429 || (transient <= maxRetries && allowance.spend()))

/** A transport on the `HttpClient` of the context. */
export const make = Effect.fnUntraced(function* (
  given: MixpeekConfig,
): Effect.fn.Return<Transport, never, HttpClient.HttpClient | Scope.Scope> {
  const config = inRange(given)
  const budget = yield* RequestBudget.make(config)
  const slots = Semaphore.makeUnsafe(config.concurrency)
  const reader = answerReader(config)
  const attempt = Attempts.make({ config, http: yield* HttpClient.HttpClient, budget, slots, reader })
  const wire = Option.getOrNull(yield* Effect.serviceOption(Wire))
  const tryFirst = wire === null || config.observed ? null : FirstTries.make({ config, wire, budget, slots, reader })
  const baseUrl = parseBaseUrl(config.baseUrl.href)
  const allowance = new RetryAllowance()
  const breaker = yield* CircuitBreaker.make({
    tripPolicy: CircuitBreaker.consecutive(tripAfter),
    openDuration: Duration.seconds(openSeconds),
  }).pipe(Effect.provide(CircuitBreaker.layerStoreMemory()))

  const persist = Effect.fnUntraced(function* <A>(
    call: ApiCall<A>,
    begun: Begun | null,
  ): Effect.fn.Return<A, MixpeekError> {
    const deadline = (begun?.at ?? (yield* Clock.currentTimeMillis)) + config.timeouts.totalMillis
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
      if (failure.status === 429) budget.pause(wait, now)
      else if (failure.retry) transient++
      const again = now + wait < deadline && mayRetry(failure, transient, allowance)
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

  /** Whether no call has failed since one succeeded: then a success has nothing to tell the breaker. */
  let calm = true

  const guarded = <A>(call: ApiCall<A>, begun: Begun | null): Effect.Effect<A, MixpeekError> =>
    breaker.execute(persist(call, begun), { key: config.baseUrl.origin, classify }).pipe(
      Effect.onExit((exit) => Effect.sync(() => void (calm = Exit.isSuccess(exit)))),
      Effect.catchTag("CircuitBreakerError", (error) => {
        const retryAfterMillis = error.reason._tag === "CircuitOpen" ? Duration.toMillis(error.reason.retryAfter) : 1000
        return Effect.fail(unsent(call, new CircuitOpen({ retryAfterMillis }), []))
      }),
    )

  const fully = <A>(call: ApiCall<A>, begun: Begun | null = null): Effect.Effect<A, MixpeekError> => {
    const quiet = Effect.provideService(guarded(call, begun), HttpClient.TracerDisabledWhen, () => true)
    return config.observed ? observed(call, quiet) : quiet
  }

  const send = <A>(call: ApiCall<A>): Effect.Effect<A, MixpeekError> => {
    const reason = obstacle(config.baseUrl, baseUrl, call)
    if (reason !== null) return Effect.fail(unsent(call, reason, []))
    if (tryFirst === null || call.body !== null) return fully(call)
    return Effect.clockWith((clock) => {
      if (!calm) return fully(call)
      const at = clock.currentTimeMillisUnsafe()
      return Effect.flatMap(tryFirst(call), (outcome) => {
        if (outcome === null) return fully(call)
        if (Result.isFailure(outcome)) return fully(call, { failure: outcome.failure, at })
        allowance.refund()
        return Effect.succeed(outcome.success)
      })
    })
  }

  return { send, budget }
})
