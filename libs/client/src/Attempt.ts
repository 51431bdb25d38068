/** One try of a call: its turn, its requests (more than one when redirected), and what came of it. */
import { Clock, Effect, Option, Result, Semaphore } from "effect"
import type * as HttpClient from "effect/http/HttpClient"
import type * as HttpClientResponse from "effect/http/HttpClientResponse"
import { type ApiCall, requestOf, textOf, urlOf } from "./ApiCall.ts"
import { redactor } from "./ApiKey.ts"
import { BufferedResponse } from "./BufferedResponse.ts"
import type { MixpeekConfig } from "./MixpeekConfig.ts"
import type { RateLimited } from "./Reason.ts"
import { type BudgetSpent, TimedOut, UnexpectedStatus } from "./Reason.ts"
import { observeExchange } from "./Observation.ts"
import type { RequestBudget } from "./RequestBudget.ts"
import type { HeaderMap } from "./RetryHint.ts"
import { bodyFault, type Failure, requestIdOf, responseFault } from "./ResponseFault.ts"
import { transportFault } from "./TransportFault.ts"

/** Why a call was not sent at all. */
export type Unsent = BudgetSpent | RateLimited | TimedOut

type Outcome<A> = Result.Result<A, Failure>

const maxRedirects = 5

const redirectOf = (response: HttpClientResponse.HttpClientResponse, from: URL): URL | null => {
  const location = response.headers["location"]
  if (response.status < 301 || response.status > 308 || location === undefined) return null
  return URL.parse(location, from.href)
}

const refused = (status: number, detail: string, requestId: string | null): Failure => ({
  reason: new UnexpectedStatus({ status, detail }),
  retry: false,
  hintMillis: null,
  status,
  type: null,
  requestId,
})

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

/** Makes the function that tries a call once. Fails only when nothing was sent. */
export const make = (config: MixpeekConfig, http: HttpClient.HttpClient, budget: RequestBudget) => {
  const slots = Semaphore.makeUnsafe(config.concurrency)
  const scrub = redactor(config.apiKey)
  const scrubAll = (headers: HeaderMap): HeaderMap =>
    Object.fromEntries(
      Object.entries(headers).map(([name, value]) => [name, value === undefined ? value : scrub(value)]),
    )

  const read = <A>(
    call: ApiCall<A>,
    response: HttpClientResponse.HttpClientResponse,
    body: Uint8Array,
    now: number,
  ): Outcome<A> => {
    const { status } = response
    const answered = status >= 200 && status <= 299
    const decoded = answered ? call.decode(body) : null
    if (decoded !== null && Result.isSuccess(decoded)) return Result.succeed(decoded.success)
    const headers = scrubAll(response.headers)
    if (decoded === null) return Result.fail(responseFault(status, headers, scrub(textOf(body)), now))
    const problem = { path: scrub(decoded.failure.path), expected: scrub(decoded.failure.expected) }
    return Result.fail(bodyFault(headers, scrub(textOf(body)), problem, now))
  }

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
    for (let redirects = 0; ; redirects++) {
      yield* budget.take(deadline)
      const sent = yield* Clock.currentTimeMillis
      const millis = Math.max(1, Math.min(config.timeouts.attemptMillis, deadline - sent))
      const exchanged = yield* exchange(call, url, millis)
      const now = yield* Clock.currentTimeMillis
      if (config.observed) yield* observeExchange(now - sent, sizeOf(exchanged))
      if (Result.isFailure(exchanged)) {
        const fault = transportFault(exchanged.failure, config.timeouts, config.maxBodyBytes)
        return Result.fail({ ...fault, requestId: fault.requestId === null ? null : scrub(fault.requestId) })
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
      const target = redirectOf(response, url)
      if (target === null) return read(call, response, body, now)
      const requestId = requestIdOf(scrubAll(response.headers))
      if (target.origin !== url.origin) {
        return Result.fail(refused(response.status, "a redirect to another host was refused", requestId))
      }
      if (redirects === maxRedirects) return Result.fail(refused(response.status, "too many redirects", requestId))
      url = target
    }
  })

  /** All slots are taken: waits for one, but not for ever. */
  const queued = <A>(call: ApiCall<A>, deadline: number): Effect.Effect<Outcome<A>, Unsent> =>
    Effect.flatMap(Clock.currentTimeMillis, (now) =>
      Effect.timeoutOrElse(slots.withPermits(1)(once(call, deadline)), {
        duration: Math.max(0, deadline - now) + graceMillis,
        orElse: () => Effect.fail(new TimedOut({ which: "total", millis: config.timeouts.totalMillis })),
      }),
    )

  return <A>(call: ApiCall<A>, deadline: number): Effect.Effect<Outcome<A>, Unsent> =>
    Effect.flatMap(
      slots.withPermitsIfAvailable(1)(once(call, deadline)),
      Option.match({ onNone: () => queued(call, deadline), onSome: Effect.succeed }),
    )
}
