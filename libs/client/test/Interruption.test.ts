/** What an interruption leaves behind: nothing. */
import { describe, it } from "@effect/vitest"
import { Deferred, Effect, Fiber } from "effect"
import { ask } from "./Ask.ts"
import { firstly, good } from "./RawServer.ts"
import { on } from "./Settings.ts"

const page = ask((mixpeek) => mixpeek.page({ pageSize: 20 }))

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
