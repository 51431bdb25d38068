/** How a program tells failures apart, and what the two shapes of validation errors become. */
import { assert, describe, it } from "@effect/vitest"
import { Effect } from "effect"
import { exitCodeOf, MixpeekError, Reason } from "../src/index.ts"
import { ask } from "./Ask.ts"
import { type Answer, emptyPage, envelope, failure, Script } from "./Script.ts"

const page = ask((mixpeek) => mixpeek.page())
const errorOf = (...answers: ReadonlyArray<Answer>) => {
  const script = new Script(...answers)
  return failure(Effect.provide(page, script.layer()))
}

/** Every reason once. */
const reasons: ReadonlyArray<readonly [Reason.Reason, number]> = [
  [new Reason.NoKey(), 77],
  [new Reason.InvalidConfig({ setting: "S", problem: "It is wrong.", remedy: "Do it right." }), 78],
  [new Reason.Unauthorized({ said: "no" }), 77],
  [new Reason.Forbidden({ said: "no" }), 77],
  [new Reason.QuotaExceeded({ said: "no", resource: "alerts", limit: 10 }), 77],
  [new Reason.NotFound({ resource: "alert", id: "alt_1" }), 66],
  [new Reason.InvalidRequest({ said: "no", issues: [{ location: "query.limit", message: "too much" }] }), 64],
  [new Reason.RateLimited({ retryAt: 0 }), 75],
  [new Reason.ServerFault({ said: "no" }), 69],
  [new Reason.Unreachable({ phase: "dns", code: "ENOTFOUND" }), 69],
  [new Reason.TimedOut({ which: "total", millis: 1000 }), 69],
  [new Reason.Malformed({ path: ".results", expected: "Missing key", excerpt: "{}" }), 76],
  [new Reason.NotJson({ contentType: "text/html", excerpt: "<html>" }), 76],
  [new Reason.UnexpectedStatus({ status: 418, detail: "" }), 76],
  [new Reason.CursorLoop({ pages: 3, problem: "the server repeated a cursor" }), 76],
  [new Reason.BodyTooLarge({ limit: 1_048_576 }), 76],
  [new Reason.BudgetSpent({ limit: 3 }), 75],
  [new Reason.LimiterUnavailable({ problem: "it is away" }), 69],
  [new Reason.CircuitOpen({ retryAfterMillis: 1000 }), 69],
]

/** Compiles only while every reason is handled: what is left of the errors is never. */
const describeAll = (effect: Effect.Effect<never, MixpeekError>): Effect.Effect<string> => {
  const handled: Effect.Effect<string, never> = Effect.catchTags(Effect.unwrapReason(effect, "MixpeekError"), {
    NoKey: () => Effect.succeed("NoKey"),
    InvalidConfig: (reason) => Effect.succeed(`InvalidConfig ${reason.setting}`),
    Unauthorized: () => Effect.succeed("Unauthorized"),
    Forbidden: () => Effect.succeed("Forbidden"),
    QuotaExceeded: (reason) => Effect.succeed(`QuotaExceeded ${reason.resource} ${reason.limit}`),
    NotFound: (reason) => Effect.succeed(`NotFound ${reason.id}`),
    InvalidRequest: (reason) => Effect.succeed(`InvalidRequest ${reason.issues.length}`),
    RateLimited: (reason) => Effect.succeed(`RateLimited ${reason.retryAt}`),
    ServerFault: () => Effect.succeed("ServerFault"),
    Unreachable: (reason) => Effect.succeed(`Unreachable ${reason.phase}`),
    TimedOut: (reason) => Effect.succeed(`TimedOut ${reason.which}`),
    Malformed: (reason) => Effect.succeed(`Malformed ${reason.path}`),
    NotJson: () => Effect.succeed("NotJson"),
    UnexpectedStatus: (reason) => Effect.succeed(`UnexpectedStatus ${reason.status}`),
    CursorLoop: (reason) => Effect.succeed(`CursorLoop ${reason.pages}`),
    BodyTooLarge: (reason) => Effect.succeed(`BodyTooLarge ${reason.limit}`),
    BudgetSpent: (reason) => Effect.succeed(`BudgetSpent ${reason.limit}`),
    LimiterUnavailable: (reason) => Effect.succeed(`LimiterUnavailable ${reason.problem}`),
    CircuitOpen: (reason) => Effect.succeed(`CircuitOpen ${reason.retryAfterMillis}`),
  })
  return handled
}

describe("every reason", () => {
  it("is in this test", () => {
    assert.sameMembers(
      reasons.map(([reason]) => reason._tag),
      Reason.Reason.members.map((member) => member.fields._tag.schema.literal),
    )
  })

  for (const [reason, code] of reasons) {
    it.effect(
      `${reason._tag} says what happened and what to do, leads to exit code ${code}, and can be handled by its tag`,
      () =>
        Effect.gen(function* () {
          const error = MixpeekError.before(reason)
          assert.match(error.message, /^[A-Z].*\.?$/)
          assert.match(error.hint, /^[A-Z].*\.$/)
          assert.strictEqual(exitCodeOf(error), code)
          assert.include(yield* describeAll(Effect.fail(error)), reason._tag)
        }),
    )
  }
})

describe("a program", () => {
  it.effect("can handle one reason and leave the others", () =>
    Effect.gen(function* () {
      const script = new Script(envelope(404, "NotFoundError", { resource: "alert", id: "alt_1" }), envelope(401))
      const orNull = page.pipe(Effect.catchReason("MixpeekError", "NotFound", (reason) => Effect.succeed(reason.id)))
      yield* Effect.gen(function* () {
        assert.strictEqual(yield* orNull, "alt_1")
        const error = yield* Effect.flip(orNull)
        assert.strictEqual((error as MixpeekError).reason._tag, "Unauthorized")
      }).pipe(Effect.provide(script.layer()))
    }),
  )

  it.effect("can handle several reasons, each with what it carries", () =>
    Effect.gen(function* () {
      const script = new Script(envelope(403, "QuotaExceededError", { resource: "alerts", limit: 10 }))
      const said = yield* page.pipe(
        Effect.catchReasons("MixpeekError", {
          QuotaExceeded: (reason) => Effect.succeed(`no more ${reason.resource} than ${reason.limit}`),
          Forbidden: () => Effect.succeed("forbidden"),
        }),
        Effect.provide(script.layer()),
      )
      assert.strictEqual(said, "no more alerts than 10")
    }),
  )
})

describe("an answer that says no", () => {
  it.effect("of 403 is a quota only when its type says so", () =>
    Effect.gen(function* () {
      const told = yield* Effect.forEach(["QuotaExceededError", "ForbiddenError", "NotEnabledError"], (type) =>
        Effect.map(errorOf(envelope(403, type)), ({ message, reason, type: told }) => [reason._tag, told, message]),
      )
      assert.deepStrictEqual(told, [
        ["QuotaExceeded", "QuotaExceededError", "The quota of this organisation is used up: It is a 403."],
        ["Forbidden", "ForbiddenError", "This API key may not read that: It is a 403."],
        ["Forbidden", "NotEnabledError", "This API key may not read that: It is a 403."],
      ])
    }),
  )

  it.effect("of 422 tells its issues in FastAPI's own shape", () =>
    Effect.gen(function* () {
      const error = yield* errorOf({
        status: 422,
        body: '{"detail":[{"loc":["query","limit"],"msg":"Input should be at most 1000","type":"less_than_equal"}]}',
      })
      assert.deepInclude(error.reason, {
        issues: [{ location: "query.limit", message: "Input should be at most 1000" }],
      })
      assert.strictEqual(error.message, "Mixpeek rejected the request: Input should be at most 1000 (query.limit)")
    }),
  )

  it.effect("of 422 tells its issues in the envelope", () =>
    Effect.gen(function* () {
      const issue = { type: "int", location: ["query", "limit"], message: "not a number" }
      const error = yield* errorOf(envelope(422, "ValidationError", { validation_errors: [issue] }))
      assert.deepInclude(error.reason, { issues: [{ location: "query.limit", message: "not a number" }] })
    }),
  )

  it.effect("of 401 in the middle of a run is told at once, with its request ID", () =>
    Effect.gen(function* () {
      const script = new Script(emptyPage, envelope(401, "UnauthorizedError", {}, { "x-request-id": "req_7" }))
      const error = yield* failure(Effect.provide(Effect.andThen(page, page), script.layer()))
      assert.deepInclude(error, { status: 401, requestId: "req_7", type: "UnauthorizedError" })
      assert.strictEqual(error.message, "Mixpeek did not accept the API key: It is a 401.")
      assert.strictEqual(exitCodeOf(error), 77)
      assert.strictEqual(error.attempts.length, 1)
    }),
  )

  it.effect("at length is cut short, on one line, without control characters", () =>
    Effect.gen(function* () {
      const long = `a\u0000b\n\u001b[31m${"x".repeat(5000)}\ud800`
      const body = JSON.stringify({ success: false, status: 400, error: { message: long, type: long, details: {} } })
      const error = yield* errorOf({ status: 400, body })
      assert.isAtMost(error.message.length, 200)
      assert.isAtMost((error.type as string).length, 120)
      assert.notMatch(error.message, /\p{C}/u)
    }),
  )
})
