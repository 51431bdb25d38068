/**
 * A server that costs next to nothing, so that it is not what is measured: it
 * reads only the request line, and answers from memory. `GET /count` says how
 * many requests there were since it was last asked.
 */
import { createServer, type Server, type Socket } from "node:net"
import type { Namespace } from "./Namespace.ts"
import type { Window } from "./Window.ts"

export interface FixedServerOptions {
  readonly namespace: Namespace
  /** How long every answer waits. */
  readonly latencyMillis: number
  /** The rate limit, if there is one. */
  readonly window: Window | null
}

interface Answer {
  readonly status: string
  readonly body: Buffer
}

const found = (body: Buffer): Answer => ({ status: "200 OK", body })
const json = (status: string, text: string): Answer => ({ status, body: Buffer.from(text) })
const notFound = json(
  "404 Not Found",
  '{"success":false,"status":404,"error":{"message":"none","type":"NotFoundError"}}',
)
const tooMany = json(
  "429 Too Many Requests",
  '{"success":false,"status":429,"error":{"message":"slow down","type":"TooManyRequestsError"}}',
)

const list = "/v1/alerts/executions"

const answerTo = (target: string, namespace: Namespace): Answer => {
  const [path = "", query = ""] = target.split("?")
  if (path === list) {
    const values = new URLSearchParams(query)
    return found(namespace.page(Number(values.get("cursor") ?? 0), Number(values.get("limit") ?? 100)))
  }
  const record = path.startsWith(`${list}/`) ? namespace.record(path.slice(list.length + 1)) : null
  return record === null ? notFound : found(record)
}

const send = (socket: Socket, { body, status }: Answer, headers: string): void => {
  socket.cork()
  socket.write(
    `HTTP/1.1 ${status}\r\ncontent-type: application/json\r\n${headers}content-length: ${body.length}\r\n\r\n`,
    "latin1",
  )
  socket.write(body)
  socket.uncork()
}

/** The server, not yet listening. */
export const fixedServer = ({ latencyMillis, namespace, window }: FixedServerOptions): Server => {
  let count = 0

  const answer = (socket: Socket, target: string): void => {
    if (target === "/count") {
      send(socket, json("200 OK", String(count)), "")
      count = 0
      return
    }
    count++
    const room = window?.admit(Date.now()) ?? true
    const headers = window?.headers(Date.now()) ?? ""
    const reply = () => send(socket, room ? answerTo(target, namespace) : tooMany, headers)
    if (latencyMillis === 0) reply()
    else setTimeout(reply, latencyMillis)
  }

  return createServer({ noDelay: true }, (socket) => {
    let text = ""
    socket.setEncoding("latin1").on("error", () => socket.destroy())
    socket.on("data", (more: string) => {
      text += more
      for (let end = text.indexOf("\r\n\r\n"); end !== -1; end = text.indexOf("\r\n\r\n")) {
        const target = text.slice(text.indexOf(" ") + 1, text.indexOf(" HTTP/"))
        text = text.slice(end + 4)
        answer(socket, target)
      }
    })
  })
}
