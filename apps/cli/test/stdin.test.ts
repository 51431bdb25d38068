import { assert, describe, it } from "@effect/vitest"
import { once } from "node:events"
import { PassThrough } from "node:stream"
import { StdinFilter } from "../src/terminal/StdinFilter.ts"

const through = async (...chunks: ReadonlyArray<string>): Promise<string> => {
  const source = new PassThrough()
  const filter = new StdinFilter(source as unknown as NodeJS.ReadStream)
  for (const chunk of chunks) source.write(chunk)
  source.end()
  return (await filter.toArray()).join("")
}

describe("standard input", () => {
  it("loses what the terminal says on its own", async () => {
    const chatter =
      "\u001b]11;rgb:0000/0000/0000\u0007\u001b]10;x\u001b\\\u001b[<0;10;20M\u001b[<0;10;20m\u001b[I\u001b[O\u001bP>|tmux\u001b\\"
    assert.strictEqual(await through(`a${chatter}b`), "ab")
  })

  it("loses it in pieces too", async () => {
    assert.strictEqual(await through("a\u001b]11;rgb:00", "00\u0007b\u001b[<0;1", "0;2Mc"), "abc")
  })

  it("keeps keys, a lone Esc, and pasted text", async () => {
    for (const text of ["jjk", "\u001b", "\u001b[A", "\u001bOP", "\u001b[200~a b\u001b[201~", "é街🦊"]) {
      assert.strictEqual(await through(text), text)
    }
  })

  it("does not keep the keys behind Alt-] or Alt-P for itself, and none behind Ctrl-C", async () => {
    const source = new PassThrough()
    const filter = new StdinFilter(source as unknown as NodeJS.ReadStream)
    for (const keys of ["\u001b]jjq", "\u001bPq", "\u001b[<1"]) {
      source.write(keys)
      const [heard] = (await once(filter, "data")) as [string]
      assert.strictEqual(heard, keys)
    }
    assert.strictEqual(await through("\u001b]jj\u0003"), "\u001b]jj\u0003")
  })
})
