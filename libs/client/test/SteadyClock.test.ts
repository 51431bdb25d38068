import { assert, describe, it } from "@effect/vitest"
import { Clock, Effect, Fiber } from "effect"
import { TestClock } from "effect/testing"
import { steady } from "../src/SteadyClock.ts"
import { ask } from "./Ask.ts"
import { emptyPage, envelope, Script } from "./Script.ts"

const start = Date.UTC(2026, 2, 1)
const hour = 3_600_000

/** The test's clock, as a machine shows it whose clock was set. */
const shifted = (clock: Clock.Clock, by: { millis: number }): Clock.Clock => ({
  currentTimeMillisUnsafe: () => clock.currentTimeMillisUnsafe() + by.millis,
  currentTimeMillis: Effect.sync(() => clock.currentTimeMillisUnsafe() + by.millis),
  currentTimeNanosUnsafe: () => clock.currentTimeNanosUnsafe() + BigInt(by.millis) * 1_000_000n,
  currentTimeNanos: Effect.sync(() => clock.currentTimeNanosUnsafe() + BigInt(by.millis) * 1_000_000n),
  monotonicTimeNanosUnsafe: () => clock.monotonicTimeNanosUnsafe(),
  monotonicTimeNanos: clock.monotonicTimeNanos,
  sleep: (duration) => clock.sleep(duration),
})

describe("a clock that is set in the middle of a run", () => {
  it.effect("never goes back, goes on at its pace, and follows what is ahead", () =>
    Effect.gen(function* () {
      yield* TestClock.setTime(start)
      const by = { millis: 0 }
      const clock = steady(shifted(yield* Clock.clockWith(Effect.succeed), by))
      assert.strictEqual(clock.currentTimeMillisUnsafe(), start)
      by.millis = -hour
      assert.strictEqual(clock.currentTimeMillisUnsafe(), start)
      yield* TestClock.adjust("5 seconds")
      assert.strictEqual(clock.currentTimeMillisUnsafe(), start + 5000)
      assert.strictEqual(clock.currentTimeNanosUnsafe(), BigInt(start + 5000) * 1_000_000n)
      by.millis = hour
      assert.strictEqual(clock.currentTimeMillisUnsafe(), start + 5000 + 2 * hour)
    }),
  )

  it.effect("does not make the pause after a 429 an hour longer", () =>
    Effect.gen(function* () {
      yield* TestClock.setTime(start)
      const by = { millis: 0 }
      const clock = steady(shifted(yield* Clock.clockWith(Effect.succeed), by))
      const script = new Script(envelope(429, "TooManyRequestsError", {}, { "retry-after": "2" }), emptyPage)
      const call = ask((mixpeek) => mixpeek.page()).pipe(
        Effect.provide(script.layer()),
        Effect.provideService(Clock.Clock, clock),
      )
      const fiber = yield* Effect.forkChild(call)
      yield* TestClock.adjust("1 second")
      by.millis = -hour
      yield* TestClock.adjust("10 seconds")
      assert.strictEqual(script.times.length, 2)
      yield* Fiber.join(fiber)
    }),
  )
})
