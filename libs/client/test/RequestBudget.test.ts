/** What is left of the rate limit, how it is learned, and who is told. */
import { assert, describe, it } from "@effect/vitest"
import { Clock, Effect, Fiber, Stream } from "effect"
import { TestClock } from "effect/testing"
import { type BudgetState, Mixpeek } from "../src/index.ts"
import * as RequestBudget from "../src/RequestBudget.ts"
import { type RequestBudgetOptions, RequestLedger } from "../src/RequestLedger.ts"
import { emptyPage, envelope, runToEnd, Script } from "./Script.ts"

const auto: RequestBudgetOptions = { rate: "auto", rateShare: 1, maxRequests: null }

/** When each of `count` requests went, in milliseconds, while `learn` is heard after each. */
const timesOf = (
  options: RequestBudgetOptions,
  count: number,
  headers: (now: number, sent: number) => Record<string, string>,
) =>
  Effect.gen(function* () {
    const budget = yield* RequestBudget.make(options)
    const times: Array<number> = []
    const all = Effect.forEach(Array.from({ length: count }), () =>
      Effect.gen(function* () {
        yield* budget.take(Number.MAX_SAFE_INTEGER)
        const now = yield* Clock.currentTimeMillis
        times.push(now)
        budget.learn(headers(now, times.length), now)
      }),
    )
    yield* runToEnd(all)
    return times
  })

/** A server that allows so many requests in each minute of its clock. */
const server = (limit: number) => {
  const used = new Map<number, number>()
  return (now: number): Record<string, string> => {
    const minute = Math.floor(now / 60_000)
    const count = (used.get(minute) ?? 0) + 1
    used.set(minute, count)
    return {
      "x-ratelimit-limit": String(limit),
      "x-ratelimit-remaining": String(Math.max(0, limit - count)),
      "x-ratelimit-reset": String((minute + 1) * 60),
    }
  }
}

/** A server whose windows open with their first request, and which tells all times in whole seconds; counts what is too much. */
const openedByRequests = (limit: number, whole: (seconds: number) => number) => {
  const start = 1_772_357_400_370
  let [used, endsAt, refused] = [0, 0, 0]
  return {
    refused: () => refused,
    headers: (millis: number): Record<string, string> => {
      const now = start + millis
      if (now >= endsAt) [used, endsAt] = [0, now + 60_000]
      if (++used > limit) refused++
      return {
        "x-ratelimit-limit": String(limit),
        "x-ratelimit-remaining": String(Math.max(0, limit - used)),
        "x-ratelimit-reset": String(whole(endsAt / 1000)),
        date: new Date(now).toUTCString(),
      }
    },
  }
}

const perMinute = (times: ReadonlyArray<number>): ReadonlyArray<number> => {
  const counts: Array<number> = []
  for (const time of times) counts[Math.floor(time / 60_000)] = (counts[Math.floor(time / 60_000)] ?? 0) + 1
  return counts
}

describe("a limit that the server tells", () => {
  it.effect("is used up and never passed", () =>
    Effect.gen(function* () {
      const times = yield* timesOf(auto, 35, server(10))
      assert.deepStrictEqual(perMinute(times), [10, 10, 10, 5])
    }),
  )

  it.effect.each([
    ["up", Math.ceil],
    ["down", Math.floor],
  ] as const)(
    "is used up and never passed when its windows open with a request and end in seconds rounded %s",
    ([, whole]) =>
      Effect.gen(function* () {
        const opened = openedByRequests(300, whole)
        const times = yield* timesOf(auto, 905, opened.headers)
        assert.strictEqual(opened.refused(), 0)
        assert.isAtMost(times.at(-1) as number, 3 * 60_300)
      }),
  )

  it.effect("is used up to the share that is ours", () =>
    Effect.gen(function* () {
      const times = yield* timesOf({ ...auto, rateShare: 0.5 }, 12, server(10))
      assert.deepStrictEqual(perMinute(times), [5, 5, 2])
    }),
  )

  it.effect("of nothing useful is ignored", () =>
    Effect.gen(function* () {
      for (const value of ["", "abc", "-1", "0", "NaN"]) {
        const times = yield* timesOf(auto, 5, () => ({ "x-ratelimit-limit": value, "x-ratelimit-remaining": "0" }))
        assert.isAtMost((times.at(-1) as number) - (times[0] as number), 1000)
      }
    }),
  )
})

describe("a limit that nobody tells", () => {
  it.effect("is approached from ten a second, and faster with every second", () =>
    Effect.gen(function* () {
      const times = yield* timesOf(auto, 100, () => ({}))
      assert.isAtMost(times.filter((time) => time < 1000).length, 11)
      assert.isAtMost(times.at(-1) as number, 6000)
    }),
  )

  it("is thought of as half as high after a 429, but not once for each of several at the same time", () => {
    const ledger = new RequestLedger(auto)
    const before = ledger.spacing(0)
    for (let worker = 0; worker < 5; worker++) ledger.pause(1000, 0)
    assert.strictEqual(ledger.spacing(500), before * 2)
    ledger.pause(1000, 2000)
    assert.strictEqual(ledger.spacing(2000), before * 4)
    assert.strictEqual(ledger.limited, 6)
  })
})

describe("a rate that was asked for", () => {
  it.effect("is kept to", () =>
    Effect.gen(function* () {
      const times = yield* timesOf({ ...auto, rate: { perMinute: 30 } }, 5, () => ({}))
      assert.deepStrictEqual(times, [0, 2000, 4000, 6000, 8000])
    }),
  )
})

describe("a turn that cannot come in time", () => {
  it.effect("is refused at once with the time when it would come", () =>
    Effect.gen(function* () {
      const budget = yield* RequestBudget.make({ ...auto, rate: "unlimited" })
      yield* budget.pause(60_000, 0)
      const error = yield* Effect.flip(budget.take(30_000))
      assert.deepInclude(error, { _tag: "RateLimited", retryAt: 60_000 })
      assert.strictEqual(yield* Clock.currentTimeMillis, 0)
    }),
  )

  it.effect("is refused at its deadline when others are in front", () =>
    Effect.gen(function* () {
      const budget = yield* RequestBudget.make({ ...auto, rate: { perMinute: 1 } })
      yield* budget.take(0)
      yield* Effect.forkChild(budget.take(1_000_000))
      yield* TestClock.adjust(0)
      const waiting = yield* Effect.forkChild(Effect.flip(budget.take(30_000)))
      yield* TestClock.adjust("30 seconds")
      assert.strictEqual((yield* Fiber.join(waiting))._tag, "RateLimited")
    }),
  )
})

describe("the changes of a budget", () => {
  it.effect("begin with the state now, and go on with every request, answer and pause", () =>
    Effect.gen(function* () {
      const script = new Script(
        () => ({
          ...emptyPage,
          headers: { "x-ratelimit-limit": "60", "x-ratelimit-remaining": "59", "x-ratelimit-reset": "60" },
        }),
        envelope(429, "RateLimitError", {}, { "retry-after": "5" }),
        emptyPage,
      )
      yield* Effect.gen(function* () {
        const { budget, page } = yield* Mixpeek
        const seen: Array<BudgetState> = []
        const reader = yield* Effect.forkChild(
          Stream.runForEach(budget.changes, (state) => Effect.sync(() => void seen.push(state))),
        )
        yield* TestClock.adjust(0)
        assert.deepInclude(seen[0], { spent: 0, limit: null, pausedUntil: null })
        yield* page()
        yield* TestClock.adjust(0)
        assert.deepInclude(seen.at(-1), { spent: 1, limit: 60, remaining: 59 })
        const second = yield* Effect.forkChild(page())
        yield* TestClock.adjust("1 second")
        assert.isAtLeast(seen.at(-1)?.pausedUntil ?? 0, 5000)
        yield* TestClock.adjust("10 seconds")
        yield* Fiber.join(second)
        assert.deepInclude(yield* budget.state, { spent: 3, limited: 1, pausedUntil: null })
        yield* Fiber.interrupt(reader)
      }).pipe(Effect.provide(script.layer()))
    }),
  )

  it.effect("are told to nobody who has gone", () =>
    Effect.gen(function* () {
      const ledger = new RequestLedger(auto)
      assert.strictEqual(ledger.listeners.size, 0)
      const budget = yield* RequestBudget.make(auto)
      const first = yield* Stream.runCollect(Stream.take(budget.changes, 1))
      assert.strictEqual(first.length, 1)
    }),
  )
})
