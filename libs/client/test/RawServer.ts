/** A TCP server that answers byte by byte as a test wants, to do what no HTTP server would. */
import { createServer, type AddressInfo, type Server, type Socket } from "node:net"
import { Effect, type Scope } from "effect"

export interface RawRequest {
  /** The request line and headers, as sent. */
  readonly head: string
  readonly socket: Socket
}

/** Whole, as most answers are. */
export const answer = (status: string, headers: ReadonlyArray<string>, body: string): string =>
  [`HTTP/1.1 ${status}`, ...headers, `content-length: ${Buffer.byteLength(body)}`, "", body].join("\r\n")

const onRequests = (socket: Socket, handle: (request: RawRequest) => void): void => {
  let text = ""
  socket.on("error", () => {})
  socket.on("data", (chunk: Buffer) => {
    text += chunk.toString("latin1")
    for (let end = text.indexOf("\r\n\r\n"); end >= 0; end = text.indexOf("\r\n\r\n")) {
      const head = text.slice(0, end)
      text = ""
      handle({ head, socket })
    }
  })
}

export interface RawServer {
  readonly baseUrl: string
  readonly heads: ReadonlyArray<string>
  readonly sockets: ReadonlySet<Socket>
  /** Ends when the client has closed its last socket. */
  readonly idle: Effect.Effect<void>
}

/** A server for the life of the scope. */
export const rawServer = (handle: (request: RawRequest) => void): Effect.Effect<RawServer, never, Scope.Scope> =>
  Effect.gen(function* () {
    const heads: Array<string> = []
    const sockets = new Set<Socket>()
    const server = yield* Effect.acquireRelease(
      Effect.callback<Server>((resume) => {
        const started = createServer((socket) => {
          sockets.add(socket)
          socket.on("close", () => {
            sockets.delete(socket)
            started.emit("gone")
          })
          onRequests(socket, (request) => {
            heads.push(request.head)
            handle(request)
          })
        })
        started.listen(0, "127.0.0.1", () => resume(Effect.succeed(started)))
      }),
      (started) =>
        Effect.sync(() => {
          for (const socket of sockets) socket.destroy()
          started.close()
        }),
    )
    const idle = Effect.callback<void>((resume) => {
      const look = () => {
        if (sockets.size === 0) resume(Effect.void)
      }
      server.on("gone", look)
      look()
    })
    return { baseUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, heads, sockets, idle }
  })

/** An empty page. */
export const good = answer(
  "200 OK",
  ["content-type: application/json"],
  '{"results":[],"pagination":null,"total_count":0}',
)

/** Answers the first requests in ways of their own, and all others well. */
export const firstly = (...ways: ReadonlyArray<(request: RawRequest) => void>) => {
  let count = 0
  return rawServer((request) => {
    const way = ways[count++]
    if (way === undefined) request.socket.write(good)
    else way(request)
  })
}
