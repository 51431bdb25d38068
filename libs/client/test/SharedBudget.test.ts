/** One budget for several processes: who may send when, and what a 429 of one means for the others. */
import { assert, describe, it } from "@effect/vitest"
import { Clock, Effect, Exit, Layer } from "effect"
import { TestClock } from "effect/testing"
import * as RateLimiter from "effect/persistence/RateLimiter"
import { exitCodeOf, Mixpeek, type RequestBudget } from "../src/index.ts"
import * as Own from "../src/RequestBudget.ts"
import * as SharedBudget from "../src/SharedBudget.ts"
import { emptyPage, envelope, failure, runToEnd, Script } from "./Script.ts"

const memory = RateLimiter.layer.pipe(Layer.provide(RateLimiter.layerStoreMemory))

/** The budget of another process that has the same limiter. */
const process = (rate: "auto" | { readonly perMinute: number } = "auto") =>
  Effect.gen(function* () {
    const own = yield* Own.make({ rate, rateShare: 1, maxRequests: null })
    return SharedBudget.make(own, { limiter: yield* RateLimiter.RateLimiter, key: "k" })
  })

/** A server whose windows open with their first request, and what it was asked by whom, in milliseconds. */
const serverOf = (limit: number) => {
  const asked: Array<readonly [who: number, at: number]> = []
  let endsAt = 0
  let used = 0
  let refused = 0
  return {
    asked,
    refused: () => refused,
    answer: (who: number, now: number): Record<string, string> => {
      asked.push([who, now])
      if (now >= endsAt) [endsAt, used] = [now + 60_000, 0]
      if (++used > limit) refused++
      return {
        "x-ratelimit-limit": String(limit),
        "x-ratelimit-remaining": String(Math.max(0, limit - used)),
        "x-ratelimit-reset": String(Math.ceil(endsAt / 1000)),
      }
    },
  }
}

/** Sends `count` requests, one after the other, each answered after `latency` milliseconds. */
const send = (budget: RequestBudget, count: number, latency: number, answer: (now: number) => Record<string, string>) =>
  Effect.forEach(Array.from({ length: count }), () =>
    Effect.gen(function* () {
      yield* budget.take(Number.MAX_SAFE_INTEGER)
      const headers = answer(yield* Clock.currentTimeMillis)
      yield* Effect.sleep(latency)
      budget.learn(headers, yield* Clock.currentTimeMillis)
    }),
  )

describe("a limit that several processes share", () => {
  it.effect.each([10, 60, 600])("of %d a minute is used up by all together, and nobody starves", (limit) =>
    Effect.gen(function* () {
      const server = serverOf(limit)
      const processes = yield* Effect.all([process(), process(), process()])
      yield* runToEnd(
        Effect.forEach(
          processes,
          (budget, who) => send(budget, limit, 50 + who * 30, (now) => server.answer(who, now)),
          {
            concurrency: "unbounded",
          },
        ),
      )
      assert.strictEqual(server.refused(), 0)
      assert.strictEqual(server.asked.length, 3 * limit)
      const took = Math.max(...server.asked.map(([, at]) => at))
      assert.isBelow(took, 3 * 60_000 * 1.1)
      const early = server.asked.slice(0, limit).map(([who]) => who)
      for (const who of [0, 1, 2])
        assert.isAtLeast(early.filter((one) => one === who).length, Math.floor(limit / 3) - 1)
    }).pipe(Effect.provide(memory)),
  )

  it.effect("that is given with --rate is the pace of all together", () =>
    Effect.gen(function* () {
      const times: Array<number> = []
      const processes = yield* Effect.all([process({ perMinute: 60 }), process({ perMinute: 60 })])
      yield* runToEnd(
        Effect.forEach(processes, (budget) => send(budget, 5, 10, (now) => (times.push(now), {})), {
          concurrency: "unbounded",
        }),
      )
      assert.deepStrictEqual(
        times,
        Array.from({ length: 10 }, (_, at) => at * 1000),
      )
    }).pipe(Effect.provide(memory)),
  )
})

describe("no limit", () => {
  it.effect("is no way past the limiter: a turn that is taken at once would be taken from the others", () =>
    Effect.gen(function* () {
      const own = yield* Own.make({ rate: "unlimited", rateShare: 1, maxRequests: null })
      const shared = SharedBudget.make(own, { limiter: yield* RateLimiter.RateLimiter, key: "k" })
      assert.deepStrictEqual([own.takeNow(0), shared.takeNow(0)], [true, false])
    }).pipe(Effect.provide(memory)),
  )
})

describe("a 429 of one process", () => {
  it.effect("pauses the others for as long as it says, and they do not wake all at once", () =>
    Effect.gen(function* () {
      const [one, other, third] = yield* Effect.all([process(), process(), process()])
      const times: Array<number> = []
      yield* one.take(Number.MAX_SAFE_INTEGER)
      yield* one.pause(30_000, 0)
      yield* runToEnd(
        Effect.forEach([one, other, third], (budget) => send(budget, 1, 10, (now) => (times.push(now), {})), {
          concurrency: "unbounded",
        }),
      )
      assert.isAtLeast(Math.min(...times), 30_000)
      assert.strictEqual(new Set(times).size, 3)
    }).pipe(Effect.provide(memory)),
  )

  it.effect("is told by the client", () =>
    Effect.gen(function* () {
      const sharedLimit = { limiter: yield* RateLimiter.RateLimiter, key: "k" }
      const limited = new Script(envelope(429, "RateLimit", { retry_after: 20 }), emptyPage)
      const free = new Script(emptyPage)
      const ask = (script: Script) =>
        Effect.provide(
          Effect.flatMap(Mixpeek, (mixpeek) => mixpeek.page()),
          script.layer({ sharedLimit, rate: "auto" }),
        )
      yield* runToEnd(
        Effect.all([ask(limited), Effect.andThen(Effect.sleep("1 second"), ask(free))], { concurrency: 2 }),
      )
      assert.strictEqual(limited.times.length, 2)
      assert.isAtLeast(free.times[0] ?? 0, 20_000)
    }).pipe(Effect.provide(memory)),
  )
})

describe("a limiter that is away", () => {
  const broken: RateLimiter.RateLimiter = {
    "~effect/persistence/RateLimiter": "~effect/persistence/RateLimiter",
    consume: () => Effect.never,
    adaptiveConsume: () => Effect.never,
    adaptiveFeedback: () => Effect.never,
  }

  it.effect("fails the call within seconds, and nothing is sent", () =>
    Effect.gen(function* () {
      const script = new Script(emptyPage)
      const error = yield* failure(
        Effect.provide(
          Effect.flatMap(Mixpeek, (mixpeek) => mixpeek.page()),
          script.layer({ sharedLimit: { limiter: broken, key: "k" } }),
        ),
      )
      assert.strictEqual(error.reason._tag, "LimiterUnavailable")
      assert.match(error.message, /^The shared rate limiter did not answer \(.+\)\.$/)
      assert.strictEqual(exitCodeOf(error), 69)
      assert.strictEqual(script.times.length, 0)
    }),
  )

  it.effect("does not keep a process from pausing by itself", () =>
    Effect.gen(function* () {
      const own = yield* Own.make({ rate: "auto", rateShare: 1, maxRequests: null })
      const budget = SharedBudget.make(own, { limiter: broken, key: "k" })
      const paused = yield* Effect.forkChild(budget.pause(60_000, 0))
      yield* TestClock.adjust("20 seconds")
      assert.deepStrictEqual(paused.pollUnsafe(), Exit.void)
      assert.strictEqual((yield* budget.state).pausedUntil, 60_000)
    }),
  )
})
