import { assert, describe, it } from "@effect/vitest"
import { bar } from "../src/text/Bar.ts"
import { clean, cleanLines } from "../src/text/Clean.ts"
import { indented } from "../src/text/Indented.ts"
import { ago, countdown, took } from "../src/text/Moment.ts"
import { maxDepth, treeLines } from "../src/text/Tree.ts"
import { cells, left, right, truncate } from "../src/text/Width.ts"
import { wrapped } from "../src/text/Wrap.ts"
import { Schema } from "effect"
import { Timestamp } from "@mixpeek-alerts/domain"

describe("clean", () => {
  it("leaves nothing that a terminal obeys", () => {
    const nasty =
      "\u001b[31mred\u001b[0m \u001b]8;;http://x\u0007link\u001b]8;;\u001b\\ \u009b2Jx \u001bPq\u001b\\ \u0007\u202eabc\u2066 \u200bz \u001b"
    assert.strictEqual(clean(nasty), "red link x  abc z ")
    assert.notMatch(clean(nasty), /[\p{Cc}\p{Cf}]/u)
  })

  it("holds for any text", () => {
    for (let code = 0; code < 0x3000; code++) {
      const shown = clean(`a${String.fromCharCode(code)}b\u001b[${String.fromCharCode(code)}m`)
      assert.notMatch(shown, /[\p{Cc}\p{Cf}\p{Cs}]/u, code.toString(16))
    }
  })

  it("reduces what terminals draw in different widths to its base", () => {
    assert.strictEqual(clean("👨‍👩‍👧‍👦 👍🏽 ☁️ 1️⃣"), "👨 👍 ☁ 1")
  })

  it("keeps words of every script", () => {
    for (const text of ["街頭カメラ 12", "Überwachung", "हिन्दी समाचार", "تقرير المساء", "🦊 fox", "🇩🇪"]) {
      assert.strictEqual(clean(text), text.normalize("NFC"))
    }
  })

  it("keeps a value of ten megabytes from taking long", () => {
    assert.isBelow(clean("é".repeat(10_000_000)).length, 5000)
  })

  it("splits lines only where asked to", () => {
    assert.strictEqual(clean("a\r\nb\tc\u2028d"), "a b c d")
    assert.deepStrictEqual(cleanLines("a\r\nb\n\u001b[1mc"), ["a", "b", "c"])
  })
})

describe("width", () => {
  it("counts two cells for wide characters, none for marks that combine", () => {
    assert.deepStrictEqual(["abc", "街頭", "e\u0301", "🦊", "🇩🇪", "ｆ"].map(cells), [3, 4, 1, 2, 2, 2])
  })

  it("cuts and fills to exactly the width", () => {
    for (const text of ["", "short", "街頭カメラ街頭カメラ", "exactly-10", "something long enough to cut"]) {
      for (const fit of [left, right]) assert.strictEqual(cells(fit(text, 10)), 10, text)
    }
    assert.strictEqual(truncate("街頭カメラ", 6), "街頭…")
    assert.strictEqual(truncate("abc", 0), "")
    assert.strictEqual(right("7", 3), "  7")
  })

  it("wraps at spaces, and anywhere in a word that is too long", () => {
    assert.deepStrictEqual(wrapped("one two three", 7), ["one two", "three"])
    assert.deepStrictEqual(wrapped("abcdefghij", 4), ["abcd", "efgh", "ij"])
    assert.deepStrictEqual(wrapped("", 4), [])
  })
})

describe("bars and times", () => {
  it("draws a share in eighths of a cell", () => {
    assert.deepStrictEqual(
      [0, 0.5, 1, 7, -1].map((share) => bar(share, 2)),
      ["", "█", "██", "██", ""],
    )
    assert.strictEqual(bar(0.3125, 2), "▋")
    assert.strictEqual(bar(0.5, 8, true), "####")
  })

  it("says how long ago something was in eight cells", () => {
    const at = Schema.decodeUnknownSync(Timestamp)("2026-03-01T00:00:00")
    const base = Date.UTC(2026, 2, 1)
    const after = [0, 5, 300, 7200, 3 * 86_400, 4000 * 86_400, -7200]
    assert.deepStrictEqual(
      after.map((seconds) => ago(at, base + seconds * 1000)),
      ["now", "5s ago", "5m ago", "2h ago", "3d ago", "10y ago", "future"],
    )
    assert.deepStrictEqual(
      [took(212), took(30_412), countdown(22_100), countdown(-1)],
      ["212 ms", "30.4 s", "0:23", "0:00"],
    )
  })
})

describe("the JSON tree", () => {
  const root = (json: string) => [{ label: "metadata", path: ".metadata", json }]

  it("keeps every digit and shows what it holds", () => {
    const lines = treeLines(root('{"n":12345678901234567890,"f":1.0,"a":[1,{}],"s":"x"}'), new Set(), 9)
    assert.deepStrictEqual(
      lines.map(({ depth, label, value }) => `${depth} ${label} ${value}`),
      ["0 metadata {4}", "1 n 12345678901234567890", "1 f 1.0", "1 a [2]", "2 0 1", "2 1 {0}", '1 s "x"'],
    )
    assert.strictEqual(lines[4]?.path, ".metadata.a[0]")
  })

  it("folds below a depth, and turns around what was toggled", () => {
    const json = '{"a":{"b":{"c":1}},"d":{"e":2}}'
    const shown = (toggled: ReadonlyArray<string>) =>
      treeLines(root(json), new Set(toggled), 1).map(({ label }) => label)
    assert.deepStrictEqual(shown([]), ["metadata", "a", "d"])
    assert.deepStrictEqual(shown([".metadata.a"]), ["metadata", "a", "b", "d"])
    assert.deepStrictEqual(shown([".metadata"]), ["metadata"])
  })

  it("does not fall over keys and depths that are made to hurt", () => {
    const deep = "[".repeat(20_000) + "]".repeat(20_000)
    assert.strictEqual(treeLines(root(deep), new Set(), 3).length, 4)
    const open = treeLines(root(deep), new Set(), Infinity)
    assert.deepStrictEqual([open.length, open.at(-1)?.value, open.at(-1)?.foldable], [maxDepth + 1, "[…]", false])
    const lines = treeLines(root('{"__proto__":{"x":1},"a b":1,"\\u001b[2J":2}'), new Set(), 2)
    assert.deepStrictEqual(
      lines.map(({ path }) => path),
      [".metadata", ".metadata.__proto__", ".metadata.__proto__.x", '.metadata["a b"]', '.metadata["\\u001b[2J"]'],
    )
    assert.strictEqual(lines.at(-1)?.label, "")
    assert.strictEqual(treeLines([{ label: "a\u001b[2J\u007f", path: ".a", json: "1" }], new Set(), 2)[0]?.label, "a")
  })

  it("indents strings of any length", () => {
    const long = "x\\n".repeat(8_000_000)
    assert.isTrue(indented(`{"a":"${long}", "b":[ ]}`) === `{\n  "a": "${long}",\n  "b": [ ]\n}`)
  })

  it("indents raw text without changing a token", () => {
    const json = '{"a":[],"b":{},"c":[1.0,"x,{\\"y"],"d":1e400}'
    assert.strictEqual(
      indented(json),
      '{\n  "a": [],\n  "b": {},\n  "c": [\n    1.0,\n    "x,{\\"y"\n  ],\n  "d": 1e400\n}',
    )
  })
})
