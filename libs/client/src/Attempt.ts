/** One try of a call: its turn, its requests (more than one when redirected), and what came of it. */
import { Clock, Effect, Option, Result } from "effect"
import type * as HttpClient from "effect/http/HttpClient"
import type * as HttpClientResponse from "effect/http/HttpClientResponse"
import type { AnswerReader, Outcome } from "./AnswerReader.ts"
import { type ApiCall, requestOf, urlOf } from "./ApiCall.ts"
import { BufferedResponse } from "./BufferedResponse.ts"
import type { MixpeekConfig } from "./MixpeekConfig.ts"
import type { LimiterUnavailable, RateLimited } from "./Reason.ts"
import { type BudgetSpent, TimedOut } from "./Reason.ts"
import { observeExchange } from "./Observation.ts"
import type { RequestBudget } from "./RequestBudget.ts"
import { follow } from "./Redirect.ts"
import type { Slots } from "./Slots.ts"
import { transportFault } from "./TransportFault.ts"

/** Why a call was not sent at all. */
export type Unsent = BudgetSpent | LimiterUnavailable | RateLimited | TimedOut

interface Answer {
  readonly response: HttpClientResponse.HttpClientResponse
  readonly body: Uint8Array
}

const sizeOf = (exchanged: Result.Result<Answer | null, unknown>): number | null =>
  Result.isSuccess(exchanged) && exchanged.success !== null ? exchanged.success.body.length : null

/** The body of an answer; that of our own backend is at hand already. */
const bytesOf = (response: HttpClientResponse.HttpClientResponse) =>
  response instanceof BufferedResponse
    ? Effect.succeed<Uint8Array>(response.body)
    : Effect.map(response.arrayBuffer, (buffer) => new Uint8Array(buffer))

/** How much later than its deadline a call in the queue notices it: all other waits end by themselves before. */
const graceMillis = 100

export interface AttemptParts {
  readonly config: MixpeekConfig
  readonly http: HttpClient.HttpClient
  readonly budget: RequestBudget
  readonly slots: Slots
  readonly reader: AnswerReader
}

/** Tries a call once. Fails only when nothing was sent. */
export type Attempts = <A>(call: ApiCall<A>, deadline: number) => Effect.Effect<Outcome<A>, Unsent>

export const make = ({ budget, config, http, reader, slots }: AttemptParts): Attempts => {
  const exchange = Effect.fnUntraced(function* (call: ApiCall<unknown>, url: URL, millis: number) {
    return yield* http.execute(requestOf(config, call, url)).pipe(
      Effect.flatMap((response) => Effect.map(bytesOf(response), (body) => ({ response, body }))),
      Effect.timeoutOrElse({ duration: millis, orElse: () => Effect.succeed(null) }),
      Effect.result,
    )
  })

  const once = Effect.fnUntraced(function* <A>(
    call: ApiCall<A>,
    deadline: number,
  ): Effect.fn.Return<Outcome<A>, Unsent> {
    let url = urlOf(config.baseUrl, call)
    for (let redirects = 1; ; redirects++) {
      yield* budget.take(deadline)
      const sent = yield* Clock.currentTimeMillis
      const millis = Math.max(1, Math.min(config.timeouts.attemptMillis, deadline - sent))
      const exchanged = yield* exchange(call, url, millis)
      const now = yield* Clock.currentTimeMillis
      if (config.observed) yield* observeExchange(now - sent, sizeOf(exchanged))
      if (Result.isFailure(exchanged)) {
        return Result.fail(reader.scrubFailure(transportFault(exchanged.failure, config.timeouts, config.maxBodyBytes)))
      }
      if (exchanged.success === null) {
        const reason =
          millis < config.timeouts.attemptMillis
            ? new TimedOut({ which: "total", millis: config.timeouts.totalMillis })
            : new TimedOut({ which: "attempt", millis })
        return Result.fail({ reason, retry: true, hintMillis: null, status: null, type: null, requestId: null })
      }
      const { body, response } = exchanged.success
      budget.learn(response.headers, now)
      const target = follow(response.status, response.headers, url, redirects)
      if (target === null) return reader.read(call, response.status, response.headers, body, now)
      if (!(target instanceof URL)) return Result.fail(reader.scrubFailure(target))
      url = target
    }
  })

  /** All slots are taken: waits for one, but not for ever. */
  const queued = <A>(call: ApiCall<A>, deadline: number): Effect.Effect<Outcome<A>, Unsent> =>
    Effect.flatMap(Clock.currentTimeMillis, (now) =>
      Effect.timeoutOrElse(slots.hold(once(call, deadline)), {
        duration: Math.max(0, deadline - now) + graceMillis,
        orElse: () => Effect.fail(new TimedOut({ which: "total", millis: config.timeouts.totalMillis })),
      }),
    )

  return (call, deadline) =>
    Effect.flatMap(
      slots.holdIfFree(once(call, deadline)),
      Option.match({ onNone: () => queued(call, deadline), onSome: Effect.succeed }),
    )
}
