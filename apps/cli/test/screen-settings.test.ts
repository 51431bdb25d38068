/** Themes, keys and switches of the screen: where they come from, and what is refused. */
import { assert, describe, it } from "@effect/vitest"
import { Result } from "effect"
import { mkdirSync, mkdtempSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import type { ScreenGiven } from "../src/Launch.ts"
import type { Problem } from "../src/Problem.ts"
import { isProblem, readConfig } from "../src/Settings.ts"
import { screenOf, type ScreenSettings } from "../src/ScreenSettings.ts"
import { keyFor } from "../src/tui/Help.ts"
import { actionOf, bindings } from "../src/tui/Keys.ts"
import { nextPalette, paletteNames, palettes } from "../src/tui/Palette.ts"
import { rebound } from "../src/tui/Rebinding.ts"
import { listed, pressing } from "./Fixture.ts"
import { runOnTerminals } from "./Pty.ts"

const settled = (given: ScreenGiven, env: Record<string, string> = {}, file = {}): ScreenSettings => {
  const found = screenOf(given, false, env, file, "config.json")
  if (isProblem(found)) throw new Error(found.message)
  return found
}

describe("a setting of the screen that makes no sense", () => {
  const refused = (file: Readonly<Record<string, string>>): Problem => {
    const found = screenOf({}, false, {}, file, "config.json")
    if (!isProblem(found)) throw new Error("it was taken")
    return found
  }

  it("is refused with its place, its value and what to write", () => {
    const soon = refused({ interval: "soon" })
    assert.strictEqual(soon.message, 'The setting interval of config.json: "soon" is not a number of seconds.')
    assert.strictEqual(refused({ interval: "0" }).exitCode, 78)
    const live = refused({ live: "yes" })
    assert.strictEqual(live.message, 'The setting live of config.json: "yes" is neither on nor off.')
    assert.include(live.hint, '"on" or "off"')
  })
})

describe("the theme", () => {
  it("comes from a flag, MIXPEEK_ALERTS_NO_COLOR, NO_COLOR, the config file or the terminal, in this order", () => {
    const file = { theme: "safe" }
    const env = { NO_COLOR: "1" }
    assert.deepStrictEqual(settled({}).theme, { ascii: false, color: true, palette: "terminal" })
    assert.deepStrictEqual(settled({}, {}, file).theme, { ascii: false, color: true, palette: "safe" })
    assert.deepStrictEqual(settled({}, env, file).theme, { ascii: false, color: false, palette: "mono" })
    assert.isFalse(settled({}, { MIXPEEK_ALERTS_NO_COLOR: "1" }, file).theme.color)
    assert.strictEqual(settled({ theme: "high" }, env, file).theme.palette, "high")
    assert.isFalse(settled({ theme: "high", noColor: true }).theme.color)
    assert.isTrue(settled({}, { NO_COLOR: "", MIXPEEK_ALERTS_NO_COLOR: "0" }).theme.color)
    assert.isTrue(settled({}, {}, { ascii: "on" }).theme.ascii)
  })

  it("is refused by name when there is none like it", () => {
    const found = screenOf({}, false, {}, { theme: "pink" }, "config.json")
    assert.deepInclude(found, {
      message: 'The setting theme of config.json: "pink" is not a theme.',
      hint: "Themes are terminal, safe, high, mono.",
      exitCode: 78,
    })
  })

  it("goes around with T, and says how to keep it", () => {
    const once = pressing(listed(), "T")
    assert.deepStrictEqual(once.theme, { ascii: false, color: true, palette: "safe" })
    assert.include(once.notice, "config set theme safe")
    assert.isFalse(pressing(once, "T", "T").theme.color)
    assert.strictEqual(pressing(once, "T", "T", "T").theme.palette, "terminal")
    assert.deepStrictEqual(new Set(paletteNames.map(nextPalette)), new Set(paletteNames))
  })

  const luminance = (color: string): number => {
    const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => {
      const part = Number.parseInt(color.slice(at, at + 2), 16) / 255
      return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4
    })
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
  }
  const contrast = (one: string, other: string): number => {
    const [light, dark] = [luminance(one), luminance(other)].toSorted((a, b) => b - a) as [number, number]
    return (light + 0.05) / (dark + 0.05)
  }

  it("can be read: safe on black and on white at 4.5 to 1, high on its own ground at 7 to 1", () => {
    for (const color of Object.values(palettes.safe.tones)) {
      if (color === null) continue
      assert.isAtLeast(contrast(color, "#000000"), 4.5, color)
      assert.isAtLeast(contrast(color, "#ffffff"), 4.5, color)
    }
    for (const color of Object.values(palettes.high.tones))
      assert.isAtLeast(contrast(color ?? "", palettes.high.ground ?? ""), 7)
  })
})

describe("the switches", () => {
  it("are off or on by flag, environment and config file", () => {
    assert.isFalse(settled({}).linear)
    assert.isTrue(settled({}, { ACCESSIBLE: "1" }).linear)
    assert.isFalse(settled({}, { ACCESSIBLE: "0", INK_SCREEN_READER: "1" }).linear)
    assert.isTrue(settled({}, { INK_SCREEN_READER: "true" }).linear)
    assert.isTrue(settled({ linear: true }).linear)
    assert.isTrue(settled({}, {}, { linear: "on", cache: "off" }).linear)
    assert.isTrue(settled({}).cache)
    assert.isFalse(settled({}, {}, { cache: "off" }).cache)
    assert.isFalse(settled({ noCache: true }).cache)
    assert.isFalse(settled({}, { MIXPEEK_ALERTS_NO_CACHE: "1" }).cache)
    assert.deepStrictEqual(settled({}, {}, { live: "on", interval: "2.5" }).live, {
      on: true,
      intervalMillis: 2500,
      rpm: null,
    })
    assert.deepStrictEqual(settled({ live: true, rpm: 30 }).live, { on: true, intervalMillis: 15_000, rpm: 30 })
    for (const file of [{ live: "yes" }, { interval: "soon" }, { interval: "0" }, { cache: "" + "maybe" }])
      assert.isTrue(isProblem(screenOf({}, false, {}, file, "config.json")), JSON.stringify(file))
  })
})

describe("keys of one's own", () => {
  const table = (choices: Record<string, ReadonlyArray<string>>) => Result.getOrThrow(rebound(choices))
  const refused = (choices: Record<string, ReadonlyArray<string>>) => {
    const found = rebound(choices)
    return Result.isFailure(found) ? found.failure : { message: "", hint: "" }
  }

  it("replace all keys of their action, and show in the footer and the help", () => {
    const keys = table({ down: ["b"], live: ["v"], preview: [] })
    assert.strictEqual(actionOf("list", "b", keys), "down")
    assert.isNull(actionOf("list", "j", keys))
    assert.isNull(actionOf("list", "p", keys))
    const model = { ...listed(), keys }
    assert.strictEqual(keyFor(model, "live"), "v")
    assert.isTrue(pressing(model, "v").live.on)
    assert.strictEqual(pressing(model, "b").list.selected, listed().list.visible[1]?.key)
  })

  it("are refused with both names when one key would do two things in one place", () => {
    assert.deepStrictEqual(refused({ sort: ["x"] }), {
      message: "The key x would do both sort and triggeredOnly in the list.",
      hint: 'Give one of them another key under "keys" in the config file.',
    })
    assert.strictEqual(refused({ sort: ["x"], triggeredOnly: ["s"] }).message, "")
    assert.strictEqual(refused({ foldAll: ["s"] }).message, "")
  })

  it("are refused when there is no such action or key, and for the way out", () => {
    assert.deepStrictEqual(refused({ dwn: ["n"] }), {
      message: 'There is no action "dwn" to give keys to.',
      hint: "Did you mean down?",
    })
    assert.strictEqual(refused({ down: ["ctrl-shift-x"] }).message, '"ctrl-shift-x", chosen for down, is not a key.')
    assert.strictEqual(refused({ down: ["\u001b"] }).message, '"\\u001b", chosen for down, is not a key.')
    assert.strictEqual(refused({ interrupt: ["x"] }).message, "interrupt keeps its keys.")
    assert.strictEqual(refused({ constructor: ["x"] }).message, 'There is no action "constructor" to give keys to.')
  })

  it("can be given every key that the table has by itself", () => {
    for (const { action, keys } of bindings) {
      if (action === "interrupt") continue
      const all = bindings.filter((one) => one.action === action).flatMap((one) => one.keys)
      assert.notInclude(refused({ [action]: keys }).message, "is not a key", `${action} ${all.join(" ")}`)
    }
  })

  it("are read from the config file, one or several for an action", () => {
    const folder = mkdtempSync(join(tmpdir(), "mixpeek-alerts-keys-"))
    const read = (text: string) => {
      mkdirSync(folder, { recursive: true })
      writeFileSync(join(folder, "config.json"), text)
      return readConfig(join(folder, "config.json"))
    }
    assert.deepStrictEqual(read('{"keys":{"down":["n","down"],"live":"v"}}'), {
      keys: { down: ["n", "down"], live: ["v"] },
    })
    const says = `The keys in ${join(folder, "config.json")} are not keys by action.`
    for (const text of ['{"keys":[]}', '{"keys":{"down":7}}', '{"keys":{"down":["j",7]}}', '{"keys":"j"}'])
      assert.deepInclude(read(text), { message: says, exitCode: 78 }, text)
  })

  it("end the program before it draws when one key would do two things", async () => {
    const root = mkdtempSync(join(tmpdir(), "mixpeek-alerts-keys-"))
    mkdirSync(join(root, "mixpeek-alerts"))
    const file = join(root, "mixpeek-alerts", "config.json")
    writeFileSync(file, '{"keys":{"sort":"x"}}')
    const [ended] = await runOnTerminals([{ args: ["--demo"], env: { XDG_CONFIG_HOME: root } }])
    assert.strictEqual(ended?.code, 78)
    assert.include(ended?.stderr, `The keys in ${file}: The key x would do both`)
  })
})
