/** Whatever keys are pressed, a terminal replies, a record holds or a person writes: the screen stays, and nothing gets out. */
import { assert, describe, it } from "@effect/vitest"
import { type Decoded, JsonText, parseRecord } from "@mixpeek-alerts/domain"
import { eachSeed, mutated, scrambled } from "@mixpeek-alerts/domain/Fuzz"
import { make } from "@mixpeek-alerts/domain/Sample"
import { Result } from "effect"
import { PassThrough } from "node:stream"
import { parseCondition } from "../src/commands/Condition.ts"
import { parsePath } from "../src/output/Pick.ts"
import { StdinFilter } from "../src/terminal/StdinFilter.ts"
import { clean } from "../src/text/Clean.ts"
import { indented } from "../src/text/Indented.ts"
import { treeLines } from "../src/text/Tree.ts"
import { bindings } from "../src/tui/Keys.ts"
import type { Message } from "../src/tui/Message.ts"
import { after, at, openedModel, listed, newest } from "./Fixture.ts"

const sample = make(20260301)
const keys = [...new Set(bindings.flatMap((binding) => binding.keys))]

const messageOf = (seed: number): Message => {
  switch (seed % 11) {
    case 0:
      return { _tag: "Pasted", text: scrambled(seed) }
    case 1:
      return { _tag: "Resized", columns: 1 + (seed % 200), rows: 1 + ((seed >> 3) % 60) }
    case 2: {
      const record = parseRecord(mutated(sample.json(seed % 5000), seed))
      const loaded: Decoded | undefined = Result.isSuccess(record) ? record.success : undefined
      if (loaded !== undefined) return { _tag: "ExecutionLoaded", id: newest, record: loaded, at }
      return { _tag: "Ticked", at: at + seed }
    }
    case 3:
      return { _tag: "Pressed", press: scrambled(seed, 1) }
    default:
      return { _tag: "Pressed", press: keys[(seed * 7) % keys.length] ?? "j" }
  }
}

// oxlint-disable-next-line no-control-regex -- control characters are what is looked for
const obeyed = /[\u0000-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069\u2028\u2029]/

const heard = (pieces: ReadonlyArray<string>): string => {
  const source = new PassThrough()
  const filter = new StdinFilter(source as unknown as NodeJS.ReadStream)
  let text = ""
  for (const piece of pieces) {
    filter.write(piece)
    text += (filter.read() as string | null) ?? ""
  }
  filter.end()
  return text + ((filter.read() as string | null) ?? "")
}

describe("fuzz", () => {
  it("keys, pastes, sizes and records in any order", (test) => {
    let model = listed()
    eachSeed(test, (seed) => {
      if (seed % 50 === 0) model = seed % 100 === 0 ? listed() : openedModel()
      model = after(model, ...[0, 1, 2, 3].map((step) => messageOf(seed * 5 + step)))
      assert.isAtLeast(model.list.top, 0)
      for (const spot of Object.values(model.detail?.spots ?? {})) assert.isTrue(spot.index >= 0 && spot.top >= 0)
    })
  })

  it("terminal replies: in any pieces, only the keys between them are heard", (test) => {
    const replies = [
      "\u001b]11;rgb:0000/0000/0000\u0007",
      "\u001b]10;x\u001b\\",
      "\u001b[<0;10;20M",
      "\u001b[I",
      "\u001bP>|tmux\u001b\\",
    ]
    eachSeed(test, (seed) => {
      const text = `a${replies[seed % 5]}b${replies[(seed >> 3) % 5]}\u001b[A${replies[(seed >> 6) % 5]}é`
      const first = seed % text.length
      const second = (seed * 7) % text.length
      const pieces = [
        text.slice(0, Math.min(first, second)),
        text.slice(Math.min(first, second), Math.max(first, second)),
        text.slice(Math.max(first, second)),
      ]
      // Cut right behind its Esc or its bracket a reply cannot be told from a key, and Ink has to sort it out.
      if (!pieces.some((piece) => piece.endsWith("\u001b") || piece.endsWith("\u001b[")))
        assert.strictEqual(heard(pieces.filter((one) => one !== "")), "ab\u001b[Aé")
      const damaged = mutated(text, seed)
      assert.isAtMost(heard([damaged]).length, damaged.length)
    })
  })

  it("text for the screen holds nothing that a terminal obeys", (test) => {
    eachSeed(test, (seed) => assert.notMatch(clean(scrambled(seed, 30)), obeyed))
  })

  it("records as trees and as lines", (test) => {
    eachSeed(test, (seed) => {
      const json = mutated(sample.json(seed % 5000), seed)
      const bare = (text: string): string => text.replaceAll(/\s/g, "")
      assert.strictEqual(bare(indented(json)), bare(json))
      try {
        JSON.parse(json)
      } catch {
        return
      }
      const roots = JsonText.members(json).map(({ end, key, start }) => ({
        label: key,
        path: `.${key}`,
        json: json.slice(start, end),
      }))
      for (const { label, value } of treeLines(roots, new Set(), 99)) assert.notMatch(label + value, obeyed)
    })
  })

  it("conditions and paths", (test) => {
    eachSeed(test, (seed) => {
      const condition = parseCondition(mutated("score>=0.9", seed))
      const path = parsePath(mutated('matches[0].metadata["a key"]', seed))
      if (Result.isFailure(condition)) assert.notStrictEqual(condition.failure.hint, "")
      if (Result.isFailure(path)) assert.strictEqual(path.failure.tag, "Usage")
    })
  })
})
