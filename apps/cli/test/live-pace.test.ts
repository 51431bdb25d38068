/** Live mode with the clock in hand: how many requests it makes. */
import { Mixpeek, MixpeekError, Reason } from "@mixpeek-alerts/client"
import { assert, describe, it } from "@effect/vitest"
import { Clock, Effect, Layer, Stream } from "effect"
import { TestClock } from "effect/testing"
import { performOn } from "../src/tui/Perform.ts"
import { liveByDefault } from "../src/tui/Live.ts"
import { initialModel } from "../src/tui/Show.ts"
import { Stage } from "../src/tui/Stage.ts"
import { source, theme } from "./Fixture.ts"
import { budget, now } from "./LiveFixture.ts"
import * as Store from "../src/tui/Store.ts"

/** Runs live mode for virtual minutes against a server that counts and sometimes fails; gives the times of its requests. */
const watched = (limit: number, minutes: number) =>
  Effect.gen(function* () {
    const times: Array<number> = []
    const refusal = new MixpeekError({
      reason: new Reason.Unreachable({ phase: "connect", code: "ECONNREFUSED" }),
      method: "GET",
      path: "/v1/alerts/executions",
      status: null,
      type: null,
      requestId: null,
      attempts: [],
    })
    const state = { ...budget({ limit, remaining: limit }) }
    const service = Layer.mock(Mixpeek)({
      page: () =>
        Effect.gen(function* () {
          times.push(yield* Clock.currentTimeMillis)
          if (times.length % 7 === 0) return yield* refusal
          return now(20)
        }),
      budget: {
        take: () => Effect.void,
        takeNow: () => true,
        learn: () => {},
        pause: () => Effect.void,
        state: Effect.succeed(state),
        changes: Stream.succeed(state),
      },
    })
    const options = {
      target: null,
      theme,
      source,
      lookedAt: null,
      live: { ...liveByDefault, on: true, intervalMillis: 100 },
    }
    const model = initialModel(options, { columns: 80, rows: 24 }, yield* Clock.currentTimeMillis)
    const store = yield* Effect.provide(
      Store.make(
        model,
        [{ _tag: "LoadPage", cursor: null, alert: null }, { _tag: "WatchBudget" }],
        performOn(new Stage()),
      ),
      service,
    )
    // Small steps: within one, everything that is due happens, but what comes of it happens in the next.
    const stepMillis = 60_000 / (limit / 2) / 4
    for (let minute = 0; minute < minutes; minute++) {
      for (let passed = 0; passed < 60_000; passed += stepMillis) yield* TestClock.adjust(stepMillis)
      if (minute % 3 === 1) store.dispatch({ _tag: "FocusChanged", focused: minute % 2 === 0 })
      if (minute % 5 === 1) for (let press = 0; press < 4; press++) store.dispatch({ _tag: "Pressed", press: "w" })
    }
    assert.isTrue(store.model().live.on)
    return times
  })

describe("ten minutes of live mode", () => {
  for (const limit of [10, 60, 600]) {
    it.effect(`never passes half of ${limit} requests a minute, and uses most of it`, () =>
      Effect.gen(function* () {
        // The first is the list that the person asked for.
        const times = (yield* watched(limit, 10)).slice(1)
        const most = Math.max(
          ...times.map((from) => times.filter((time) => time >= from && time < from + 60_000).length),
        )
        assert.isAtMost(most, limit / 2)
        assert.isAbove(most, (limit / 2) * 0.7)
      }),
    )
  }
})
