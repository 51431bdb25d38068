/** Live mode: what it could not read, in which order it came, and how much is kept. */
import { assert, describe, it } from "@effect/vitest"
import { type Cursor, type Page, parseRecord, type Decoded } from "@mixpeek-alerts/domain"
import { Result } from "effect"
import { orderingOf } from "../src/live/Ordering.ts"
import { indexOf, loaded, selectedItem } from "../src/tui/List.ts"
import { mostRows } from "../src/tui/Live.ts"
import { update } from "../src/tui/Update.ts"
import { after, at, listed, pressing, waitingModel } from "./Fixture.ts"
import { whole, before, now, live, commands, found } from "./LiveFixture.ts"

describe("live mode", () => {
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
      alert: null,
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
    assert.deepStrictEqual(commands(gappy, { _tag: "LookDue", at: at + 60_000 }), [
      { _tag: "Look", pageSize: 200, alert: null },
    ])
  })

  it("says so when the server does not list the newest first, or puts what is new elsewhere", () => {
    const oldestFirst = (page: Page): Page => ({ ...page, records: page.records.toReversed() })
    const model = after(waitingModel(), { _tag: "PageLoaded", page: oldestFirst(before(5)), more: false, at })
    assert.strictEqual(model.live.ordering, "otherwise")
    assert.include(pressing(model, "w").notice, "does not list the newest first")
    const elsewhere = found(pressing(model, "w"), { ...oldestFirst(before(5)), totalCount: 412 })
    assert.strictEqual(elsewhere.live.elsewhere, 5)
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
