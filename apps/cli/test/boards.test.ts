import { assert, describe, it } from "@effect/vitest"
import type { Alert } from "@mixpeek-alerts/domain"
import { problem } from "../src/Problem.ts"
import { selectedItem, shownItems } from "../src/tui/List.ts"
import type { Message } from "../src/tui/Message.ts"
import type { Model } from "../src/tui/Model.ts"
import { trendsOf } from "../src/tui/Trends.ts"
import { update } from "../src/tui/Update.ts"
import { after, alertsOf, at, letters, listed, newest, openedModel, pageOf, pressing } from "./Fixture.ts"

const commands = (model: Model, press: string) => update(model, { _tag: "Pressed", press }).commands
const selected = (model: Model) => selectedItem(model.list)?.key
const alertsLoaded = (alerts: ReadonlyArray<Alert> = alertsOf()): Message => ({ _tag: "AlertsLoaded", alerts, at })
const onAlerts = () => after(pressing(listed(), "j", "a"), alertsLoaded())

describe("the alerts", () => {
  it("cost one request, which is given up on the way back", () => {
    assert.deepStrictEqual(commands(listed(), "a")[0], { _tag: "LoadAlerts" })
    assert.deepInclude(commands(pressing(listed(), "a"), "esc"), { _tag: "Cancel", what: "LoadAlerts" })
    assert.isNull(after(pressing(listed(), "a", "esc"), alertsLoaded()).board)
  })

  it("lead to the executions of one, and esc back to the alert and then to the row", () => {
    const there = pressing(onAlerts(), "j")
    const step = update(there, { _tag: "Pressed", press: "enter" })
    assert.deepStrictEqual(step.commands[0], { _tag: "LoadPage", cursor: null, alert: "alt_weapon_det" })
    const filtered = pressing(
      after(step.model, { _tag: "PageLoaded", page: pageOf(10), more: false, at }),
      "/",
      ...letters("score:>2"),
      "enter",
    )
    assert.strictEqual(pressing(filtered, "esc").list.visible.length, 10)
    const back = pressing(filtered, "esc", "esc")
    assert.strictEqual(back.board?._tag === "Alerts" ? back.board.spot.index : -1, 1)
    assert.strictEqual(back.list.visible.length, 100)
    assert.strictEqual(selected(pressing(back, "esc")), selected(pressing(listed(), "j")))
  })

  it("ask for last results only when it was said what they cost, and keep asking for those on their way", () => {
    const menu = pressing(onAlerts(), "L")
    const labels = menu.overlay?._tag === "Menu" ? menu.overlay.menu.choices.map(({ label }) => label) : []
    assert.deepStrictEqual(labels, ["of this one: 1 request", "of all of them: 6 requests"])
    const asked = pressing(menu, "o")
    const more = update(pressing(asked, "j", "L"), { _tag: "Pressed", press: "o" })
    assert.deepStrictEqual(more.commands[0], { _tag: "LoadLatest", alerts: ["alt_brand_logo", "alt_weapon_det"] })
    const failure = problem("Forbidden", 77, "No.", "")
    const told = after(
      more.model,
      { _tag: "LatestLoaded", alert: "alt_brand_logo", facts: null, at },
      { _tag: "LatestFailed", alert: "alt_weapon_det", problem: failure, at },
    )
    const tags = told.board?._tag === "Alerts" ? [...told.board.latest.values()].map(({ _tag }) => _tag) : []
    assert.deepStrictEqual(tags, ["Ready", "Failed"])
  })

  it("ask for no more last results than the limit has left", () => {
    const budget = { limit: 10, remaining: 2, resetsAt: null, spent: 8, pausedUntil: null, limited: 0 }
    const menu = pressing(after(onAlerts(), { _tag: "BudgetChanged", budget, at }), "L")
    assert.include(menu.overlay?._tag === "Menu" ? menu.overlay.menu.choices[1]?.label : "", "2 requests")
  })

  it("keep the cursor on its alert when they come again in another order", () => {
    const there = after(pressing(onAlerts(), "j"), alertsLoaded(alertsOf().toReversed()))
    assert.strictEqual(there.board?._tag === "Alerts" ? there.board.spot.index : -1, 4)
  })
})

describe("the trends", () => {
  const counts = (model: Model) =>
    model.board?._tag === "Trends" ? trendsOf(model, model.board).buckets.map(({ stats }) => stats.executions) : []

  it("count every loaded row that fits once, without a request", () => {
    const step = update(listed(), { _tag: "Pressed", press: "t" })
    assert.deepStrictEqual(step.commands, [])
    assert.strictEqual(
      counts(step.model).reduce((sum, one) => sum + one, 0),
      99,
    )
    assert.deepStrictEqual(commands(step.model, "L")[0]?._tag, "LoadPage")
  })

  it("open a bucket as a list of what it counts, and esc comes back to it and to the list as it was", () => {
    const there = pressing(listed(), "j", "t", "left", "left")
    const line = (model: Model) =>
      model.list.visible.findIndex(({ key }) => key === model.list.selected) - model.list.top
    const [bucket] = counts(there).slice(-3)
    const list = pressing(there, "enter")
    assert.strictEqual(list.list.visible.length, bucket)
    const back = pressing(list, "esc")
    assert.deepStrictEqual([back.board, back.list.visible.length], [there.board, 100])
    assert.strictEqual(selected(pressing(back, "esc")), selected(pressing(listed(), "j")))
    const deep = pressing(listed(), "pgdn", "pgdn", "k")
    const again = pressing(deep, "t", "enter", "esc", "esc")
    assert.deepStrictEqual([selected(again), line(again)], [selected(deep), line(deep)])
  })

  it("show as a table the same numbers, and open each of its lines", () => {
    const table = pressing(listed(), "t", "x")
    const lines = table.board?._tag === "Trends" ? trendsOf(table, table.board).lines : []
    assert.includeMembers(
      lines.map(({ kind }) => kind),
      ["time", "took", "score"],
    )
    for (const [index, line] of lines.entries()) {
      const list = pressing(table, "g", ...Array.from({ length: index }, () => "j"), "enter")
      assert.strictEqual(line.count === 0 ? 0 : list.list.visible.length, line.count, line.filter)
      if (line.count === 0) assert.strictEqual(list.notice, "Nothing is in there.")
    }
  })

  it("are of one alert after another, and of the one that the cursor is on elsewhere", () => {
    const alert = (model: Model) => (model.board?._tag === "Trends" ? model.board.alert : undefined)
    assert.isNull(alert(pressing(listed(), "t")))
    assert.strictEqual(alert(pressing(listed(), "t", "tab")), "alt_speech")
    assert.isNull(alert(pressing(listed(), "t", ...Array.from({ length: 7 }, () => "tab"))))
    assert.strictEqual(alert(pressing(listed(), "enter", "t")), "alt_face_jp")
    const one = pressing(listed(), "enter", "t", "enter")
    assert.isTrue(shownItems(one.list).every(({ facts }) => facts?.alertId === "alt_face_jp"))
  })

  it("keep the selected time when more is loaded and when buckets become longer", () => {
    const there = pressing(listed(), "t", "left", "left")
    const longer = pressing(there, "+")
    assert.isBelow(counts(longer).length, counts(there).length)
    const more = after(longer, { _tag: "PageLoaded", page: pageOf(300), more: false, at })
    assert.deepStrictEqual(more.board, longer.board)
  })
})

describe("a comparison", () => {
  it("is of two marked rows, or of a marked one and the selected one, the earlier first", () => {
    const ids = (model: Model) =>
      model.board?._tag === "Compare"
        ? [model.board.before.execution.executionId, model.board.after.execution.executionId]
        : []
    const [first, second] = pageOf(2).records.map((one) =>
      one._tag === "ExecutionRecord" ? one.execution.executionId : null,
    )
    assert.deepStrictEqual(ids(pressing(listed(), "space", "j", "c")), [second, first])
    assert.deepStrictEqual(ids(pressing(listed(), "j", "space", "k", "space", "j", "j", "c")), [second, first])
    assert.include(pressing(listed(), "c").notice, "Mark an execution with space")
    assert.include(pressing(listed(), "space", "c").notice, "the same execution")
    assert.include(pressing(listed(), "space", ...letters("jjjjjjjj"), "c").notice, "cannot be compared")
  })

  it("keeps two marks, and takes one away", () => {
    assert.strictEqual(pressing(listed(), "space", "j", "space", "j", "space").marks.length, 2)
    assert.strictEqual(pressing(listed(), "space", "space").marks.length, 0)
  })
})

describe("a history", () => {
  it("begins with what is loaded, on the execution itself, and asks only when told to", () => {
    const step = update(pressing(listed(), "enter"), { _tag: "Pressed", press: "4" })
    assert.deepStrictEqual(step.commands, [])
    const { detail } = step.model
    assert.strictEqual(detail?.history.rows.length, 21)
    assert.strictEqual(detail?.history.rows[detail.spots.history.index]?.key, newest)
    assert.deepStrictEqual(commands(step.model, "L")[0], { _tag: "LoadHistory", cursor: null, alert: "alt_face_jp" })
  })

  it("keeps the cursor on its row when a page comes, and ignores one of another alert", () => {
    const there = pressing(openedModel(), "4")
    const page = pageOf(412)
    const loaded = after(there, { _tag: "HistoryLoaded", alert: "alt_face_jp", page, at })
    assert.strictEqual(loaded.detail?.history.rows.length, 62)
    assert.strictEqual(loaded.detail?.history.rows[loaded.detail.spots.history.index]?.key, newest)
    assert.strictEqual(after(there, { _tag: "HistoryLoaded", alert: "alt_nsfw", page, at }), there)
  })

  it("opens another execution, and esc comes back to the one before", () => {
    const other = pressing(listed(), "enter", "4", "j", "enter")
    assert.notStrictEqual(other.detail?.id, newest)
    const back = pressing(other, "esc")
    assert.deepStrictEqual([back.detail?.id, back.detail?.tab], [newest, "history"])
    assert.isNull(pressing(other, "q").detail)
  })
})

describe("counts", () => {
  const index = (model: Model) => model.list.visible.findIndex(({ key }) => key === model.list.selected)

  it("repeat moves and lead to lines, and are forgotten with any other key", () => {
    assert.strictEqual(index(pressing(listed(), "1", "2", "j")), 12)
    assert.strictEqual(index(pressing(listed(), "5", "0", "G")), 49)
    assert.strictEqual(index(pressing(listed(), "9", "9", "9", "j")), 99)
    assert.strictEqual(index(pressing(listed(), "5", "x", "x", "j")), 1)
    assert.strictEqual(index(pressing(listed(), "0", "j")), 1)
  })

  it("are tabs where there are tabs", () => {
    assert.strictEqual(pressing(openedModel(), "5").detail?.tab, "raw")
  })
})

describe("going somewhere by name", () => {
  const went = (text: string) => update(pressing(listed(), ":", ...letters(text)), { _tag: "Pressed", press: "enter" })

  it("takes a beginning where it is enough, and says what there is where it is not", () => {
    assert.deepStrictEqual(went("alert brand-logo").commands[0], {
      _tag: "LoadPage",
      cursor: null,
      alert: "brand-logo",
    })
    assert.strictEqual(went("tr").model.board?._tag, "Trends")
    assert.strictEqual(went(`open ${newest}`).commands[0]?._tag, "LoadExecution")
    assert.strictEqual(went("filter triggered:yes").model.list.visible.length, 26)
    const complaint = (text: string) => {
      const { overlay } = went(text).model
      return overlay?._tag === "Go" ? overlay.complaint : ""
    }
    assert.strictEqual(complaint("al"), "alert or alerts?")
    assert.include(complaint("nowhere"), 'There is no "nowhere": alert NAME')
    assert.include(complaint("filter triggered:maybe"), "neither yes nor no")
  })
})
