/** What a client does when connections stall, break, or lead elsewhere. */
import { assert, describe, it } from "@effect/vitest"
import { Effect } from "effect"
import { ask } from "./Ask.ts"
import { answer, firstly, good, type RawRequest } from "./RawServer.ts"
import { sandboxFor } from "./SandboxProcess.ts"
import { on, impatient } from "./Settings.ts"

const sandbox = sandboxFor("--executions", "50")

const page = ask((mixpeek) => mixpeek.page({ pageSize: 20 }))
const faults = (settings: Readonly<Record<string, unknown>>) => Effect.promise(() => sandbox.faults(settings))
const stats = Effect.promise(() => sandbox.stats())

describe("silence", () => {
  it.live("before the headers runs into the limit for headers, and is tried again", () =>
    Effect.gen(function* () {
      const server = yield* firstly(() => {})
      yield* on(server.baseUrl, page, { timeouts: { ...impatient, headersMillis: 200 } })
      assert.strictEqual(server.heads.length, 2)
    }),
  )

  it.live("in the middle of a body runs into the limit for idle bodies, and is tried again", () =>
    Effect.gen(function* () {
      const server = yield* firstly(({ socket }) => socket.write(good.slice(0, -20)))
      yield* on(server.baseUrl, page, { timeouts: { ...impatient, bodyIdleMillis: 200 } })
      assert.strictEqual(server.heads.length, 2)
    }),
  )

  for (const fault of ["stall-headers", "stall-body"]) {
    it.live(`of ${fault} is told as a time limit, and leaves no socket behind`, () =>
      Effect.gen(function* () {
        yield* faults({ [fault]: 1 })
        const before = (yield* stats).sockets.open
        const timeouts = { ...impatient, headersMillis: 150, bodyIdleMillis: 150, totalMillis: 300 }
        const error = yield* on(sandbox.baseUrl, Effect.flip(page), { timeouts })
        assert.strictEqual(error.reason._tag, "TimedOut")
        const closed = Effect.repeat(stats, { until: ({ sockets }) => sockets.open <= before })
        yield* Effect.timeout(closed, "10 seconds")
      }),
    )
  }

  it.live("that is broken by one byte now and then runs into the limit of the attempt", () =>
    Effect.gen(function* () {
      yield* faults({ "slow-drip": { ms: 50, bytes: 1 } })
      const timeouts = { ...impatient, bodyIdleMillis: 200, attemptMillis: 300, totalMillis: 500 }
      const error = yield* on(sandbox.baseUrl, Effect.flip(page), { timeouts })
      assert.strictEqual(error.reason._tag, "TimedOut")
    }),
  )
})

describe("a broken connection", () => {
  const reset = ({ socket }: RawRequest) => void socket.resetAndDestroy()

  it.live("is tried again when it is reset before the status line", () =>
    Effect.gen(function* () {
      const server = yield* firstly(reset)
      yield* on(server.baseUrl, page)
      assert.strictEqual(server.heads.length, 2)
    }),
  )

  it.live("is tried again when it is reset in the middle of the body, and the attempt keeps its status", () =>
    Effect.gen(function* () {
      const server = yield* firstly(
        (request) => void request.socket.write(good.slice(0, -20), () => setImmediate(() => reset(request))),
        ({ socket }) => socket.write(answer("404 Not Found", ["x-request-id: req_2"], "{}")),
      )
      const error = yield* on(server.baseUrl, Effect.flip(page))
      assert.strictEqual(error.reason._tag, "NotFound")
      assert.deepStrictEqual(
        error.attempts.map(({ outcome, requestId, status }) => [outcome, status, requestId]),
        [
          ["Unreachable", 200, null],
          ["NotFound", 404, "req_2"],
        ],
      )
    }),
  )

  it.live("is tried again when the answer is no HTTP", () =>
    Effect.gen(function* () {
      const server = yield* firstly(({ socket }) => socket.end("SSH-2.0-OpenSSH_9.6\r\n\r\n"))
      yield* on(server.baseUrl, page)
      assert.strictEqual(server.heads.length, 2)
    }),
  )

  it.live("is told as refused when nobody listens", () =>
    Effect.gen(function* () {
      const timeouts = { ...impatient, totalMillis: 1500 }
      const error = yield* on("http://127.0.0.1:9", Effect.flip(page), { timeouts })
      assert.deepInclude(error.reason, { _tag: "Unreachable", phase: "connect", code: "ECONNREFUSED" })
      assert.strictEqual(error.status, null)
    }),
  )

  it.live("is told as TLS when the other side speaks none, and not tried again", () =>
    Effect.gen(function* () {
      const error = yield* on(sandbox.baseUrl.replace("http:", "https:"), Effect.flip(page))
      assert.deepInclude(error.reason, { _tag: "Unreachable", phase: "tls" })
      assert.strictEqual(error.attempts.length, 1)
    }),
  )
})

describe("an encoding that nobody asked for", () => {
  it.live("is a broken answer, and never data", () =>
    Effect.gen(function* () {
      const server = yield* firstly(({ socket }) => socket.write(answer("200 OK", ["content-encoding: br"], "{}")))
      yield* on(server.baseUrl, page)
      assert.strictEqual(server.heads.length, 2)
    }),
  )
})

describe("a connection that the server closes while idle", () => {
  for (const when of ["after", "next-request"]) {
    it.live(`costs no call (${when})`, () =>
      Effect.gen(function* () {
        yield* faults({ "close-keepalive": { when, rate: 0.5 } })
        yield* on(
          sandbox.baseUrl,
          Effect.forEach(Array.from({ length: 12 }), () => page, { concurrency: 4 }),
        )
      }),
    )
  }
})
