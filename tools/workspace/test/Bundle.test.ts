/** What the bundler changes changes nothing but how soon a program starts. */
import { createRequire } from "node:module"
import { join } from "node:path"
import { pathToFileURL } from "node:url"
import { runInNewContext } from "node:vm"
import { assert, describe, it } from "vitest"
import { withModulePaths } from "../src/BarrelImports.ts"
import { inAscii } from "../src/ProgramScript.ts"
import { plain, PlainSegmenter } from "../src/PlainSegmenter.ts"
import { workspaceRoot } from "../src/Step.ts"

const characters = Array.from({ length: 0x3000 }, (_, code) => String.fromCharCode(code)).filter((one) =>
  plain.test(one),
)
const every = [...characters, "\n", "\u001b"]

const segmentsOf = (segmenter: Intl.Segmenter, text: string) =>
  Array.from(segmenter.segment(text), ({ index, segment }) => `${index} ${segment}`)

describe("text in the bundles", () => {
  it("is segmented as by Unicode, whatever two characters stand side by side", () => {
    const text = every.flatMap((first) => every.map((second) => first + second)).join("")
    assert.isAbove(characters.length, 400)
    assert.strictEqual(Array.from(new Intl.Segmenter().segment(text)).length, text.length)
    const short = every.join("")
    assert.deepStrictEqual(segmentsOf(new PlainSegmenter(), short), segmentsOf(new Intl.Segmenter(), short))
  })

  it("is found at any place of it as by Unicode", () => {
    for (const text of ["", "ab─", "e\u0301"]) {
      for (const index of [undefined, -1, 0, 0.9, 1, 2, 3, Number.NaN]) {
        assert.deepStrictEqual(
          { ...new PlainSegmenter().segment(text).containing(index) },
          { ...new Intl.Segmenter().segment(text).containing(index) },
        )
      }
    }
    assert.deepStrictEqual(new PlainSegmenter("en").resolvedOptions(), new Intl.Segmenter("en").resolvedOptions())
  })

  it("is segmented by Unicode when characters may join", () => {
    for (const text of ["e\u0301", "\u{1f469}\u200d\u{1f467}", "\r\n", "한글", "1\ufe0f\u20e3", "a\u0308b"]) {
      assert.deepStrictEqual(segmentsOf(new PlainSegmenter(), text), segmentsOf(new Intl.Segmenter(), text))
    }
    const words = [undefined, { granularity: "word" }] as const
    assert.deepStrictEqual(
      segmentsOf(new PlainSegmenter(...words), "two words"),
      segmentsOf(new Intl.Segmenter(...words), "two words"),
    )
  })

  it("is as wide as the screen library finds it to be", async () => {
    const ink = createRequire(createRequire(join(workspaceRoot, "apps", "cli", "src", "main.ts")).resolve("ink"))
    const { default: stringWidth } = (await import(pathToFileURL(ink.resolve("string-width")).href)) as {
      default: (text: string) => number
    }
    assert.deepStrictEqual(
      characters.filter((one) => stringWidth(one) !== 1),
      [],
    )
  })
})

describe("imports in the bundles", () => {
  it("name the module itself instead of the index that exports it whole", () => {
    assert.strictEqual(
      withModulePaths('import { Effect, type Scope, Stream as S } from "effect"'),
      'import * as Effect from "effect/Effect"; import { type Scope } from "effect"; import * as S from "effect/Stream"',
    )
    assert.strictEqual(withModulePaths('import { Flag } from "effect/cli"'), 'import * as Flag from "effect/cli/Flag"')
  })

  it("stay as they are when they are types, single functions, or another package's", () => {
    for (const line of [
      'import type { Effect } from "effect"',
      'import { pipe } from "effect"',
      'import { render } from "ink"',
      'import * as HttpClient from "effect/http/HttpClient"',
    ]) {
      assert.strictEqual(withModulePaths(line), line)
    }
  })

  it("keep their lines, so that places in a stack trace are right", () => {
    assert.strictEqual(withModulePaths('import {\n  Effect,\n  Result,\n} from "effect"\n').split("\n").length, 5)
  })
})

describe("a script", () => {
  const evaluated = (text: string): unknown => runInNewContext(text) as unknown

  it("is written in ASCII, and its patterns and tagged texts mean the same", () => {
    for (const text of ["/^[＝＋]$/.test('\\uff1d')", "((parts) => parts[0])`a · ‑ 😀`", "/^\u{1f600}$/u.test('😀')"]) {
      assert.match(inAscii(text), /^[\0-\x7f]*$/)
      assert.deepStrictEqual(evaluated(inAscii(text)), evaluated(text))
    }
  })

  it("is not made of a raw text that this would change", () => {
    assert.throws(() => inAscii("String.raw`a·b`"), "A script is ASCII, and this would change: String.raw`a·")
    assert.strictEqual(inAscii("String.raw`ab`"), "String.raw`ab`")
  })
})
