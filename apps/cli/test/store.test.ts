import { assert, describe, it } from "@effect/vitest"
import { Deferred, Effect, Exit, Stream } from "effect"
import { TestClock } from "effect/testing"
import type { Command } from "../src/tui/Command.ts"
import type { Message } from "../src/tui/Message.ts"
import * as Store from "../src/tui/Store.ts"
import { at, listed, pageOf } from "./Fixture.ts"
import { indexOf } from "../src/tui/List.ts"

const loaded: Message = { _tag: "PageLoaded", page: pageOf(100), more: false, at }

const slowly =
  (started: Array<string>, ended: Array<string>) =>
  (command: Command): Stream.Stream<Message> =>
    command._tag === "LoadPage"
      ? Stream.fromEffect(
          Effect.sync(() => started.push("page")).pipe(
            Effect.andThen(Effect.delay(Effect.succeed(loaded), "1 second")),
            Effect.onInterrupt(() => Effect.sync(() => ended.push("interrupted"))),
          ),
        )
      : Stream.empty

describe("the store", () => {
  it.effect("counts every key of one tick", () =>
    Effect.gen(function* () {
      const store = yield* Store.make(listed(), [], () => Stream.empty)
      for (let count = 0; count < 50; count++) store.dispatch({ _tag: "Pressed", press: "j" })
      assert.strictEqual(indexOf(store.model().list), 50)
    }),
  )

  it.effect("interrupts a load that a newer one replaces", () =>
    Effect.gen(function* () {
      const started: Array<string> = []
      const ended: Array<string> = []
      const store = yield* Store.make(listed(), [], slowly(started, ended))
      store.dispatch({ _tag: "Pressed", press: "r" })
      yield* TestClock.adjust("100 millis")
      store.dispatch({ _tag: "Pressed", press: "r" })
      yield* TestClock.adjust("2 seconds")
      assert.deepStrictEqual([started, ended], [["page", "page"], ["interrupted"]])
      assert.strictEqual(store.model().list.items._tag, "Ready")
    }),
  )

  it.effect("stops asking on esc", () =>
    Effect.gen(function* () {
      const ended: Array<string> = []
      const store = yield* Store.make(listed(), [], slowly([], ended))
      store.dispatch({ _tag: "Pressed", press: "r" })
      yield* TestClock.adjust("100 millis")
      store.dispatch({ _tag: "Pressed", press: "esc" })
      yield* TestClock.adjust("100 millis")
      assert.deepStrictEqual(ended, ["interrupted"])
      assert.strictEqual(store.model().list.items._tag, "Ready")
    }),
  )

  it.effect("ends with the code of quit", () =>
    Effect.gen(function* () {
      const store = yield* Store.make(listed(), [], () => Stream.empty)
      store.dispatch({ _tag: "Pressed", press: "q" })
      assert.strictEqual(yield* Deferred.await(store.end), 0)
    }),
  )

  it.effect("ends with the bug of a command", () =>
    Effect.gen(function* () {
      const bug = new Error("a bug")
      const store = yield* Store.make(listed(), [{ _tag: "WatchBudget" }], () => Stream.die(bug))
      const exit = yield* Effect.exit(Deferred.await(store.end))
      assert.deepStrictEqual(exit, Exit.die(bug))
    }),
  )

  it.effect("tells its listeners only about changes, until they leave", () =>
    Effect.gen(function* () {
      const store = yield* Store.make(listed(), [], () => Stream.empty)
      let told = 0
      const leave = store.subscribe(() => told++)
      store.dispatch({ _tag: "Pressed", press: "j" })
      store.dispatch({ _tag: "ExecutionLoaded", id: "exec_other", record: pageOf(1).records[0]!, at })
      leave()
      store.dispatch({ _tag: "Pressed", press: "j" })
      assert.strictEqual(told, 1)
    }),
  )
})
