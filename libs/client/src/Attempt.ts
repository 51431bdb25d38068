/** One try of a call: its turn, its requests (more than one when redirected), and what came of it. */
import type { Malformed } from "@mixpeek-alerts/domain"
import { Clock, Effect, Redacted, Result, Semaphore } from "effect"
import type * as HttpClient from "effect/http/HttpClient"
import * as HttpClientRequest from "effect/http/HttpClientRequest"
import type * as HttpClientResponse from "effect/http/HttpClientResponse"
import type { MixpeekConfig } from "./MixpeekConfig.ts"
import type { RateLimited } from "./Reason.ts"
import { type BudgetSpent, TimedOut, UnexpectedStatus } from "./Reason.ts"
import type { RequestBudget } from "./RequestBudget.ts"
import { bodyFault, type Failure, requestIdOf, responseFault } from "./ResponseFault.ts"
import { transportFault } from "./TransportFault.ts"

/** A read of the API: what to ask for, and how to read the answer. */
export interface ApiCall<A> {
  readonly method: "GET" | "POST"
  readonly path: string
  readonly query: Readonly<Record<string, string>>
  /** JSON text, for the list POST, which is a read. */
  readonly body: string | null
  /** Reads the text of a 200. */
  readonly decode: (text: string) => Result.Result<A, Malformed>
}

type Outcome<A> = Result.Result<A, Failure>

const maxRedirects = 5

const urlOf = (base: URL, call: ApiCall<unknown>): URL => {
  const url = new URL(base)
  url.pathname = base.pathname.replace(/\/$/, "") + call.path
  url.search = new URLSearchParams(call.query).toString()
  return url
}

const requestOf = (config: MixpeekConfig, call: ApiCall<unknown>, url: URL): HttpClientRequest.HttpClientRequest => {
  const headers: Record<string, string> = {
    authorization: `Bearer ${Redacted.value(config.apiKey)}`,
    accept: "application/json",
    "accept-encoding": "gzip",
    "user-agent": config.userAgent,
  }
  if (config.namespace !== null) headers["x-namespace"] = config.namespace
  const request = HttpClientRequest.make(call.method)(url.href, { headers })
  return call.body === null ? request : HttpClientRequest.bodyText(request, call.body, "application/json")
}

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

/** Makes the function that tries a call once. It never fails but for a spent budget. */
export const make = (config: MixpeekConfig, http: HttpClient.HttpClient, budget: RequestBudget) => {
  const slots = Semaphore.makeUnsafe(config.concurrency)
  const key = Redacted.value(config.apiKey)
  const scrub = (text: string): string => text.replaceAll(key, "<redacted>")

  const read = <A>(
    call: ApiCall<A>,
    response: HttpClientResponse.HttpClientResponse,
    text: string,
    now: number,
  ): Outcome<A> => {
    const { headers, status } = response
    if (status < 200 || status > 299) return Result.fail(responseFault(status, headers, scrub(text), now))
    const decoded = call.decode(text)
    if (Result.isSuccess(decoded)) return Result.succeed(decoded.success)
    return Result.fail(bodyFault(headers, scrub(text), decoded.failure, now))
  }

  const exchange = Effect.fnUntraced(function* (call: ApiCall<unknown>, url: URL, millis: number) {
    return yield* http.execute(requestOf(config, call, url)).pipe(
      Effect.flatMap((response) => Effect.map(response.text, (text) => ({ response, text }))),
      Effect.timeoutOrElse({ duration: millis, orElse: () => Effect.succeed(null) }),
      Effect.result,
    )
  })

  const once = Effect.fnUntraced(function* <A>(
    call: ApiCall<A>,
    deadline: number,
  ): Effect.fn.Return<Outcome<A>, BudgetSpent | RateLimited> {
    let url = urlOf(config.baseUrl, call)
    for (let redirects = 0; ; redirects++) {
      yield* budget.take(deadline)
      const sent = yield* Clock.currentTimeMillis
      const millis = Math.max(1, Math.min(config.timeouts.attemptMillis, deadline - sent))
      const exchanged = yield* exchange(call, url, millis)
      const now = yield* Clock.currentTimeMillis
      if (Result.isFailure(exchanged)) {
        return Result.fail(transportFault(exchanged.failure, config.timeouts, config.maxBodyBytes))
      }
      if (exchanged.success === null) {
        const reason = new TimedOut({ which: "attempt", millis })
        return Result.fail({ reason, retry: true, hintMillis: null, status: null, type: null, requestId: null })
      }
      const { response, text } = exchanged.success
      budget.learn(response.headers, now)
      const target = redirectOf(response, url)
      if (target === null) return read(call, response, text, now)
      const requestId = requestIdOf(response.headers)
      if (target.origin !== url.origin) {
        return Result.fail(refused(response.status, "a redirect to another host was refused", requestId))
      }
      if (redirects === maxRedirects) return Result.fail(refused(response.status, "too many redirects", requestId))
      url = target
    }
  })

  return <A>(call: ApiCall<A>, deadline: number): Effect.Effect<Outcome<A>, BudgetSpent | RateLimited> =>
    slots.withPermits(1)(once(call, deadline))
}
