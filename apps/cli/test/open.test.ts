import { assert, describe, it } from "@effect/vitest"
import { selectedItem } from "../src/tui/List.ts"
import type { Model } from "../src/tui/Model.ts"
import { update } from "../src/tui/Update.ts"
import { after, at, letters, listed, newest, openedModel, pressing, recordOf } from "./Fixture.ts"

const selected = (model: Model) => selectedItem(model.list)?.key
const commands = (model: Model, press: string) => update(model, { _tag: "Pressed", press }).commands

describe("text fields", () => {
  it("filter while typing, and give back the old filter and row with esc", () => {
    const there = pressing(listed(), "j", "j", "j")
    const typing = pressing(there, "/", ...letters("triggered:yes"))
    assert.isBelow(typing.list.visible.length, 100)
    const undone = pressing(typing, "esc")
    assert.strictEqual(undone.list.visible.length, 100)
    assert.strictEqual(selected(undone), selected(there))
    assert.strictEqual(pressing(typing, "enter").list.filter?.text, "triggered:yes")
  })

  it("take letters that are keys elsewhere", () => {
    const model = pressing(listed(), "/", ...letters("q?Gx"))
    assert.strictEqual(model.overlay?._tag === "Filter" ? model.overlay.field.value.join("") : "", "q?Gx")
    assert.isFalse(model.list.triggeredOnly)
  })

  it("open what was pasted, and complain about what is no ID", () => {
    const pasted = after(listed(), { _tag: "Pasted", text: ` https://x/executions/${newest}\r` })
    assert.deepStrictEqual(commands(pasted, "enter")[0], { _tag: "LoadExecution", id: newest })
    const wrong = pressing(after(listed(), { _tag: "Pasted", text: "a/b" }), "enter")
    assert.include(wrong.overlay?._tag === "Open" ? wrong.overlay.complaint : "", "is not an execution ID")
  })
})

describe("an open execution", () => {
  it("goes through tabs, panes and folds", () => {
    const model = openedModel()
    assert.strictEqual(pressing(model, "tab").detail?.pane, "tree")
    assert.strictEqual(pressing(model, "tab", "tab").detail?.tab, "json")
    const lines = model.detail?.tree.length ?? 0
    const folded = pressing(model, "tab", "left")
    assert.isBelow(folded.detail?.tree.length ?? 0, lines)
    assert.strictEqual(pressing(folded, "right").detail?.tree.length, lines)
    assert.strictEqual(
      pressing(model, "tab", "*").detail?.tree.every(({ depth }) => depth === 0),
      true,
    )
  })

  it("shows the tree of the match that is selected", () => {
    const model = openedModel()
    assert.isTrue(model.detail?.tree[0]?.path.startsWith(".matches[0]."))
    assert.isTrue(pressing(model, "j", "j").detail?.tree[0]?.path.startsWith(".matches[2]."))
  })

  it("ignores an answer for an execution that is not open any more", () => {
    const model = openedModel()
    const late = after(model, { _tag: "ExecutionLoaded", id: "exec_other", record: recordOf(newest), at })
    assert.strictEqual(late, model)
  })

  it("goes back to a list that was never seen by asking for it", () => {
    assert.deepInclude(commands(openedModel(), "esc"), { _tag: "LoadPage", cursor: null, alert: null })
    assert.deepStrictEqual(commands(openedModel(), "q"), [{ _tag: "Quit", code: 0 }])
  })

  it("copies without the key: the command names the variable", () => {
    const step = update(pressing(openedModel(), "y"), { _tag: "Pressed", press: "u" })
    const [command] = step.commands
    assert.include(command?._tag === "Copy" ? command.text : "", "$MIXPEEK_API_KEY")
  })

  it("shows the text when no clipboard was found", () => {
    const model = after(openedModel(), { _tag: "Copied", what: "execution ID", text: newest, route: null })
    assert.strictEqual(model.overlay?._tag === "Text" ? model.overlay.text : "", newest)
  })
})
