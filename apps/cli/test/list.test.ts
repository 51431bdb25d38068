import { assert, describe, it } from "@effect/vitest"
import type { Page } from "@mixpeek-alerts/domain"
import { problem } from "../src/Problem.ts"
import { indexOf, selectedItem } from "../src/tui/List.ts"
import type { Model } from "../src/tui/Model.ts"
import { update } from "../src/tui/Update.ts"
import { after, at, letters, listed, newest, pageOf, pressing, waitingModel } from "./Fixture.ts"

const selected = (model: Model) => selectedItem(model.list)?.key
/** The line of the screen that the cursor is on. */
const line = (model: Model) => indexOf(model.list) - model.list.top
const commands = (model: Model, press: string) => update(model, { _tag: "Pressed", press }).commands

describe("the list", () => {
  it("selects the first row, and keeps the cursor inside", () => {
    assert.strictEqual(selected(listed()), newest)
    assert.strictEqual(selected(pressing(listed(), "k", "k")), newest)
    const last = pressing(listed(), "G")
    assert.strictEqual(indexOf(last.list), 99)
    assert.strictEqual(indexOf(pressing(last, "j", "pgdn").list), 99)
    assert.strictEqual(indexOf(pressing(last, "g").list), 0)
  })

  it("does not move what is under the cursor when newer executions arrive", () => {
    const older: Page = { ...pageOf(100), records: pageOf(100).records.slice(20) }
    const start = after(waitingModel(), { _tag: "PageLoaded", page: older, more: false, at })
    const there = pressing(start, "j", "j", "j", "j", "j")
    const refreshed = after(there, { _tag: "PageLoaded", page: pageOf(100), more: false, at })
    assert.strictEqual(selected(refreshed), selected(there))
    assert.strictEqual(line(refreshed), line(there))
    assert.strictEqual(refreshed.list.visible.length, 100)
  })

  it("keeps the selected row on its line through a filter and back", () => {
    const there = pressing(listed(), ...letters("jjjjjjjjj"))
    assert.isTrue(selectedItem(there.list)?.record._tag === "ExecutionRecord")
    const only = pressing(there, "x")
    assert.strictEqual(selected(only), selected(there))
    const both = pressing(only, "x")
    assert.strictEqual(selected(both), selected(there))
    assert.isTrue(only.list.visible.length < both.list.visible.length)
  })

  it("keeps the selection when it is sorted another way, and turns around the second time", () => {
    const there = pressing(listed(), "j", "j", "j")
    const sorted = pressing(there, "s", "d")
    assert.deepStrictEqual(sorted.list.sort, { by: "took", descending: true })
    assert.strictEqual(selected(sorted), selected(there))
    assert.deepStrictEqual(pressing(sorted, "s", "d").list.sort, { by: "took", descending: false })
    const durations = sorted.list.visible.map(({ record }) =>
      record?._tag === "ExecutionRecord" ? record.execution.durationMs : -1,
    )
    assert.deepStrictEqual(
      durations,
      durations.toSorted((a, b) => b - a),
    )
  })

  it("keeps the selection in view in any size", () => {
    let model = pressing(listed(120, 40), "pgdn", "j", "j")
    const there = selected(model)
    for (const [columns, rows] of [
      [80, 24],
      [41, 11],
      [20, 5],
      [200, 60],
      [80, 3],
    ] as const) {
      model = after(model, { _tag: "Resized", columns, rows })
      assert.strictEqual(selected(model), there)
      assert.isAtLeast(line(model), 0)
      assert.isBelow(line(model), Math.max(1, rows - 4))
    }
  })

  it("loads one more page at a time, and says when there is none", () => {
    const model = listed()
    assert.deepStrictEqual(commands(model, "L")[0], { _tag: "LoadPage", cursor: model.list.next, alert: null })
    const loading = pressing(model, "L")
    assert.deepStrictEqual(commands(loading, "L"), [])
    const all = after(loading, { _tag: "PageLoaded", page: { ...pageOf(412), next: null }, more: true, at })
    assert.strictEqual(pressing(all, "L").notice, "Everything is loaded.")
  })

  it("opens a row without asking the server, and comes back to the same row", () => {
    const there = pressing(listed(), "j", "j")
    const step = update(there, { _tag: "Pressed", press: "enter" })
    assert.deepStrictEqual(step.commands, [])
    assert.strictEqual(step.model.detail?.record._tag, "Ready")
    assert.strictEqual(selected(pressing(step.model, "esc")), selected(there))
    assert.isNull(pressing(step.model, "q").detail)
  })

  it("keeps the rows when a refresh fails", () => {
    const failure = problem("Unreachable", 69, "No connection.", "Check the network.")
    const failed = after(pressing(listed(), "j"), { _tag: "PageFailed", problem: failure, at })
    assert.strictEqual(failed.list.visible.length, 100)
    assert.strictEqual(pressing(failed, "!").overlay?._tag, "Problem")
  })

  it("tries again by itself when the rate limit says so, and not before", () => {
    const failure = { ...problem("RateLimited", 75, "", ""), retryAt: at + 3000 }
    const limited = after(listed(), { _tag: "PageFailed", problem: failure, at })
    assert.deepStrictEqual(update(limited, { _tag: "Ticked", at: at + 1000 }).commands, [
      { _tag: "Tick", millis: 1000 },
    ])
    assert.deepStrictEqual(update(limited, { _tag: "Ticked", at: at + 3000 }).commands[0], {
      _tag: "LoadPage",
      cursor: null,
      alert: null,
    })
  })
})
