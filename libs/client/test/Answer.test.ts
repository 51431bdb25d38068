/** What becomes of an answer, over real sockets. */
import { assert, describe, it } from "@effect/vitest"
import { parseExecutionId } from "@mixpeek-alerts/domain"
import { Effect, Option, Result, Stream } from "effect"
import { Mixpeek, type MixpeekConfig } from "../src/index.ts"
import { ask } from "./Ask.ts"
import { sandboxFor } from "./SandboxProcess.ts"
import { impatient, settings } from "./Settings.ts"

const sandbox = sandboxFor("--executions", "50")

const run = <A, E>(effect: Effect.Effect<A, E, Mixpeek>, changes: Partial<MixpeekConfig> = {}) =>
  Effect.suspend(() =>
    Effect.provide(effect, Mixpeek.layer(settings(sandbox.baseUrl, { timeouts: impatient, ...changes }))),
  )

const page = ask((mixpeek) => mixpeek.page({ pageSize: 20 }))
const failed = (changes: Partial<MixpeekConfig> = {}) => run(Effect.flip(page), changes)
const faults = (settings: Readonly<Record<string, unknown>>) => Effect.promise(() => sandbox.faults(settings))
const sent = Effect.promise(async () => (await sandbox.stats()).requests.total)

describe("an answer that is no page of records", () => {
  it.live("is told as a web page when a proxy sends one with status 200", () =>
    Effect.gen(function* () {
      yield* faults({ "html-200": 1 })
      const error = yield* failed()
      assert.deepInclude(error.reason, { _tag: "NotJson", contentType: "text/html" })
      assert.include(error.hint, "proxy")
      assert.deepInclude(error, { status: 200, message: "The answer is not JSON but text/html." })
    }),
  )

  it.live("is malformed when it is {}, and says what is missing", () =>
    Effect.gen(function* () {
      yield* faults({ "empty-object-200": 1 })
      const error = yield* failed()
      assert.deepInclude(error.reason, { _tag: "Malformed", path: ".results", excerpt: "{}" })
      assert.strictEqual(error.message, "The API sent something that does not fit: Missing key at .results.")
    }),
  )

  it.live("is malformed when its results are null, and no empty page", () =>
    Effect.gen(function* () {
      yield* faults({ "null-results": 1 })
      assert.strictEqual((yield* failed()).reason._tag, "Malformed")
    }),
  )

  it.live("is the failure that success:false tells of, though its status is 200", () =>
    Effect.gen(function* () {
      yield* faults({ "success-false-200": 1 })
      const error = yield* failed({ timeouts: { ...impatient, totalMillis: 2500 } })
      assert.strictEqual(error.reason._tag, "ServerFault")
      assert.isAbove(error.attempts.length, 1)
      assert.isAtLeast(error.status ?? 0, 400)
    }),
  )
})

describe("a body that arrived damaged is fetched again", () => {
  const damages: ReadonlyArray<readonly [string, unknown]> = [
    ["gzip-broken", "next:1"],
    ["truncated-body", { next: 1, framing: "length" }],
    ["truncated-body", { next: 1, framing: "chunked" }],
    ["wrong-length", { next: 1, by: -10 }],
    ["reset-body", "next:1"],
    ["reset-headers", "next:1"],
  ]
  for (const [fault, value] of damages) {
    it.live(`after ${fault} ${JSON.stringify(value)}`, () =>
      Effect.gen(function* () {
        yield* faults({ [fault]: value })
        const before = yield* sent
        const { records } = yield* run(page)
        assert.strictEqual(records.length, 20)
        assert.strictEqual((yield* sent) - before, 2)
      }),
    )
  }

  it.live("and when it stays so, the error says that the body broke", () =>
    Effect.gen(function* () {
      yield* faults({ "reset-body": 1 })
      const error = yield* failed({ maxRequests: 2 })
      assert.strictEqual(error.reason._tag, "BudgetSpent")
      assert.deepStrictEqual(
        error.attempts.map(({ outcome, status }) => [outcome, status]),
        [
          ["Unreachable", 200],
          ["Unreachable", 200],
        ],
      )
    }),
  )
})

describe("a body that takes too long or too much", () => {
  it.live("is given up when it is longer on the wire than its declared length allows", () =>
    Effect.gen(function* () {
      yield* faults({ "wrong-length": { by: 10 } })
      const error = yield* failed({ timeouts: { ...impatient, bodyIdleMillis: 200, totalMillis: 1000 } })
      assert.strictEqual(error.reason._tag, "TimedOut")
    }),
  )

  it.live("is given up when it unpacks to more than the limit, without another try", () =>
    Effect.gen(function* () {
      yield* faults({ "gzip-bomb": { megabytes: 64 } })
      const error = yield* failed({ maxBodyBytes: 8 * 1_048_576 })
      assert.deepInclude(error.reason, { _tag: "BodyTooLarge", limit: 8 * 1_048_576 })
      assert.deepStrictEqual([error.message, error.attempts.length], ["The answer is larger than 8 MiB.", 1])
    }),
  )

  it.live("is given up when it is longer than the limit as it is", () =>
    Effect.gen(function* () {
      yield* faults({ "huge-metadata": { megabytes: 3 } })
      const error = yield* failed({ maxBodyBytes: 1_048_576 })
      assert.strictEqual(error.reason._tag, "BodyTooLarge")
      assert.strictEqual(error.attempts.length, 1)
    }),
  )

  it.live("arrives in the end when it only drips", () =>
    Effect.gen(function* () {
      yield* faults({ "slow-drip": { ms: 5, bytes: 4096 } })
      assert.strictEqual((yield* run(page, { timeouts: { ...impatient, bodyIdleMillis: 4000 } })).records.length, 20)
    }),
  )
})

describe("a good answer", () => {
  it.live("is unpacked when it is gzip", () =>
    Effect.gen(function* () {
      yield* faults({ gzip: 1 })
      assert.strictEqual((yield* run(page)).records.length, 20)
    }),
  )

  it.live("may hold 3 MB of metadata in one record", () =>
    Effect.gen(function* () {
      yield* faults({ "huge-metadata": { megabytes: 3 } })
      const { records } = yield* run(page)
      assert.strictEqual(records.length, 20)
      assert.isTrue(records.some((record) => record.json.length > 3_000_000))
    }),
  )

  it.live("keeps fields that nobody listed", () =>
    Effect.gen(function* () {
      yield* faults({ "unknown-fields": 1 })
      const { records } = yield* run(page)
      assert.isTrue(
        records.every((record) => record._tag === "ExecutionRecord" && Object.keys(record.execution.extra).length > 0),
      )
    }),
  )

  it.live("keeps every digit in the text of the record", () =>
    Effect.gen(function* () {
      const records = yield* run(ask((mixpeek) => Stream.runCollect(mixpeek.executions({ pageSize: 20 }))))
      assert.isTrue(records.some((record) => /\d{18}/.test(record.json)))
    }),
  )

  it.live("loses one record and not the page when that record does not fit", () =>
    Effect.gen(function* () {
      yield* faults({ "bad-record": { kind: "wrong-type" } })
      const { records } = yield* run(page)
      assert.strictEqual(records.length, 20)
      assert.strictEqual(records.filter((record) => record._tag === "Quarantined").length, 1)
    }),
  )
})

describe("single reads", () => {
  const anId = Effect.map(run(page), ({ records }) => {
    const known = records.flatMap((record) =>
      record._tag === "ExecutionRecord" ? (record.execution.executionId ?? []) : [],
    )
    return Option.getOrThrow(Option.fromNullishOr(known[0]))
  })

  it.live("give the same record as the list", () =>
    Effect.gen(function* () {
      const id = yield* anId
      const listed = (yield* run(page)).records.find(
        (record) => record._tag === "ExecutionRecord" && record.execution.executionId === id,
      )
      assert.strictEqual((yield* run(ask((mixpeek) => mixpeek.get(id)))).json, listed?.json)
    }),
  )

  it.live("of many IDs keep their order and cost one result for an ID that is unknown", () =>
    Effect.gen(function* () {
      const known = yield* anId
      const unknown = Result.getOrThrow(parseExecutionId("exec_nowhere"))
      const fetched = yield* run(ask((mixpeek) => Stream.runCollect(mixpeek.getMany([known, unknown, known]))))
      assert.deepStrictEqual(
        fetched.map(({ id }) => id),
        [known, unknown, known],
      )
      assert.deepStrictEqual(
        fetched.map(({ result }) => Result.isSuccess(result)),
        [true, false, true],
      )
    }),
  )

  it.live("find alerts by name and by search, and the latest execution of one", () =>
    Effect.gen(function* () {
      const alert = yield* run(ask((mixpeek) => mixpeek.alert("brand-logo")))
      assert.strictEqual(alert.alertId, "alt_brand_logo")
      const latest = yield* run(ask((mixpeek) => mixpeek.latest("brand-logo")))
      assert.strictEqual(latest._tag, "ExecutionRecord")
      const found = yield* run(ask((mixpeek) => Stream.runCollect(mixpeek.alerts("logo"))))
      assert.deepStrictEqual(
        found.map(({ name }) => name),
        ["brand-logo"],
      )
    }),
  )
})
