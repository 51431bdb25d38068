import { assert, describe, it } from "@effect/vitest"
import { bindings, bindingsOf } from "../src/tui/Keys.ts"
import type { Mode } from "../src/tui/Mode.ts"
import { presses, type RawKey } from "../src/tui/Press.ts"
import { after, listed, pressing } from "./Fixture.ts"

const key = (more: Partial<RawKey> = {}): RawKey => ({
  upArrow: false,
  downArrow: false,
  leftArrow: false,
  rightArrow: false,
  pageUp: false,
  pageDown: false,
  home: false,
  end: false,
  return: false,
  escape: false,
  tab: false,
  backspace: false,
  delete: false,
  ctrl: false,
  meta: false,
  ...more,
})

describe("the key table", () => {
  const screens: ReadonlyArray<Mode> = [
    "list",
    "matches",
    "tree",
    "lines",
    "history",
    "alerts",
    "chart",
    "buckets",
    "compare",
    "noList",
    "noRecord",
    "noBoard",
    "firstRun",
  ]
  const modes: ReadonlyArray<Mode> = [...screens, "reading"]

  it("has no key that does two things in one place", () => {
    for (const mode of modes) {
      const keys = bindingsOf(mode).flatMap((binding) => binding.keys)
      assert.deepStrictEqual(
        keys.filter((one, index) => keys.indexOf(one) !== index),
        [],
        mode,
      )
    }
  })

  it("asks for no chord that terminals or tmux keep for themselves", () => {
    const taken = ["ctrl-h", "ctrl-j", "ctrl-k", "ctrl-b", "ctrl-a", "ctrl-s", "ctrl-q", "ctrl-[", "ctrl-m", "ctrl-i"]
    for (const binding of bindings) for (const one of binding.keys) assert.notInclude(taken, one)
  })

  it("shows help and quit in every footer of a screen", () => {
    for (const mode of screens) {
      const shown = bindingsOf(mode)
        .filter(({ rank }) => rank > 0)
        .map(({ action }) => action)
      assert.includeMembers(shown, ["help", "quit"])
    }
  })

  it("takes one piece of input apart into presses", () => {
    assert.deepStrictEqual(presses("jjjk", key()), ["j", "j", "j", "k"])
    assert.deepStrictEqual(presses("j\r \t\u007f\u0001", key()), ["j", "enter", "space", "tab", "backspace"])
    assert.deepStrictEqual(presses("", key({ downArrow: true })), ["down"])
    assert.deepStrictEqual(presses("d", key({ ctrl: true })), ["ctrl-d"])
    assert.deepStrictEqual(presses("/", key({ meta: true })), ["esc", "/"])
    assert.deepStrictEqual(presses("e\u0301", key()), ["e\u0301"])
  })
})

describe("any keys at all", () => {
  it("never break the model or move the cursor out of it", () => {
    const all = [...new Set(bindings.flatMap(({ keys }) => keys))].filter((one) => one !== "q" && one !== "ctrl-c")
    let random = 42
    let model = listed()
    for (let count = 0; count < 3000; count++) {
      random = (Math.imul(random, 1664525) + 1013904223) >>> 0
      model = pressing(model, all[random % all.length] ?? "j")
      if (count % 97 === 0)
        model = after(model, { _tag: "Resized", columns: 20 + (random % 140), rows: 3 + (random % 50) })
      const { list } = model
      assert.isTrue(list.visible.length === 0 || list.visible.some((item) => item.key === list.selected))
      assert.isAtLeast(list.top, 0)
    }
  })
})
