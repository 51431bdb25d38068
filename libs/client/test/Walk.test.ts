/** How a list is walked to its end, and how a walk without an end is noticed. */
import { assert, describe, it } from "@effect/vitest"
import { Effect, Stream } from "effect"
import { Mixpeek } from "../src/index.ts"
import { ask } from "./Ask.ts"
import { failure, Script } from "./Script.ts"
import { sandboxFor } from "./SandboxProcess.ts"
import { impatient, settings } from "./Settings.ts"

const sandbox = sandboxFor("--executions", "100")

const run = <A, E>(effect: Effect.Effect<A, E, Mixpeek>) =>
  Effect.provide(effect, Mixpeek.layer(settings(sandbox.baseUrl, { timeouts: impatient })))

const executions = ask((mixpeek) => Stream.runCollect(mixpeek.executions({ pageSize: 10 })))
const pages = ask((mixpeek) => Stream.runCollect(mixpeek.pages({ pageSize: 10 })))
const faults = (settings: Readonly<Record<string, unknown>>) => Effect.promise(() => sandbox.faults(settings))

describe("a list that ends", () => {
  it.live("is read to its end, each record once and in order", () =>
    Effect.gen(function* () {
      const records = yield* run(executions)
      assert.strictEqual(records.length, 100)
      assert.strictEqual(new Set(records.map((record) => record.json)).size, 100)
    }),
  )

  it.live("can be taken up again from the cursor of any page", () =>
    Effect.gen(function* () {
      const whole = yield* run(pages)
      const cursor = whole[4]?.cursor ?? undefined
      const rest = yield* run(ask((mixpeek) => Stream.runCollect(mixpeek.pages({ pageSize: 10, cursor }))))
      assert.deepStrictEqual(
        rest.map((page) => page.records),
        whole.slice(4).map((page) => page.records),
      )
    }),
  )

  it.live("loses nothing behind an empty page", () =>
    Effect.gen(function* () {
      yield* faults({ "empty-page": { times: 3, next: 1 } })
      assert.strictEqual((yield* run(executions)).length, 100)
    }),
  )

  for (const as of ["empty", "absent"]) {
    it.live(`also ends with a cursor that is ${as}`, () =>
      Effect.gen(function* () {
        yield* faults({ "end-cursor": { as } })
        assert.strictEqual((yield* run(executions)).length, 100)
      }),
    )
  }

  it.live("is read although one of its pages came twice", () =>
    Effect.gen(function* () {
      yield* faults({ "page-repeat": { next: 1, after: 2 } })
      assert.strictEqual((yield* run(executions)).length, 110)
    }),
  )

  it.live("fails when its cursor has expired, instead of ending early", () =>
    Effect.gen(function* () {
      yield* faults({ "expired-cursor": { next: 1, after: 3 } })
      assert.strictEqual((yield* run(Effect.flip(executions))).reason._tag, "InvalidRequest")
    }),
  )
})

describe("a list that does not end is an error", () => {
  const loops: ReadonlyArray<readonly [string, string, number]> = [
    ["when a cursor leads to itself", "cursor-loop", 5],
    ["when two cursors lead to one another", "cursor-loop-aba", 6],
    ["when the same page comes again and again under new cursors", "page-repeat", 5],
    ["when page after page is empty", "empty-page", 101],
  ]
  for (const [name, fault, most] of loops) {
    it.live(name, () =>
      Effect.gen(function* () {
        yield* faults({ [fault]: fault === "empty-page" ? { times: 1_000_000 } : 1 })
        const before = (yield* Effect.promise(() => sandbox.stats())).requests.total
        const error = yield* run(Effect.flip(pages))
        const after = (yield* Effect.promise(() => sandbox.stats())).requests.total
        assert.strictEqual(error.reason._tag, "CursorLoop")
        assert.isAtMost(after - before, most)
        assert.strictEqual(error.path, "/v1/alerts/executions")
      }),
    )
  }

  it.live("when it leads back to where the caller began", () =>
    Effect.gen(function* () {
      const [, second] = yield* run(
        ask((mixpeek) => Stream.runCollect(Stream.take(mixpeek.pages({ pageSize: 10 }), 2))),
      )
      yield* faults({ "cursor-loop": 1 })
      const again = ask((mixpeek) =>
        Stream.runCollect(mixpeek.pages({ pageSize: 10, cursor: second?.cursor ?? undefined })),
      )
      const error = yield* run(Effect.flip(again))
      assert.strictEqual(error.reason._tag, "CursorLoop")
      assert.match(error.message, /^The list does not end: .+ after \d+ pages\.$/)
    }),
  )

  it.effect("for alerts too", () =>
    Effect.gen(function* () {
      const alerts = (next: string) => ({
        status: 200,
        body: JSON.stringify({ results: [], pagination: { next_cursor: next } }),
      })
      const script = new Script(alerts("a"), alerts("b"), alerts("a"))
      const error = yield* failure(
        Effect.provide(
          ask((mixpeek) => Stream.runDrain(mixpeek.alerts())),
          script.layer(),
        ),
      )
      assert.strictEqual(error.reason._tag, "CursorLoop")
      assert.deepInclude(error, { method: "POST", path: "/v1/alerts/list" })
    }),
  )
})

describe("an empty page that says success:false", () => {
  it.effect("is a failure and not the end of the list", () =>
    Effect.gen(function* () {
      const script = new Script({
        status: 200,
        body: '{"success":false,"status":404,"error":{"message":"Gone.","type":"NotFoundError"},"results":[]}',
      })
      const error = yield* failure(Effect.provide(pages, script.layer()))
      assert.strictEqual(error.reason._tag, "NotFound")
      assert.strictEqual(error.message, "Mixpeek does not know it.")
    }),
  )
})
