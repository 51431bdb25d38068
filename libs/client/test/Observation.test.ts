/** What an observed client counts and traces, and that another does neither. */
import { assert, describe, it } from "@effect/vitest"
import { Effect, Layer, Metric, Tracer } from "effect"
import { ask } from "./Ask.ts"
import * as Observation from "../src/Observation.ts"
import { emptyPage, envelope, runToEnd, Script } from "./Script.ts"

const page = ask((mixpeek) => mixpeek.page())

const counts = Effect.all({
  requests: Metric.value(Observation.requests),
  retries: Metric.value(Observation.retries),
  rateLimited: Metric.value(Observation.rateLimited),
  bytes: Metric.value(Observation.bytes),
  latency: Metric.value(Observation.latency),
})

const run = (observed: boolean) =>
  Effect.gen(function* () {
    const script = new Script(envelope(429), envelope(503, "X", {}, { "x-request-id": "req_2" }), emptyPage)
    const spans: Array<Tracer.Span & { events?: ReadonlyArray<readonly [string, bigint, Record<string, unknown>]> }> =
      []
    const tracer = Tracer.make({
      span: (options) => {
        const span = new Tracer.NativeSpan(options)
        spans.push(span as never)
        return span
      },
    })
    const before = yield* counts
    const call = page.pipe(
      Effect.provide(Layer.provideMerge(script.layer({ observed }), Layer.succeed(Tracer.Tracer, tracer))),
    )
    yield* runToEnd(call)
    const after = yield* counts
    return { spans, before, after, headers: script.headers }
  })

describe("an observed client", () => {
  it.effect("counts its requests, retries, 429s and bytes, and how long they took", () =>
    Effect.gen(function* () {
      const { after, before } = yield* run(true)
      assert.strictEqual(after.requests.count - before.requests.count, 3)
      assert.strictEqual(after.retries.count - before.retries.count, 2)
      assert.strictEqual(after.rateLimited.count - before.rateLimited.count, 1)
      assert.isAbove(after.bytes.count - before.bytes.count, 100)
      assert.strictEqual(after.latency.count - before.latency.count, 3)
    }),
  )

  it.effect("makes one span for a call, with an event for each attempt that failed", () =>
    Effect.gen(function* () {
      const { headers, spans } = yield* run(true)
      assert.deepStrictEqual(
        spans.map((span) => span.name),
        ["Mixpeek GET"],
      )
      assert.strictEqual(spans[0]?.attributes.get("url.path"), "/v1/alerts/executions")
      assert.deepStrictEqual(
        spans[0]?.events?.map(([name, , told]) => [
          name,
          told["mixpeek.outcome"],
          told["http.response.status_code"],
          told["mixpeek.request_id"],
        ]),
        [
          ["attempt failed", "RateLimited", 429, undefined],
          ["attempt failed", "ServerFault", 503, "req_2"],
        ],
      )
      assert.notInclude(Object.keys(headers[0] ?? {}).join(), "traceparent")
    }),
  )
})

describe("a client that is not observed", () => {
  it.effect("makes no span and counts nothing", () =>
    Effect.gen(function* () {
      const { after, before, spans } = yield* run(false)
      assert.deepStrictEqual(spans, [])
      assert.deepStrictEqual(after, before)
    }),
  )
})
