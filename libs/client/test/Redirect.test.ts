/** Where a redirect may lead, and what goes with it. */
import { assert, describe, it } from "@effect/vitest"
import { Effect } from "effect"
import { ask } from "./Ask.ts"
import { answer, firstly, type RawRequest } from "./RawServer.ts"
import { sandboxFor } from "./SandboxProcess.ts"
import { on, sandboxKey } from "./Settings.ts"

const sandbox = sandboxFor("--executions", "50")

const page = ask((mixpeek) => mixpeek.page({ pageSize: 20 }))
const faults = (settings: Readonly<Record<string, unknown>>) => Effect.promise(() => sandbox.faults(settings))
const stats = Effect.promise(() => sandbox.stats())

describe("a redirect", () => {
  it.live("to the same origin is followed, with the key", () =>
    Effect.gen(function* () {
      yield* faults({ "redirect-same": 1 })
      assert.strictEqual((yield* on(sandbox.baseUrl, page)).records.length, 20)
    }),
  )

  it.live("to another origin is refused, and neither key nor namespace nor anything else goes there", () =>
    Effect.gen(function* () {
      const other = yield* firstly()
      const server = yield* firstly(({ socket }) =>
        socket.write(answer("307 Temporary Redirect", [`location: ${other.baseUrl}/v1/alerts/executions`], "")),
      )
      const error = yield* on(server.baseUrl, Effect.flip(page))
      assert.deepInclude(error.reason, { _tag: "UnexpectedStatus", status: 307 })
      assert.strictEqual(error.message, "The API answered with status 307: a redirect to another host was refused.")
      assert.deepStrictEqual(other.heads, [])
      assert.include(server.heads[0], `Bearer ${sandboxKey}`)
      assert.include(server.heads[0], "ns_sandbox")
    }),
  )

  it.live("to another origin leaks nothing by the count of the sandbox either", () =>
    Effect.gen(function* () {
      yield* faults({ "redirect-origin": 1 })
      yield* on(sandbox.baseUrl, Effect.flip(page))
      const { elsewhere } = yield* stats
      assert.isTrue(
        Object.values(elsewhere).every((count) => count === 0),
        JSON.stringify(elsewhere),
      )
    }),
  )

  it.live("that never ends is given up", () =>
    Effect.gen(function* () {
      const again = ({ socket }: RawRequest) => void socket.write(answer("302 Found", ["location: /around"], ""))
      const server = yield* firstly(...Array.from({ length: 20 }, () => again))
      const error = yield* on(server.baseUrl, Effect.flip(page))
      assert.include(error.message, "too many redirects")
      assert.strictEqual(server.heads.length, 6)
    }),
  )
})
