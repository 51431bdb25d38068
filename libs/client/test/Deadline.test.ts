/** How long a call may take and how many requests it may cost, and what may not be asked at all. */
import { assert, describe, it } from "@effect/vitest"
import { Clock, Effect, Fiber } from "effect"
import { TestClock } from "effect/testing"
import { ask } from "./Ask.ts"
import { emptyPage, envelope, failure, Script } from "./Script.ts"

const page = ask((mixpeek) => mixpeek.page())

describe("the deadline", () => {
  const timeouts = {
    connectMillis: 1000,
    headersMillis: 1000,
    bodyIdleMillis: 1000,
    attemptMillis: 20_000,
    totalMillis: 50_000,
  }

  it.effect("ends a call that is answered by silence, and says which limit it was", () =>
    Effect.gen(function* () {
      const script = new Script("silence")
      const error = yield* failure(Effect.provide(page, script.layer({ timeouts })))
      assert.deepInclude(error.reason, { _tag: "TimedOut", which: "total" })
      assert.strictEqual(error.message, "The API took too long (total limit of 50 s).")
      assert.deepStrictEqual(
        error.attempts.map((attempt) => attempt.outcome),
        ["TimedOut", "TimedOut", "TimedOut"],
      )
      assert.strictEqual(yield* Clock.currentTimeMillis, 50_000)
    }),
  )

  it.effect("of one attempt is told apart from that of the call", () =>
    Effect.gen(function* () {
      const script = new Script("silence", envelope(404))
      const error = yield* failure(Effect.provide(page, script.layer({ timeouts })))
      assert.strictEqual(error.reason._tag, "NotFound")
      assert.strictEqual(error.attempts[0]?.outcome, "TimedOut")
    }),
  )

  it.effect("also ends a call that waits for a connection which a later call holds", () =>
    Effect.gen(function* () {
      const script = new Script(envelope(503, "X", {}, { "retry-after": "40" }), "silence")
      const limits = { ...timeouts, attemptMillis: 50_000 }
      yield* Effect.gen(function* () {
        const first = yield* Effect.forkChild(Effect.flip(page))
        yield* TestClock.adjust("30 seconds")
        yield* Effect.forkChild(Effect.flip(page)) // holds the only connection until 80 s have passed
        yield* TestClock.adjust("21 seconds")
        assert.isDefined(first.pollUnsafe())
        const error = yield* Fiber.join(first)
        assert.deepInclude(error.reason, { _tag: "TimedOut", which: "total" })
        assert.deepInclude(error, { status: 503 })
      }).pipe(Effect.provide(script.layer({ timeouts: limits, concurrency: 1 })))
    }),
  )
})

describe("the number of requests that were allowed", () => {
  it.effect("counts retries, and its end is an error that says so", () =>
    Effect.gen(function* () {
      const script = new Script(envelope(500))
      const error = yield* failure(Effect.provide(page, script.layer({ maxRequests: 3 })))
      assert.deepInclude(error.reason, { _tag: "BudgetSpent", limit: 3 })
      assert.strictEqual(script.times.length, 3)
      assert.strictEqual(error.attempts.length, 3)
      assert.strictEqual(error.status, 500)
    }),
  )
})

describe("a name that cannot be part of a path", () => {
  for (const name of ["", ".", ".."]) {
    it.effect(`as "${name}" is rejected without a request, since it would ask for something else`, () =>
      Effect.gen(function* () {
        const script = new Script(emptyPage)
        const call = ask((mixpeek) => mixpeek.page({ alert: name }))
        const error = yield* failure(Effect.provide(call, script.layer()))
        assert.strictEqual(error.reason._tag, "InvalidRequest")
        assert.strictEqual(script.times.length, 0)
      }),
    )
  }

  it.effect("is told from one that can, in any script", () =>
    Effect.gen(function* () {
      const script = new Script(emptyPage)
      yield* Effect.provide(
        ask((mixpeek) => mixpeek.page({ alert: "顔/検出? #1 ..%" })),
        script.layer(),
      )
      assert.include(script.urls[0], "/v1/alerts/%E9%A1%94%2F%E6%A4%9C%E5%87%BA%3F%20%231%20..%25/executions?")
    }),
  )
})

describe("an interrupted call", () => {
  it.effect("gives its place to the next", () =>
    Effect.gen(function* () {
      const script = new Script("silence", emptyPage)
      yield* Effect.gen(function* () {
        const stuck = yield* Effect.forkChild(page)
        yield* TestClock.adjust("1 second")
        yield* Fiber.interrupt(stuck)
        yield* page
      }).pipe(Effect.provide(script.layer({ concurrency: 1 })))
      assert.strictEqual(script.times.length, 2)
    }),
  )
})
