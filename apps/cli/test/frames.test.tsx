import { assert, describe, expect, it } from "@effect/vitest"
import { renderToString } from "ink"
import { cells } from "../src/text/Width.ts"
import type { Model } from "../src/tui/Model.ts"
import { App } from "../src/tui/view/App.tsx"
import { listed, openedModel, pressing } from "./Fixture.ts"
import { screens } from "./Screens.ts"
import { failedList, unreachable } from "./ScreenState.ts"

const sizes = [
  [20, 5],
  [40, 12],
  [80, 24],
  [120, 40],
] as const

const frame = (model: Model): string => renderToString(<App model={model} />, { columns: model.size.columns })

describe("every screen", () => {
  for (const [name, make] of Object.entries(screens)) {
    for (const [columns, rows] of sizes) {
      it(`fits and looks as approved: ${name} at ${columns}x${rows}`, async () => {
        const model = make(columns, rows)
        const lines = frame(model).split("\n")
        assert.isAtMost(lines.length, rows)
        for (const line of lines) assert.isAtMost(cells(line), columns, line)
        if (rows >= 10) assert.isTrue(lines[0]?.startsWith("mixpeek-a"), lines[0])
        const file = `frames/${name.replaceAll(/[^A-Za-z]+/g, "-")}-${columns}x${rows}.txt`
        await expect(`${lines.map((line) => line.trimEnd()).join("\n")}\n`).toMatchFileSnapshot(file)
      })
    }
  }

  it("says in words what it says with colours and signs", () => {
    const text = frame(openedModel())
    assert.include(text, "TRIGGERED")
    assert.include(frame(failedList(80, 24, unreachable)), "! error")
  })

  it("has only ASCII of its own in ASCII mode", () => {
    const model = listed()
    const plain = pressing({ ...model, theme: { ascii: true, color: false, palette: "terminal" } }, "j")
    for (const keys of [[], ["t"], ["t", "x"], ["enter", "4"], ["space", "j", "c"]])
      assert.notMatch(frame(pressing(plain, ...keys)), /[^\x20-\x7e\n]/)
  })
})
