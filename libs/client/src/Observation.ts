/** What an observed client counts and traces. Nothing here costs anything while `observed` is false. */
import { Clock, Effect, Metric, Option } from "effect"
import type { MixpeekError } from "./MixpeekError.ts"
import type { Failure } from "./ResponseFault.ts"

/** Requests sent, retries and redirects included. */
export const requests = Metric.counter("mixpeek.client.requests", { incremental: true })

/** Requests that were sent again because the one before failed. */
export const retries = Metric.counter("mixpeek.client.retries", { incremental: true })

/** Answers with status 429. */
export const rateLimited = Metric.counter("mixpeek.client.rate_limited", { incremental: true })

/** Bytes of bodies, after decompression. */
export const bytes = Metric.counter("mixpeek.client.response.bytes", { incremental: true })

/** Milliseconds from a request sent to its body read, without any wait before. */
export const latency = Metric.histogram("mixpeek.client.request.duration", {
  boundaries: [5, 10, 25, 50, 100, 250, 500, 1000, 2500, 5000, 10_000, 30_000, 60_000],
})

/** Counts one exchange; `size` is `null` when no answer came. */
export const observeExchange = (millis: number, size: number | null): Effect.Effect<void> =>
  Effect.andThen(
    Effect.andThen(Metric.update(requests, 1), Metric.update(latency, millis)),
    size === null ? Effect.void : Metric.update(bytes, size),
  )

/** Counts a failed attempt and notes it in the span of its call; `waitMillis` is 0 when no other follows. */
export const observeFailure = (failure: Failure, attempt: number, waitMillis: number): Effect.Effect<void> =>
  Effect.gen(function* () {
    if (failure.status === 429) yield* Metric.update(rateLimited, 1)
    if (waitMillis > 0) yield* Metric.update(retries, 1)
    const span = yield* Effect.option(Effect.currentSpan)
    if (Option.isNone(span)) return
    const now = yield* Clock.currentTimeNanos
    span.value.event("attempt failed", now, {
      "mixpeek.attempt": attempt,
      "mixpeek.outcome": failure.reason._tag,
      "mixpeek.wait_ms": waitMillis,
      ...(failure.status === null ? {} : { "http.response.status_code": failure.status }),
      ...(failure.requestId === null ? {} : { "mixpeek.request_id": failure.requestId }),
    })
  })

/**
 * The span of a call, with its retries and waits. Holds the method, the path
 * and the failure, and no header, query, body or record; nothing about it is
 * sent to the API.
 */
export const observed = <A>(
  call: { readonly method: string; readonly path: string },
  effect: Effect.Effect<A, MixpeekError>,
): Effect.Effect<A, MixpeekError> =>
  Effect.suspend(() => {
    const read: Array<A> = []
    return effect.pipe(
      Effect.map((value) => void read.push(value)),
      Effect.withSpan(`Mixpeek ${call.method}`, {
        kind: "client",
        attributes: { "http.request.method": call.method, "url.path": call.path },
      }),
      Effect.map(() => read[0] as A),
    )
  })
