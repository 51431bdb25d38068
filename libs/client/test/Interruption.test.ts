/** What an interruption leaves behind: nothing. */
import { describe, it } from "@effect/vitest"
import { Deferred, Effect, Fiber } from "effect"
import { Mixpeek, type MixpeekConfig } from "../src/index.ts"
import { ask } from "./Ask.ts"
import { answer, type RawRequest, rawServer } from "./RawServer.ts"
import { impatient, settings } from "./Settings.ts"

const on = <A, E>(baseUrl: string, effect: Effect.Effect<A, E, Mixpeek>, changes: Partial<MixpeekConfig> = {}) =>
  Effect.provide(effect, Mixpeek.layer(settings(baseUrl, { timeouts: impatient, ...changes })))

const page = ask((mixpeek) => mixpeek.page({ pageSize: 20 }))

const good = answer("200 OK", ["content-type: application/json"], '{"results":[],"pagination":null,"total_count":0}')

/** Answers the first requests in ways of their own, and all others well. */
const firstly = (...ways: ReadonlyArray<(request: RawRequest) => void>) => {
  let count = 0
  return rawServer((request) => {
    const way = ways[count++]
    if (way === undefined) request.socket.write(good)
    else way(request)
  })
}

describe("an interruption", () => {
  it.live("in the middle of a request closes its socket at once", () =>
    Effect.gen(function* () {
      const asked = yield* Deferred.make<void>()
      const server = yield* firstly(() => void Deferred.doneUnsafe(asked, Effect.void))
      yield* on(
        server.baseUrl,
        Effect.gen(function* () {
          const fiber = yield* Effect.forkChild(page)
          yield* Deferred.await(asked)
          yield* Fiber.interrupt(fiber)
          yield* server.idle
        }),
      ).pipe(Effect.timeout("20 seconds"))
    }),
  )

  it.live("in the middle of a body closes its socket at once", () =>
    Effect.gen(function* () {
      const asked = yield* Deferred.make<void>()
      const server = yield* firstly(
        ({ socket }) => void socket.write(good.slice(0, -20), () => void Deferred.doneUnsafe(asked, Effect.void)),
      )
      yield* on(
        server.baseUrl,
        Effect.gen(function* () {
          const fiber = yield* Effect.forkChild(page)
          yield* Deferred.await(asked)
          yield* Fiber.interrupt(fiber)
          yield* server.idle
        }),
      ).pipe(Effect.timeout("20 seconds"))
    }),
  )

  it.live("of nothing: the end of the layer closes idle sockets too", () =>
    Effect.gen(function* () {
      const server = yield* firstly()
      yield* on(server.baseUrl, page)
      yield* Effect.timeout(server.idle, "20 seconds")
    }),
  )
})
