/** Which socket a request takes: one of its own while it runs, and the one that was used last after that. */
import { assert, describe, it } from "@effect/vitest"
import type { Socket } from "node:net"
import { Effect, Fiber } from "effect"
import { ask } from "./Ask.ts"
import { good, type RawRequest, rawServer } from "./RawServer.ts"
import { on } from "./Settings.ts"

const page = ask((mixpeek) => mixpeek.page())
const pages = (count: number) => Effect.replicateEffect(page, count, { concurrency: "unbounded", discard: true })

/** A server that answers when it is told to; remembers which socket each request came on. */
const patient = Effect.gen(function* () {
  const waiting: Array<Socket> = []
  const used: Array<Socket> = []
  let holds = true
  const server = yield* rawServer(({ socket }: RawRequest) => {
    used.push(socket)
    if (holds) waiting.push(socket)
    else socket.write(good)
  })
  const release = () => {
    holds = false
    for (const socket of waiting.splice(0)) socket.write(good)
  }
  return { ...server, used, waiting, release }
})

const until = (holds: () => boolean) =>
  Effect.gen(function* () {
    while (!holds()) yield* Effect.sleep(1)
  })

describe("connections", () => {
  it.live("are one for each request at once, and no more than are allowed", () =>
    Effect.gen(function* () {
      const server = yield* patient
      const asking = Effect.gen(function* () {
        const running = yield* Effect.forkChild(pages(9))
        yield* until(() => server.waiting.length === 4)
        server.release()
        yield* Fiber.join(running)
      })
      yield* on(server.baseUrl, asking, { concurrency: 4 })
      assert.strictEqual(server.used.length, 9)
      assert.strictEqual(new Set(server.used).size, 4)
    }),
  )

  it.live("are used again, the last one first, and closed with the service", () =>
    Effect.gen(function* () {
      const server = yield* patient
      const asking = Effect.gen(function* () {
        const running = yield* Effect.forkChild(pages(3))
        yield* until(() => server.waiting.length === 3)
        server.release()
        yield* Fiber.join(running)
        for (let count = 0; count < 5; count++) yield* page
        assert.strictEqual(server.sockets.size, 3)
      })
      yield* on(server.baseUrl, asking, { concurrency: 3 })
      assert.strictEqual(new Set(server.used.slice(-5)).size, 1)
      yield* server.idle
    }),
  )

  it.live("are given up with a request that is interrupted, and the next request has another", () =>
    Effect.gen(function* () {
      const server = yield* patient
      const asking = Effect.gen(function* () {
        const running = yield* Effect.forkChild(page)
        yield* until(() => server.waiting.length === 1)
        yield* Fiber.interrupt(running)
        yield* until(() => server.sockets.size === 0)
        server.waiting.length = 0
        server.release()
        yield* page
      })
      yield* on(server.baseUrl, asking, { concurrency: 1 })
      assert.strictEqual(new Set(server.used).size, 2)
    }),
  )
})
