/** Linear mode: what is understood, what is said, and that it is said once. */
import { Mixpeek, MixpeekError, Reason } from "@mixpeek-alerts/client"
import { assert, describe, it } from "@effect/vitest"
import { type Decoded, ExecutionId, parseRecord } from "@mixpeek-alerts/domain"
import { Clock, Effect, Fiber, Layer, Queue, Result, Stream } from "effect"
import { TestClock } from "effect/testing"
import { arrivingDemo, clockShift } from "../src/Demo.ts"
import type { Conversation } from "../src/linear/Conversation.ts"
import { instructionHelp, instructionNames, parseInstruction } from "../src/linear/Instruction.ts"
import { linear, type LinearOptions } from "../src/linear/Linear.ts"
import { executionSentences, rowSentence } from "../src/linear/Sentence.ts"
import { liveByDefault } from "../src/tui/Live.ts"
import { ClockShift } from "../src/tui/Perform.ts"
import { at, newest } from "./Fixture.ts"
import { runProgram } from "./Program.ts"

const options: LinearOptions = { target: null, demo: true, live: liveByDefault }

/** A conversation that is typed by a test; `said` holds every line. */
const scripted = Effect.gen(function* () {
  const lines = yield* Queue.unbounded<string | null>()
  const said: Array<string> = []
  const talk: Conversation = {
    typed: true,
    say: (some) => Effect.sync(() => void said.push(...some)),
    ask: Queue.take(lines),
    enter: Effect.asVoid(Queue.take(lines)),
  }
  return { lines, said, talk }
})

const onDemo = <A, E, R>(program: Effect.Effect<A, E, R | Mixpeek>) =>
  Effect.gen(function* () {
    const shift = clockShift(yield* Clock.currentTimeMillis)
    return yield* program.pipe(Effect.provide(arrivingDemo), Effect.provideService(ClockShift, shift))
  })

/** Everything that is said when these lines are typed. */
const transcript = (typed: ReadonlyArray<string>, more: Partial<LinearOptions> = {}) =>
  onDemo(
    Effect.gen(function* () {
      const { lines, said, talk } = yield* scripted
      yield* Queue.offerAll(lines, [...typed, null])
      assert.strictEqual(yield* linear({ ...options, ...more }, talk), 0)
      return said
    }),
  )

describe("an instruction", () => {
  it("is a command with the rest of its line, a number, an ID, a filter, or a mistake with a hint", () => {
    assert.deepStrictEqual(parseInstruction(" filter  score:>0.8 !x "), { name: "filter", rest: "score:>0.8 !x" })
    assert.deepStrictEqual(parseInstruction("/ score:>0.8"), { name: "filter", rest: "score:>0.8" })
    assert.deepStrictEqual(parseInstruction("LIST"), { name: "list", rest: "" })
    assert.deepStrictEqual(parseInstruction("3"), { name: "open", rest: "3" })
    assert.deepStrictEqual(parseInstruction("exec_8f"), { name: "open", rest: "exec_8f" })
    assert.deepStrictEqual(parseInstruction("x"), { name: "triggered", rest: "" })
    assert.isNull(parseInstruction("  "))
    assert.strictEqual(parseInstruction("lsit"), 'There is no command "lsit". Did you mean list?')
    assert.strictEqual(parseInstruction("constructor"), 'There is no command "constructor". help lists them.')
    assert.isString(parseInstruction("\u001b[A"))
  })

  it("has a line of help each", () => {
    assert.deepStrictEqual(Object.keys(instructionHelp), [...instructionNames])
  })
})

describe("a linear session", () => {
  it.effect("lists with numbers, goes on, opens by number, and tells about matches", () =>
    Effect.gen(function* () {
      const said = yield* transcript(["next", "1", "matches", "next", "match 1", "sources"])
      assert.include(said[1], "100 executions loaded of 412, newest first")
      assert.match(
        said[2] ?? "",
        /^1 triggered exec_f1b33e53, alert alt_face_jp, 26 matches, top score 1\.00, 2 minutes ago$/,
      )
      assert.match(said[13] ?? "", /^11 quiet without an ID/)
      const opened = said.indexOf("Execution exec_f1b33e53: triggered.")
      assert.match(said[opened + 5] ?? "", /^1 document doc_9c15c171, asset ast_3545, score 0\.773$/)
      assert.match(said[opened + 16] ?? "", /^11 document /)
      assert.include(said, 'matched_features.label: "Evening news, 18:00"')
    }),
  )

  it.effect("filters, sorts, counts, and says what it does not understand", () =>
    Effect.gen(function* () {
      const said = yield* transcript([
        "filter score:>0.9",
        "sort took",
        "filter x:>",
        "stats",
        "alerts logo",
        "open 77",
        "match 9",
        "fill",
      ])
      assert.isTrue(said.some((line) => line.includes("9 of them pass the filter, newest first")))
      assert.isTrue(said.some((line) => line.includes("highest first, by took")))
      assert.include(said, "Of 99 loaded executions, 26 triggered: 26 percent.")
      assert.include(said, "1 brand-logo, alt_brand_logo, on, tells webhook")
      assert.isTrue(said.some((line) => line.startsWith("There is no number 77")))
      assert.include(said, "No execution is open; open 3 opens the third of the list.")
      assert.include(said, "There is no gap.")
    }),
  )

  it.effect("opens an execution by its ID from the start, and by one that does not exist", () =>
    Effect.gen(function* () {
      const said = yield* transcript(["open exec_nothing", "json"], { target: newest })
      assert.strictEqual(said[1], `Execution ${newest}: triggered.`)
      assert.isTrue(said.some((line) => line.startsWith("NotFound: ")))
      assert.isTrue(said.some((line) => line.includes(`"execution_id": "${newest}"`)))
    }),
  )

  it.effect("says one line for each new execution in live mode, with the next number, until enter", () =>
    onDemo(
      Effect.gen(function* () {
        const { lines, said, talk } = yield* scripted
        const running = yield* Effect.forkChild(linear(options, talk))
        yield* Queue.offer(lines, "live")
        for (let passed = 0; passed < 40; passed++) yield* TestClock.adjust("1 second")
        yield* Queue.offer(lines, "")
        yield* Queue.offer(lines, null)
        assert.strictEqual(yield* Fiber.join(running), 0)
        const began = said.findIndex((line) => line.startsWith("Live: "))
        const news = said.slice(began + 1, -1)
        assert.isAtLeast(news.length, 3)
        for (const [index, line] of news.entries()) assert.match(line, new RegExp(`^${101 + index} (triggered|quiet) `))
        assert.strictEqual(said.at(-1), `Live is off; ${news.length} new executions.`)
      }),
    ),
  )

  it.effect("tells an outage once, goes on, and stops live when waiting cannot help", () =>
    Effect.gen(function* () {
      let asked = 0
      const failing = (reason: Reason.Reason) =>
        Effect.fail(
          new MixpeekError({
            reason,
            method: "GET",
            path: "/x",
            status: null,
            type: null,
            requestId: null,
            attempts: [],
          }),
        )
      const state = { limit: 600, remaining: 600, resetsAt: null, spent: 1, pausedUntil: null, limited: 0 }
      const service = Layer.mock(Mixpeek)({
        page: () => {
          asked++
          if (asked === 1 || asked === 4) return Effect.succeed({ records: [], next: null, totalCount: 0 })
          return asked < 6
            ? failing(new Reason.Unreachable({ phase: "connect", code: "ECONNREFUSED" }))
            : failing(new Reason.Unauthorized({ said: "Invalid API key" }))
        },
        budget: {
          take: () => Effect.void,
          takeNow: () => true,
          learn: () => {},
          pause: () => Effect.void,
          state: Effect.succeed(state),
          changes: Stream.empty,
        },
      })
      const { lines, said, talk } = yield* scripted
      const running = yield* Effect.forkChild(Effect.provide(linear({ ...options, demo: false }, talk), service))
      yield* Queue.offer(lines, "live")
      for (let passed = 0; passed < 300; passed++) yield* TestClock.adjust("1 second")
      yield* Queue.offer(lines, "quit")
      assert.strictEqual(yield* Fiber.join(running), 0)
      assert.strictEqual(said.filter((line) => line.includes("Live goes on, more slowly.")).length, 2)
      assert.strictEqual(said.filter((line) => line === "Mixpeek answers again.").length, 1)
      assert.isTrue(said.some((line) => line.startsWith("Unauthorized: ")))
    }),
  )

  it("says nothing that a terminal would obey", () => {
    const record = (json: string): Decoded => Result.getOrThrow(parseRecord(json))
    const hostile = record(
      '{"execution_id":"exec_1","alert_id":"a\\u001b[31m\\u202ex","collection_id":"c\\u0007","triggered":true,"match_count":1,"matches":[{"document_id":"d\\u009b1m","score":0.5}],"executed_at":"2026-03-01T00:00:00Z","duration_ms":1}',
    )
    for (const line of [rowSentence(hostile, at), ...executionSentences(hostile, at)]) assert.notMatch(line, /[\p{C}]/u)
  })

  it("needs no terminal when it is asked for by its flag, and draws nothing", async () => {
    const { code, stderr, stdout } = await runProgram(["--linear", "--demo", ExecutionId.make(newest)])
    assert.strictEqual(code, 0, stderr)
    assert.include(stdout, `Execution ${newest}: triggered.`)
    assert.notMatch(stdout.replaceAll("\n", ""), /\p{Cc}/u)
    const scripted = await runProgram(["--demo"], { ACCESSIBLE: "1" })
    assert.deepStrictEqual([scripted.code, scripted.stdout], [64, ""])
  })
})
