/** The key, through every failure, in nothing that comes out. */
import { assert, describe, it } from "@effect/vitest"
import { Effect, Exit, Redacted } from "effect"
import { ask } from "./Ask.ts"
import { assertClean, canary, outputOf, textsOf, visible } from "./CanaryRun.ts"
import { answer, rawServer } from "./RawServer.ts"
import { sandboxFor } from "./SandboxProcess.ts"
import { impatient } from "./Settings.ts"

const sandbox = sandboxFor("--executions", "20", "--api-key", canary)
const page = ask((mixpeek) => mixpeek.page())

describe("the key is in no output", () => {
  const faults = [
    "401-midrun",
    "403",
    "403-quota",
    "404",
    "409",
    "422-fastapi",
    "422-envelope",
    "429",
    "500",
    "502",
    "503",
    "504",
    "520",
    "redirect-origin",
    "html-200",
    "empty-object-200",
    "success-false-200",
    "gzip-broken",
    "stall-headers",
    "stall-body",
    "reset-headers",
    "reset-body",
    "truncated-body",
    "null-results",
  ]
  for (const fault of faults) {
    it.live(`after ${fault}`, () =>
      Effect.gen(function* () {
        yield* Effect.promise(() => sandbox.faults({ [fault]: 1 }))
        const { exit, spans, text } = yield* outputOf(sandbox.baseUrl, page)
        assert.isTrue(Exit.isFailure(exit))
        assert.isAbove(spans.length, 0)
        assertClean(text)
      }),
    )
  }

  it.live("when the key itself is wrong, or nobody listens", () =>
    Effect.gen(function* () {
      assertClean((yield* outputOf(sandbox.baseUrl, page, { apiKey: Redacted.make(`${canary}x`) })).text)
      assertClean((yield* outputOf("http://127.0.0.1:9", page)).text)
    }),
  )

  it.live("after retries either", () =>
    Effect.gen(function* () {
      yield* Effect.promise(() => sandbox.faults({ 503: 1 }))
      const { exit, text } = yield* outputOf(sandbox.baseUrl, page, { maxRequests: 3 })
      assert.isTrue(Exit.isFailure(exit))
      assertClean(text)
    }),
  )

  it.live("when all goes well", () =>
    Effect.gen(function* () {
      const { exit, text } = yield* outputOf(sandbox.baseUrl, page, { timeouts: impatient })
      assert.isTrue(Exit.isSuccess(exit))
      assertClean(text)
    }),
  )
})

it.live("nothing about a trace is sent to the API", () =>
  Effect.gen(function* () {
    const server = yield* rawServer(({ socket }) => void socket.write(answer("404 No", [], "{}")))
    yield* outputOf(server.baseUrl, page)
    assert.notMatch(server.heads.join("\n"), /traceparent|b3:/i)
  }),
)

it("the check sees a key wherever it is", () => {
  const exit = Exit.die(new Error("outer", { cause: { deep: { deeper: canary } } }))
  assert.isTrue(visible(canary).some((form) => textsOf(exit).join("\n").includes(form)))
})
