/** Which socket a request takes: one of its own while it runs, and the one that was used last after that. */
import { assert, describe, it } from "@effect/vitest"
import type { ExecutionId } from "@mixpeek-alerts/domain"
import { type AddressInfo, createServer, type Server, type Socket } from "node:net"
import { promisify } from "node:util"
import { gunzip, gzipSync } from "node:zlib"
import { Effect, Fiber, Result } from "effect"
import { type MixpeekError, RetryLimit } from "../src/index.ts"
import { ask } from "./Ask.ts"
import { good, type RawRequest, rawServer } from "./RawServer.ts"
import { on } from "./Settings.ts"

const unpack = promisify(gunzip)

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

/** A server that takes connections and says nothing, so that TLS is never agreed on. */
const mute = Effect.gen(function* () {
  const sockets = new Set<Socket>()
  let ever = 0
  const server = yield* Effect.acquireRelease(
    Effect.callback<Server>((resume) => {
      const started = createServer((socket) => {
        ever++
        sockets.add(socket)
        socket
          .on("error", () => {})
          .on("close", () => sockets.delete(socket))
          .resume()
      })
      started.listen(0, "127.0.0.1", () => resume(Effect.succeed(started)))
    }),
    (started) => Effect.sync(() => started.close()),
  )
  const { port } = server.address() as AddressInfo
  return { baseUrl: `https://127.0.0.1:${port}`, ever: () => ever, open: () => sockets.size }
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

  it.live("that are interrupted while they are made are closed at once", () =>
    Effect.gen(function* () {
      const server = yield* mute
      const asking = Effect.gen(function* () {
        for (let count = 1; count <= 30; count++) {
          const running = yield* Effect.forkChild(page)
          yield* until(() => server.ever() === count)
          yield* Fiber.interrupt(running)
          yield* until(() => server.open() === 0)
        }
      })
      yield* on(server.baseUrl, asking, { concurrency: 2 })
    }),
  )

  it.live("that cannot be made fail each call, one right after the other", () =>
    Effect.gen(function* () {
      const told: Array<string> = []
      const reasonOf = (error: MixpeekError) => Effect.sync(() => void told.push(error.reason._tag))
      const left = ["exec_1", "exec_2", "exec_3"] as Array<ExecutionId>
      const failing = Effect.gen(function* () {
        for (let count = 0; count < 3; count++) yield* page.pipe(Effect.catch(reasonOf))
        yield* ask((mixpeek) =>
          mixpeek.recordsOf(
            () => left.shift() ?? null,
            (result) => told.push(Result.isFailure(result) ? result.failure.reason._tag : "read"),
          ),
        )
      })
      const free = yield* rawServer(() => {}).pipe(Effect.scoped)
      const once = failing.pipe(Effect.provideService(RetryLimit, 0))
      yield* on(free.baseUrl, once, { concurrency: 1 })
      assert.deepStrictEqual(
        told,
        Array.from({ length: 6 }, () => "Unreachable"),
      )
    }),
  )

  it.live("are not used by a lane whose answer is unpacked when it is interrupted", () =>
    Effect.gen(function* () {
      const record = `{"alert_id":"a","collection_id":"c","triggered":false,"match_count":0,"executed_at":"2026-03-01T09:30:00","duration_ms":1}`
      const packed = gzipSync(record + " ".repeat(8 << 20))
      const head = `HTTP/1.1 200 OK\r\ncontent-encoding: gzip\r\ncontent-length: ${packed.length}\r\n\r\n`
      const server = yield* rawServer(({ socket }) => void socket.write(Buffer.concat([Buffer.from(head), packed])))
      let asked = 0
      const asking = Effect.gen(function* () {
        const running = yield* Effect.forkChild(
          ask((mixpeek) =>
            mixpeek.recordsOf(
              () => `exec_${asked++}` as ExecutionId,
              () => {},
            ),
          ),
        )
        const before = server.heads.length
        yield* until(() => server.heads.length >= before + 2)
        yield* Fiber.interrupt(running)
        const then = asked
        // Unpacked behind what was being unpacked.
        yield* Effect.promise(() => unpack(packed))
        assert.strictEqual(asked, then)
      })
      for (let round = 0; round < 8; round++) yield* on(server.baseUrl, asking, { concurrency: 1 })
    }),
  )
})
