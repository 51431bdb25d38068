/** Whatever keys are pressed, a terminal replies, a record holds or a person writes: the screen stays, and nothing gets out. */
import { assert, describe, it } from "@effect/vitest"
import { type Decoded, JsonText, parseRecord } from "@mixpeek-alerts/domain"
import { eachSeed, mutated, scrambled } from "@mixpeek-alerts/domain/Fuzz"
import { make } from "@mixpeek-alerts/domain/Sample"
import { Effect, Exit, Option, Result } from "effect"
import { PassThrough } from "node:stream"
import { understand } from "../src/Cli.ts"
import { parseCondition } from "../src/commands/Condition.ts"
import { parsePath } from "../src/output/Pick.ts"
import { reportText } from "../src/Report.ts"
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

  it.each(["__proto__", "constructor", "toString"])(
    "a condition that is named as every object has a member: %s",
    (text) => {
      assert.strictEqual(Result.getOrThrow(Result.flip(parseCondition(text))).message, `"${text}" is not a condition.`)
    },
  )

  it("arguments of any command: it is run, or one sentence says why not", async (test) => {
    const words =
      "get list latest watch matches stats compare alerts config completions doctor set show exec_8f -o json --"
    const flags =
      "--json --triggered --since 24h --where score:>0.8 --fields --pick --fail-on --limit 5 --demo --theme mono - -x"
    const known = [...words.split(" "), ...flags.split(" "), "--interval=5s", "--rpm=", "--timeout", "https://x/y", ""]
    let ran = 0
    const outcome = async (seed: number): Promise<void> => {
      const args = Array.from({ length: seed % 7 }, (_, at) => {
        const word = known[(seed * 7 + at * 13) % known.length] as string
        const kind = (seed >> 2) + at
        return (kind % 4 === 0 ? scrambled(seed + at, 3) : kind % 4 === 1 ? mutated(word, seed + at) : word).slice(
          0,
          60,
        )
      }).filter((word) => !/^-(-help|-version|[^-]*[hv])/.test(word))
      const finish = () => Effect.sync(() => void ran++)
      const exit = await Effect.runPromiseExit(understand(args, finish))
      if (Exit.isSuccess(exit)) return
      const wrong = Option.getOrThrowWith(Exit.findErrorOption(exit), () => new Error(JSON.stringify([args, exit])))
      assert.strictEqual(wrong.exitCode, 64, JSON.stringify(args))
      assert.match(reportText(wrong), /^Usage: \S[^\n]*[.?!]\n$/, JSON.stringify(args))
      assert.notMatch(reportText(wrong).trimEnd(), obeyed)
    }
    const outcomes: Array<Promise<void>> = []
    eachSeed(test, (seed) => void outcomes.push(outcome(seed)), 0.4)
    await Promise.all(outcomes)
    assert.isAbove(ran, 0)
  })
})
