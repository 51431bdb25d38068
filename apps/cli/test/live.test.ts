/** Live mode: when it looks, and what becomes of what is on the screen. */
import { assert, describe, it } from "@effect/vitest"
import { problem } from "../src/Problem.ts"
import { indexOf, selectedItem } from "../src/tui/List.ts"
import { liveByDefault, news } from "../src/tui/Live.ts"
import { initialModel } from "../src/tui/Show.ts"
import { update } from "../src/tui/Update.ts"
import { after, at, pressing, source, theme } from "./Fixture.ts"
import { before, now, budget, live, commands, tags, looking, found, line } from "./LiveFixture.ts"

describe("live mode", () => {
  it("looks when it is due, and says when that is", () => {
    const model = live()
    assert.isAtLeast(model.live.nextAt ?? 0, at + 15_000)
    assert.deepStrictEqual(tags(commands(model, { _tag: "LookDue", at: at + 1000 })), ["LookLater", "Tick"])
    assert.deepStrictEqual(commands(model, { _tag: "LookDue", at: at + 20_000 }), [
      { _tag: "Look", pageSize: 100, alert: null },
    ])
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

  it("lets a request of the person's own go first, and looks again at its next turn", () => {
    const step = update(looking(live()), { _tag: "Pressed", press: "L" })
    assert.deepStrictEqual(tags(step.commands), ["Cancel", "LoadPage", "Tick", "LookLater", "Tick"])
    assert.isFalse(step.model.live.looking)
    assert.deepStrictEqual(commands(step.model, { _tag: "LookDue", at: at + 60_000 }), [
      { _tag: "LookLater", millis: 1000 },
    ])
    assert.strictEqual(after(step.model, { _tag: "LookLoaded", alert: null, page: now(9), at }).list, step.model.list)
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

  it("keeps what it looked at when it is switched off and on again", () => {
    const again = pressing(looking(live()), "w", "w")
    assert.isAtLeast(again.live.nextAt ?? 0, at + 35_000)
  })
})
