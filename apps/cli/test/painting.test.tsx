/** Before the screen library is loaded, its frames are painted without it. */
import { assert, describe, it } from "@effect/vitest"
import chalk from "chalk"
import { render } from "ink"
import { FrameStream } from "../src/terminal/FrameStream.ts"
import type { Model } from "../src/tui/Model.ts"
import { paletteNames } from "../src/tui/Palette.ts"
import { App } from "../src/tui/view/App.tsx"
import { painted } from "../src/tui/view/Painting.ts"
import { listed, pressing } from "./Fixture.ts"
import { screens } from "./Screens.ts"

/** What a terminal gets when the screen library takes over from what was painted of `before`. */
const takenOver = async (before: Model, after: Model): Promise<string> => {
  const { columns, rows } = after.size
  let written = ""
  const target = { columns, rows, write: (text: string) => (written += text), on: () => {}, off: () => {} }
  const output = new FrameStream(target as unknown as NodeJS.WriteStream)
  output.paint(painted(before))
  assert.include(written, "mixpeek-alerts")
  written = ""
  const instance = render(<App model={after} />, {
    stdout: output as unknown as NodeJS.WriteStream,
    debug: true,
    interactive: true,
    patchConsole: false,
    exitOnCtrlC: false,
  })
  await instance.waitUntilRenderFlush()
  const drawn = written
  instance.unmount()
  return drawn
}

const colored = (model: Model, palette: Model["theme"]["palette"]): Model => ({
  ...model,
  theme: { ...model.theme, color: true, palette },
})

describe("the frame that is painted first", () => {
  chalk.level = 3

  it("is not touched when the screen library draws it", async () => {
    for (const [name, make] of Object.entries(screens)) {
      const model = colored(make(120, 40), "terminal")
      assert.strictEqual(await takenOver(model, model), "", name)
    }
  })

  for (const palette of paletteNames) {
    it(`is not touched with the palette ${palette}`, async () => {
      const model = colored(pressing(listed(80, 24), "x", "j"), palette)
      assert.strictEqual(await takenOver(model, model), "")
    })
  }

  it("is followed by what has changed since", async () => {
    const model = colored(listed(), "terminal")
    const bytes = await takenOver(model, { ...model, notice: "copied" })
    assert.include(bytes, "copied")
    assert.isBelow(bytes.length, 200)
  })
})
