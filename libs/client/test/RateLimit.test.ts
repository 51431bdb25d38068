/** What a client does when the server says 429. */
import { assert, describe, it } from "@effect/vitest"
import { Clock, Effect, Fiber } from "effect"
import { TestClock } from "effect/testing"
import { ask } from "./Ask.ts"
import { type Answer, emptyPage, envelope, failure, runToEnd, Script } from "./Script.ts"

const page = ask((mixpeek) => mixpeek.page())

const limited = (headers: Record<string, string> = {}, details: unknown = {}): Answer =>
  envelope(429, "RateLimitError", details, headers)

/** How long a client waits between a 429 and its next request, in milliseconds. */
const waitAfter = (answer: Answer) =>
  Effect.gen(function* () {
    const script = new Script(answer, emptyPage)
    yield* TestClock.setTime(Date.UTC(2026, 2, 1))
    yield* runToEnd(Effect.provide(page, script.layer()))
    assert.strictEqual(script.times.length, 2)
    return (script.times[1] as number) - (script.times[0] as number)
  })

const httpDate = (millis: number): string => new Date(millis).toUTCString()
const now = Date.UTC(2026, 2, 1)

describe("a hint is a minimum, with at most a fifth on top", () => {
  const hinted: ReadonlyArray<readonly [string, Answer, number]> = [
    ["Retry-After in seconds", limited({ "retry-after": "30" }), 30_000],
    ["Retry-After as a date", limited({ "retry-after": httpDate(now + 30_000) }), 30_000],
    [
      "a date by a server clock one hour ahead",
      limited({ "retry-after": httpDate(now + 3_630_000), date: httpDate(now + 3_600_000) }),
      30_000,
    ],
    ["retry_after in the body", limited({}, { retry_after: 30 }), 30_000],
    ["X-RateLimit-Reset", limited({ "x-ratelimit-reset": String(now / 1000 + 30) }), 30_000],
    [
      "a reset by a server clock one hour ahead",
      limited({ "x-ratelimit-reset": String(now / 1000 + 3630), date: httpDate(now + 3_600_000) }),
      30_000,
    ],
    [
      "a reset by a server clock one hour behind",
      limited({ "x-ratelimit-reset": String(now / 1000 - 3570), date: httpDate(now - 3_600_000) }),
      30_000,
    ],
    ["a reset in Unix milliseconds", limited({ "x-ratelimit-reset": String(now + 30_000) }), 30_000],
    ["a reset that counts from now", limited({ "x-ratelimit-reset": "30" }), 30_000],
  ]
  for (const [name, answer, hint] of hinted) {
    it.effect(name, () =>
      Effect.gen(function* () {
        const waited = yield* waitAfter(answer)
        assert.isAtLeast(waited, hint)
        assert.isAtMost(waited, hint * 1.2 + 1)
      }),
    )
  }
})

describe("without a usable hint the wait is short, and never nothing", () => {
  const unhinted: ReadonlyArray<readonly [string, Answer]> = [
    ["no hint at all", limited()],
    ["a date in the past", limited({ "retry-after": httpDate(now - 3_600_000) })],
    ["0", limited({ "retry-after": "0" })],
    ["abc", limited({ "retry-after": "abc" })],
    ["a text that Date.parse would guess at", limited({ "retry-after": "5 seconds" })],
    ["a negative number", limited({ "retry-after": "-5" })],
  ]
  for (const [name, answer] of unhinted) {
    it.effect(name, () =>
      Effect.gen(function* () {
        const waited = yield* waitAfter(answer)
        assert.isAtLeast(waited, 200)
        assert.isAtMost(waited, 400)
      }),
    )
  }
})

describe("a hint beyond the deadline", () => {
  it.effect("fails at once and says when to come back", () =>
    Effect.gen(function* () {
      yield* TestClock.setTime(now)
      const script = new Script(limited({ "retry-after": String(30 * 86_400) }))
      const error = yield* failure(Effect.provide(page, script.layer()))
      assert.strictEqual(error.reason._tag, "RateLimited")
      if (error.reason._tag !== "RateLimited") return
      assert.strictEqual(error.reason.retryAt, now + 30 * 86_400_000)
      assert.strictEqual(error.message, "The rate limit of this API key is used up.")
      assert.include(error.hint, "2026-03-31T00:00:00Z")
      assert.strictEqual(yield* Clock.currentTimeMillis, now)
      assert.deepStrictEqual(error.attempts, [{ status: 429, outcome: "RateLimited", requestId: null, waitMillis: 0 }])
    }),
  )

  for (const absurd of ["9".repeat(306), "1" + "0".repeat(20)]) {
    it.effect(`is an error and no crash when it is as absurd as ${absurd.slice(0, 5)}… (${absurd.length} digits)`, () =>
      Effect.gen(function* () {
        const script = new Script(limited({ "retry-after": absurd }))
        const error = yield* failure(Effect.provide(page, script.layer()))
        assert.strictEqual(error.reason._tag, "RateLimited")
        assert.match(error.hint, /Try again after \d{4}-/)
      }),
    )
  }

  it.effect("keeps later calls from being sent, which say the same", () =>
    Effect.gen(function* () {
      const script = new Script(limited({ "retry-after": "86400" }))
      yield* Effect.gen(function* () {
        yield* failure(page)
        const error = yield* failure(page)
        assert.strictEqual(error.reason._tag, "RateLimited")
        assert.deepStrictEqual(error.attempts, [])
      }).pipe(Effect.provide(script.layer()))
      assert.strictEqual(script.times.length, 1)
    }),
  )
})

describe("one 429", () => {
  it.effect("pauses all workers, and none of them is early", () =>
    Effect.gen(function* () {
      const script = new Script(emptyPage, limited({ "retry-after": "30" }), emptyPage)
      const calls = Effect.forEach(Array.from({ length: 20 }), () => Effect.andThen(page, Effect.sleep("1 second")), {
        concurrency: 4,
      })
      yield* runToEnd(Effect.provide(calls, script.layer()))
      assert.strictEqual(script.times.length, 21)
      const [first] = script.times
      const during = script.times.filter((time) => time > (first as number) && time < (first as number) + 30_000)
      assert.deepStrictEqual(during, [])
    }),
  )

  it.effect("for ever ends with the deadline", () =>
    Effect.gen(function* () {
      const script = new Script(limited())
      const error = yield* failure(Effect.provide(page, script.layer()))
      assert.strictEqual(error.reason._tag, "RateLimited")
      assert.strictEqual(error.status, 429)
      assert.isAtMost(yield* Clock.currentTimeMillis, 601_000)
      assert.strictEqual(error.attempts.length, script.times.length)
    }),
  )
})

describe("a wait", () => {
  it.effect("ends at once when the call is interrupted", () =>
    Effect.gen(function* () {
      const script = new Script(limited({ "retry-after": "300" }))
      const fiber = yield* Effect.forkChild(Effect.provide(page, script.layer()))
      yield* TestClock.adjust("1 second")
      yield* Fiber.interrupt(fiber)
      assert.strictEqual(yield* Clock.currentTimeMillis, 1000)
      yield* TestClock.adjust("1 hour")
      assert.strictEqual(script.times.length, 1)
    }),
  )
})
