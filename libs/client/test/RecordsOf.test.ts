/** Many IDs through one lane, over real sockets: what succeeds at once, what does not, and what comes between. */
import { assert, describe, it } from "@effect/vitest"
import type { Decoded, ExecutionId } from "@mixpeek-alerts/domain"
import { make } from "@mixpeek-alerts/domain/Sample"
import { Effect, Fiber, Result } from "effect"
import type { Mixpeek, MixpeekError } from "../src/index.ts"
import { ask } from "./Ask.ts"
import { sandboxFor } from "./SandboxProcess.ts"
import { on } from "./Settings.ts"

const sandbox = sandboxFor("--executions", "50")
const faults = (settings: Readonly<Record<string, unknown>>) => Effect.promise(() => sandbox.faults(settings))
const stats = Effect.promise(() => sandbox.stats())

const sample = make(1)
const known = (count: number): ReadonlyArray<ExecutionId> =>
  Array.from({ length: 50 }, (_, index) => index)
    .filter(sample.hasId)
    .slice(0, count)
    .map(sample.executionId)
const unknown = "exec_not_there" as ExecutionId

type Told = Decoded["_tag"] | MixpeekError["reason"]["_tag"]

const told = (result: Result.Result<Decoded, MixpeekError>): Told =>
  Result.isFailure(result) ? result.failure.reason._tag : result.success._tag

/** What came of each ID, in the order in which it came, from one lane. */
const oneLane = (
  ids: ReadonlyArray<ExecutionId>,
  heard: Array<Told> = [],
): Effect.Effect<Array<Told>, never, Mixpeek> =>
  ask((mixpeek) => {
    const left = [...ids]
    return Effect.as(
      mixpeek.recordsOf(
        () => left.shift() ?? null,
        (result) => heard.push(told(result)),
      ),
      heard,
    )
  })

/** Asking for the counts may open a socket of its own. */
const toAsk = 1

const patient = { connectMillis: 1000, headersMillis: 5000, bodyIdleMillis: 5000 }

const fits = (count: number): ReadonlyArray<Told> => Array.from({ length: count }, () => "ExecutionRecord")

describe("a lane of IDs", () => {
  it.live("reads each once, in order, on one socket", () =>
    Effect.gen(function* () {
      const before = yield* stats
      assert.deepStrictEqual(yield* on(sandbox.baseUrl, oneLane(known(30))), fits(30))
      const after = yield* stats
      assert.strictEqual(after.requests.total - before.requests.total, 30)
      assert.isAtMost(after.sockets.ever - before.sockets.ever, 1 + toAsk)
    }),
  )

  it.live("goes on after one that is not there, and names one that cannot be asked for without asking", () =>
    Effect.gen(function* () {
      const before = yield* stats
      const ids = [...known(2), unknown, ".." as ExecutionId, ...known(3)]
      const heard = yield* on(sandbox.baseUrl, oneLane(ids))
      assert.deepStrictEqual(heard, [...fits(2), "NotFound", "InvalidRequest", ...fits(3)])
      assert.strictEqual((yield* stats).requests.total - before.requests.total, 6)
    }),
  )

  it.live("tries again what a 503 and a broken body interrupted", () =>
    Effect.gen(function* () {
      yield* faults({ "503": { rate: 1, next: 1, after: 3 }, "reset-body": { rate: 1, next: 1, after: 7 } })
      assert.deepStrictEqual(yield* on(sandbox.baseUrl, oneLane(known(12))), fits(12))
      assert.deepInclude((yield* stats).faults, { "503": 1, "reset-body": 1 })
    }),
  )

  it.live("gives up what does not answer in time, and reads the next", () =>
    Effect.gen(function* () {
      yield* faults({ "stall-headers": { rate: 1, next: 1, after: 2, ms: 5000 } })
      const timeouts = { ...patient, attemptMillis: 300, totalMillis: 400 }
      const heard = yield* on(sandbox.baseUrl, oneLane(known(6)), { timeouts })
      assert.deepStrictEqual(
        heard.filter((one) => one !== "ExecutionRecord"),
        ["TimedOut"],
      )
      assert.strictEqual(heard.length, 6)
    }),
  )

  it.live("gives each call its time, not all of them together", () =>
    Effect.gen(function* () {
      yield* faults({ latency: { rate: 1, ms: 60 } })
      const timeouts = { ...patient, attemptMillis: 250, totalMillis: 400 }
      const before = yield* stats
      const began = performance.now()
      assert.deepStrictEqual(yield* on(sandbox.baseUrl, oneLane(known(8)), { timeouts }), fits(8))
      assert.isAbove(performance.now() - began, timeouts.totalMillis)
      assert.strictEqual((yield* stats).requests.total - before.requests.total, 8)
    }),
  )

  it.live("keeps to the number of requests at once, however many lanes there are", () =>
    Effect.gen(function* () {
      yield* faults({ latency: { rate: 1, ms: 20 } })
      const before = yield* stats
      const lanes = Effect.all(
        Array.from({ length: 8 }, (_, lane) => oneLane(known(40).slice(lane * 5, lane * 5 + 5))),
        { concurrency: "unbounded" },
      )
      const heard = yield* on(sandbox.baseUrl, lanes, { concurrency: 3 })
      assert.deepStrictEqual(heard.flat(), fits(40))
      assert.isAtMost((yield* stats).sockets.ever - before.sockets.ever, 3 + toAsk)
    }),
  )

  it.live("lets other calls have a turn, when lanes have all slots, and goes on", () =>
    Effect.gen(function* () {
      const heard: Array<Told> = []
      const told = yield* on(
        sandbox.baseUrl,
        Effect.gen(function* () {
          const lane = yield* Effect.forkChild(oneLane(known(40), heard))
          while (heard.length < 2) yield* Effect.sleep(1)
          yield* ask((mixpeek) => mixpeek.get(unknown)).pipe(Effect.flip)
          const then = heard.length
          yield* Fiber.join(lane)
          return then
        }),
        { concurrency: 1 },
      )
      assert.isBelow(told, 20)
      assert.deepStrictEqual(heard, fits(40))
    }),
  )

  it.live("takes turns with other lanes, call by call", () =>
    Effect.gen(function* () {
      yield* faults({ latency: { rate: 1, ms: 5 } })
      const order: Array<string> = []
      const lane = (name: string) =>
        ask((mixpeek) => {
          const left = [...known(6)]
          return mixpeek.recordsOf(
            () => left.shift() ?? null,
            () => order.push(name),
          )
        })
      yield* on(sandbox.baseUrl, Effect.all([lane("a"), lane("b")], { concurrency: "unbounded" }), { concurrency: 1 })
      assert.strictEqual(order.join(""), "abababababab")
    }),
  )

  it.live("ends at once when it is interrupted, and closes its socket", () =>
    Effect.gen(function* () {
      yield* faults({ "stall-headers": { rate: 1, after: 2, ms: 60_000 } })
      const heard: Array<Told> = []
      yield* on(
        sandbox.baseUrl,
        Effect.gen(function* () {
          const running = yield* Effect.forkChild(oneLane(known(10), heard))
          while (heard.length < 2) yield* Effect.sleep(5)
          yield* Fiber.interrupt(running)
        }),
      )
      assert.deepStrictEqual(heard, fits(2))
    }),
  )

  it.live("counts its requests, and stops at the most that were allowed", () =>
    Effect.gen(function* () {
      const heard = yield* on(sandbox.baseUrl, oneLane(known(6)), { maxRequests: 4 })
      assert.deepStrictEqual(heard, [...fits(4), "BudgetSpent", "BudgetSpent"])
    }),
  )
})
