/** When a client tries again, when it stops, and what it then says. */
import { assert, describe, it } from "@effect/vitest"
import { Effect, Stream } from "effect"
import { TestClock } from "effect/testing"
import { type MixpeekError, RetryLimit } from "../src/index.ts"
import { ask } from "./Ask.ts"
import { maxRetries, RetryAllowance } from "../src/RetryPolicy.ts"
import { type Answer, emptyPage, envelope, failure, runToEnd, Script } from "./Script.ts"

const page = ask((mixpeek) => mixpeek.page())

describe("a call is tried again", () => {
  const passing: ReadonlyArray<readonly [string, Answer]> = [
    ...[408, 425, 500, 502, 503, 504, 520, 524, 529].map((status) => [`after a ${status}`, envelope(status)] as const),
    ...["ECONNRESET", "ECONNREFUSED", "ENOTFOUND", "UND_ERR_SOCKET", "UND_ERR_HEADERS_TIMEOUT"].map(
      (broken) => [`after ${broken}`, { broken }] as const,
    ),
    ["after JSON that lacks its end", { status: 200, body: '{"results":[{"alert_id":"alt' }],
  ]
  for (const [name, answer] of passing) {
    it.effect(name, () =>
      Effect.gen(function* () {
        const script = new Script(answer, emptyPage)
        yield* runToEnd(Effect.provide(page, script.layer()))
        assert.strictEqual(script.times.length, 2)
      }),
    )
  }

  it.effect("the read that is a POST too", () =>
    Effect.gen(function* () {
      const script = new Script(envelope(503), { status: 200, body: '{"results":[]}' })
      const alerts = ask((mixpeek) => Stream.runCollect(mixpeek.alerts("logo")))
      yield* runToEnd(Effect.provide(alerts, script.layer()))
      assert.strictEqual(script.times.length, 2)
    }),
  )
})

describe("a poll", () => {
  for (const status of [429, 503]) {
    it.effect(`is not tried again after a ${status}`, () =>
      Effect.gen(function* () {
        const script = new Script(envelope(status), emptyPage)
        const once = Effect.provideService(page, RetryLimit, 0)
        const error = yield* failure(Effect.provide(once, script.layer()))
        assert.strictEqual(error.status, status)
        assert.strictEqual(script.times.length, 1)
      }),
    )
  }
})

describe("a call is not tried again", () => {
  const final: ReadonlyArray<readonly [string, Answer, MixpeekError["reason"]["_tag"]]> = [
    ["after a 400", envelope(400), "InvalidRequest"],
    ["after a 401", envelope(401), "Unauthorized"],
    ["after a 403", envelope(403, "ForbiddenError"), "Forbidden"],
    ["after a 403 for a quota", envelope(403, "QuotaExceededError"), "QuotaExceeded"],
    ["after a 404", envelope(404), "NotFound"],
    ["after a 409", envelope(409), "InvalidRequest"],
    ["after a 410", envelope(410), "UnexpectedStatus"],
    ["after a 422", envelope(422), "InvalidRequest"],
    ["after a 501", envelope(501), "ServerFault"],
    ["after a 304 that nobody asked for", { status: 304 }, "UnexpectedStatus"],
    ["after bad JSON", { status: 200, body: '{"results": oops}' }, "NotJson"],
    ["after JSON of another shape", { status: 200, body: "{}" }, "Malformed"],
    ["after an empty body", { status: 200, body: "" }, "NotJson"],
    ["after a certificate that is not trusted", { broken: "SELF_SIGNED_CERT_IN_CHAIN" }, "Unreachable"],
  ]
  for (const [name, answer, tag] of final) {
    it.effect(name, () =>
      Effect.gen(function* () {
        const script = new Script(answer, emptyPage)
        const error = yield* failure(Effect.provide(page, script.layer()))
        assert.strictEqual(error.reason._tag, tag)
        assert.strictEqual(script.times.length, 1)
        assert.strictEqual(error.attempts.length, 1)
      }),
    )
  }
})

describe("a server that stays down", () => {
  it.effect("gets the first request and six retries, each listed with its status, ID and wait", () =>
    Effect.gen(function* () {
      const script = new Script(
        envelope(503, "ServiceUnavailableError", {}, { "x-request-id": "req_first", "retry-after": "7" }),
        { broken: "ECONNRESET" },
        envelope(500),
      )
      const error = yield* failure(Effect.provide(page, script.layer()))
      assert.strictEqual(script.times.length, 1 + maxRetries)
      assert.deepStrictEqual(
        error.attempts.map(({ outcome, status }) => [status, outcome]),
        [[503, "ServerFault"], [null, "Unreachable"], ...Array.from({ length: 5 }, () => [500, "ServerFault"])],
      )
      assert.strictEqual(error.attempts[0]?.requestId, "req_first")
      const gaps = script.times.slice(1).map((time, index) => time - (script.times[index] as number))
      assert.deepStrictEqual(
        error.attempts.map((attempt) => attempt.waitMillis),
        [...gaps, 0],
      )
      assert.isAtLeast(gaps[0] as number, 7000)
      assert.deepInclude(error, { method: "GET", path: "/v1/alerts/executions", status: 500, type: "SomeError" })
    }),
  )

  it.effect("opens the circuit after ten calls in a row, and a probe closes it", () =>
    Effect.gen(function* () {
      const down = Array.from({ length: 10 * (1 + maxRetries) }, () => envelope(500))
      const script = new Script(...down, emptyPage)
      yield* Effect.gen(function* () {
        for (let call = 0; call < 10; call++) {
          assert.strictEqual((yield* failure(page)).reason._tag, "ServerFault")
        }
        const refused = yield* failure(page)
        assert.strictEqual(refused.reason._tag, "CircuitOpen")
        assert.strictEqual(refused.message, "The API has failed repeatedly, so no more requests are sent for a while.")
        assert.match(refused.hint, /Try again in \d+ s/)
        assert.strictEqual(script.times.length, down.length)
        yield* TestClock.adjust("31 seconds")
        yield* page
        yield* page
      }).pipe(Effect.provide(script.layer()))
    }),
  )

  it.effect("does not open the circuit by what is no outage", () =>
    Effect.gen(function* () {
      const script = new Script(envelope(404))
      yield* Effect.gen(function* () {
        for (let call = 0; call < 12; call++) assert.strictEqual((yield* failure(page)).reason._tag, "NotFound")
      }).pipe(Effect.provide(script.layer()))
    }),
  )

  it("uses up the retry allowance, which successes earn back", () => {
    const allowance = new RetryAllowance()
    let retries = 0
    while (allowance.spend()) retries++
    assert.strictEqual(retries, RetryAllowance.capacity / RetryAllowance.retryCost)
    assert.isFalse(allowance.spend())
    for (let success = 0; success < 3; success++) allowance.refund()
    assert.isTrue(allowance.spend())
  })

  it.effect("is spared retries when the allowance is used up", () =>
    Effect.gen(function* () {
      const down = ask((mixpeek) => mixpeek.page({ alert: "down" }))
      const script = new Script(({ url }) => (url.includes("down") ? envelope(500) : emptyPage))
      const counts = yield* Effect.gen(function* () {
        const attempts: Array<number> = []
        for (let turn = 0; turn < 20; turn++) {
          attempts.push((yield* failure(down)).attempts.length)
          yield* page // keeps the circuit closed, and earns back less than the failures cost
        }
        return attempts
      }).pipe(Effect.provide(script.layer()))
      assert.strictEqual(counts[0], 1 + maxRetries)
      assert.strictEqual(counts.at(-1), 1)
    }),
  )
})
