/** Live mode: what it asks for and when, and what it does to what is on the screen. */
import { type BudgetState, Mixpeek, MixpeekError, Reason } from "@mixpeek-alerts/client"
import { assert, describe, it } from "@effect/vitest"
import { type Cursor, type Page, parseRecord, type Decoded } from "@mixpeek-alerts/domain"
import { Clock, Effect, Layer, Result, Stream } from "effect"
import { TestClock } from "effect/testing"
import { problem } from "../src/Problem.ts"
import { orderingOf } from "../src/live/Ordering.ts"
import type { Command } from "../src/tui/Command.ts"
import { indexOf, loaded, selectedItem } from "../src/tui/List.ts"
import { liveByDefault, mostRows, news } from "../src/tui/Live.ts"
import type { Model } from "../src/tui/Model.ts"
import { performOn } from "../src/tui/Perform.ts"
import { initialModel } from "../src/tui/Show.ts"
import { Stage } from "../src/tui/Stage.ts"
import * as Store from "../src/tui/Store.ts"
import { update } from "../src/tui/Update.ts"
import { after, at, listed, pageOf, pressing, source, theme, waitingModel } from "./Fixture.ts"

const whole = pageOf(200)
/** The page as it was before the newest `count` had arrived. */
const before = (count: number, size = 50): Page => ({
  records: whole.records.slice(count, count + size),
  next: whole.next,
  totalCount: 412 - count,
})
const now = (size: number): Page => ({ ...whole, records: whole.records.slice(0, size) })

const budget = (more: Partial<BudgetState> = {}): BudgetState => ({
  limit: 60,
  remaining: 44,
  resetsAt: at + 30_000,
  spent: 16,
  pausedUntil: null,
  limited: 0,
  ...more,
})

/** The list with 50 rows, of which the newest five are yet to come; live is on. */
const live = (columns = 80, rows = 24): Model =>
  pressing(
    after(
      waitingModel(null, columns, rows),
      { _tag: "PageLoaded", page: before(5), more: false, at },
      { _tag: "BudgetChanged", budget: budget(), at },
    ),
    "w",
  )

const commands = (model: Model, message: Parameters<typeof update>[1]): ReadonlyArray<Command> =>
  update(model, message).commands
const tags = (of: ReadonlyArray<Command>): ReadonlyArray<string> => of.map(({ _tag }) => _tag)
const looking = (model: Model, later = 20_000): Model => after(model, { _tag: "LookDue", at: at + later })
const found = (model: Model, page: Page, later = 20_000): Model =>
  after(looking(model, later), { _tag: "LookLoaded", page, at: at + later + 100 })
const line = ({ list }: Model): number => indexOf(list) - list.top

describe("live mode", () => {
  it("looks when it is due, and says when that is", () => {
    const model = live()
    assert.isAtLeast(model.live.nextAt ?? 0, at + 15_000)
    assert.deepStrictEqual(tags(commands(model, { _tag: "LookDue", at: at + 1000 })), ["LookLater", "Tick"])
    assert.deepStrictEqual(commands(model, { _tag: "LookDue", at: at + 20_000 }), [{ _tag: "Look", pageSize: 100 }])
    assert.deepStrictEqual(tags(commands(looking(model), { _tag: "LookDue", at: at + 21_000 })), [])
  })

  it("shows what is new above without moving the cursor, and counts it until it was on the screen", () => {
    const there = pressing(live(), "j", "j")
    const next = found(there, now(20))
    assert.strictEqual(selectedItem(next.list)?.key, selectedItem(there.list)?.key)
    assert.strictEqual(line(next), line(there))
    assert.deepStrictEqual(news(next), { above: 5, below: 0 })
    assert.deepStrictEqual(news(pressing(next, "k", "k", "k")), { above: 4, below: 0 })
    assert.deepStrictEqual(news(pressing(next, "g")), { above: 0, below: 0 })
  })

  it("follows the newest with f until the cursor is moved", () => {
    const following = pressing(live(), "j", "f")
    const next = found(following, now(20))
    assert.strictEqual(indexOf(next.list), 0)
    assert.isTrue(next.live.follow)
    assert.deepStrictEqual(news(next), { above: 0, below: 0 })
    const moved = pressing(next, "j")
    assert.isFalse(moved.live.follow)
    assert.isTrue(moved.live.on)
  })

  it("has a row for what a page does not reach back to, and enter fills it", () => {
    const gappy = found(live(), now(2))
    const rows = gappy.list.visible.slice(0, 4).map(({ record }) => record === null)
    assert.deepStrictEqual(rows, [false, false, true, false])
    assert.strictEqual(gappy.list.gaps[0]?.missing, 3)
    const onIt = pressing(gappy, "g", "j", "j")
    assert.isNull(selectedItem(onIt.list))
    const filling = update(onIt, { _tag: "Pressed", press: "enter" })
    const gap = gappy.list.gaps[0]
    assert.deepStrictEqual(filling.commands[0], {
      _tag: "LoadPage",
      cursor: gap?.cursor as Cursor,
      gap: gap?.key as string,
    })
    const filled = after(filling.model, {
      _tag: "PageLoaded",
      page: { ...whole, records: whole.records.slice(2, 30) },
      more: true,
      gap: gap?.key as string,
      at,
    })
    assert.deepStrictEqual(filled.list.gaps, [])
    assert.deepStrictEqual(
      loaded(filled.list).map(({ key }) => key),
      loaded(listed(80, 24, 55).list).map(({ key }) => key),
    )
    assert.strictEqual(indexOf(filled.list), 2)
  })

  it("keeps the gap where it belongs in both directions of time, and out of other orders", () => {
    const gappy = found(live(), now(2))
    const turned = pressing(gappy, "s", "t")
    const place = turned.list.visible.findIndex(({ record }) => record === null)
    assert.strictEqual(turned.list.visible[place + 1]?.key, gappy.list.gaps[0]?.after)
    assert.isTrue(pressing(gappy, "s", "d").list.visible.every(({ record }) => record !== null))
  })

  it("asks for a larger page after a gap", () => {
    const gappy = found(live(), now(2))
    assert.deepStrictEqual(commands(gappy, { _tag: "LookDue", at: at + 60_000 }), [{ _tag: "Look", pageSize: 200 }])
  })

  it("lets a request of the person's own go first, and looks again at its next turn", () => {
    const step = update(looking(live()), { _tag: "Pressed", press: "L" })
    assert.deepStrictEqual(tags(step.commands), ["Cancel", "LoadPage", "Tick", "LookLater", "Tick"])
    assert.isFalse(step.model.live.looking)
    assert.deepStrictEqual(commands(step.model, { _tag: "LookDue", at: at + 60_000 }), [
      { _tag: "LookLater", millis: 1000 },
    ])
    assert.strictEqual(after(step.model, { _tag: "LookLoaded", page: now(9), at }).list, step.model.list)
  })

  it("is four times slower when the window has lost the focus, and hurries when it is back", () => {
    const model = live()
    const away = after(model, { _tag: "FocusChanged", focused: false })
    assert.isAtLeast(away.live.nextAt ?? 0, at + 60_000)
    assert.strictEqual(after(away, { _tag: "FocusChanged", focused: true }).live.nextAt, model.live.nextAt)
  })

  it("waits as long as the server says after a 429", () => {
    const limited = { ...problem("RateLimited", 75, "Used up.", ""), retryAt: at + 90_000 }
    const model = after(looking(live()), { _tag: "LookFailed", problem: limited, at: at + 20_100 })
    assert.strictEqual(model.live.nextAt, at + 90_000)
    const paused = after(looking(live()), { _tag: "BudgetChanged", budget: budget({ pausedUntil: at + 120_000 }), at })
    const failed = after(paused, { _tag: "LookFailed", problem: { ...limited, retryAt: null }, at: at + 20_100 })
    assert.strictEqual(failed.live.nextAt, at + 120_000)
  })

  it("hurries as soon as the limit is known to be larger", () => {
    const options = { target: null, theme, source, lookedAt: null }
    const live = { ...liveByDefault, on: true, intervalMillis: 1000 }
    const unknown = after(initialModel({ ...options, live }, { columns: 80, rows: 24 }, at), {
      _tag: "PageLoaded",
      page: before(5),
      more: false,
      at,
    })
    assert.isAtLeast(unknown.live.nextAt ?? 0, at + 12_000)
    const known = after(unknown, { _tag: "BudgetChanged", budget: budget(), at: at + 10 })
    assert.isBelow(known.live.nextAt ?? 0, at + 3000)
    assert.deepStrictEqual(commands(known, { _tag: "BudgetChanged", budget: budget({ remaining: 40 }), at }), [])
  })

  it("goes on through outages ever more slowly, keeps the rows, and stops when waiting cannot help", () => {
    let model = live()
    const waits: Array<number> = []
    for (let count = 0; count < 3; count++) {
      model = after(model, { _tag: "LookDue", at: model.live.nextAt ?? 0 })
      const began = model.live.lookedAt ?? 0
      model = after(model, { _tag: "LookFailed", problem: problem("Unreachable", 69, "No.", ""), at: began })
      waits.push(Math.floor(((model.live.nextAt ?? 0) - began) / 15_000))
    }
    assert.deepStrictEqual(waits, [2, 4, 4])
    assert.strictEqual(model.list.visible.length, 50)
    const refused = after(looking(live()), {
      _tag: "LookFailed",
      problem: problem("Unauthorized", 77, "No key.", ""),
      at,
    })
    assert.isFalse(refused.live.on)
    assert.strictEqual(refused.notice, "Live is off: No key.")
    assert.strictEqual(pressing(refused, "!").overlay?._tag, "Problem")
  })

  it("says so when the server does not list the newest first, or puts what is new elsewhere", () => {
    const oldestFirst = (page: Page): Page => ({ ...page, records: page.records.toReversed() })
    const model = after(waitingModel(), { _tag: "PageLoaded", page: oldestFirst(before(5)), more: false, at })
    assert.strictEqual(model.live.ordering, "otherwise")
    assert.include(pressing(model, "w").notice, "does not list the newest first")
    const elsewhere = found(pressing(model, "w"), { ...oldestFirst(before(5)), totalCount: 412 })
    assert.strictEqual(elsewhere.live.elsewhere, 5)
  })

  it("keeps what it looked at when it is switched off and on again", () => {
    const again = pressing(looking(live()), "w", "w")
    assert.isAtLeast(again.live.nextAt ?? 0, at + 35_000)
  })

  it("lets old rows go when it runs for very long, never the one under the cursor", () => {
    const records = (from: number): ReadonlyArray<Decoded> =>
      Array.from({ length: 1000 }, (_, index) => {
        const time = new Date(at + 10_000_000 - (from + index) * 1000).toISOString()
        const json = `{"execution_id":"exec_${from + index}","alert_id":"a","collection_id":"c","triggered":false,"match_count":0,"matches":[],"executed_at":"${time}","duration_ms":1}`
        return Result.getOrThrow(parseRecord(json))
      })
    let model = live()
    for (let step = 0; step < 9; step++) {
      model = found(
        model,
        { records: records((9 - step) * 1000), next: whole.next, totalCount: null },
        (step + 1) * 20_000,
      )
    }
    assert.isAtMost(loaded(model.list).length, mostRows * 2)
    const top = found(pressing(model, "g"), { records: records(0), next: whole.next, totalCount: null }, 400_000)
    assert.strictEqual(loaded(top.list).length, mostRows)
    assert.include(pressing(top, "L").notice, "let go")
  })
})

describe("the order of a page", () => {
  it("is told by its times, with some tolerance for runs that end out of order", () => {
    const { records } = now(20)
    const swapped = [...records]
    swapped.splice(4, 2, ...records.slice(4, 6).toReversed())
    assert.strictEqual(orderingOf(records), "newestFirst")
    assert.strictEqual(orderingOf(swapped), "newestFirst")
    assert.strictEqual(orderingOf(records.toReversed()), "otherwise")
    assert.strictEqual(orderingOf(records.slice(0, 2)), "unknown")
    assert.strictEqual(orderingOf([]), "unknown")
  })
})

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
      Store.make(model, [{ _tag: "LoadPage", cursor: null }, { _tag: "WatchBudget" }], performOn(new Stage())),
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
