/** Asking a sandbox: with its key and namespace, by fetch or over a raw socket. */
import { once } from "node:events"
import { type Agent, get, type IncomingMessage } from "node:http"
import { connect } from "node:net"
import { text } from "node:stream/consumers"
import type { Sandbox } from "../src/index.ts"

/** How `expect.poll` waits for what happens on the other side of a socket. */
export const soon = { interval: 2, timeout: 10_000 }

export const credentials = (sandbox: Sandbox): Record<string, string> => ({
  authorization: `Bearer ${sandbox.apiKey}`,
  "x-namespace": sandbox.namespace,
})

interface Asking extends RequestInit {
  readonly headers?: Readonly<Record<string, string>>
}

export const ask = (sandbox: Sandbox, path: string, init: Asking = {}): Promise<Response> =>
  fetch(sandbox.baseUrl + path, { redirect: "manual", ...init, headers: { ...credentials(sandbox), ...init.headers } })

/** Asks over a pool of kept connections and reads the whole answer. */
export const askOn = async (pool: Agent, sandbox: Sandbox, path: string): Promise<number | undefined> => {
  const request = get(sandbox.baseUrl + path, { agent: pool, headers: credentials(sandbox) })
  const [response] = (await once(request, "response")) as [IncomingMessage]
  await text(response)
  return response.statusCode
}

export interface PageBody {
  readonly results: ReadonlyArray<Record<string, unknown>> | null
  readonly pagination: Record<string, unknown>
  readonly total_count?: number
}

export const page = async (sandbox: Sandbox, path: string): Promise<PageBody> =>
  (await (await ask(sandbox, path)).json()) as PageBody

export const cursorOf = (body: PageBody): string => String(body.pagination["next_cursor"])

export interface ErrorBody {
  readonly success: boolean
  readonly status: number
  readonly error: { readonly message: string; readonly type: string; readonly details: Record<string, unknown> | null }
}

export const errorOf = async (response: Response): Promise<ErrorBody> => (await response.json()) as ErrorBody

/** The bytes that come back for one request until the other side closes, and how it closed. */
export const raw = async (sandbox: Sandbox, path: string): Promise<{ text: string; reset: boolean }> => {
  const socket = connect(sandbox.port, "127.0.0.1")
  const chunks: Array<Buffer> = []
  let reset = false
  socket.on("data", (chunk) => chunks.push(chunk))
  socket.on("error", (problem: NodeJS.ErrnoException) => (reset ||= problem.code === "ECONNRESET"))
  socket.write(
    `GET ${path} HTTP/1.1\r\nHost: sandbox\r\nAuthorization: Bearer ${sandbox.apiKey}\r\n` +
      `X-Namespace: ${sandbox.namespace}\r\n\r\n`,
  )
  await new Promise<void>((resolve) => socket.once("close", () => resolve()))
  return { text: Buffer.concat(chunks).toString("utf8"), reset }
}

/** The body of a raw response. */
export const bodyOf = (text: string): string => text.slice(text.indexOf("\r\n\r\n") + 4)

export const announced = (text: string): number => Number(/^content-length: (\d+)/im.exec(text)?.[1])

/** The records of a page as the text between its brackets. */
export const resultsText = (text: string): string =>
  text.slice('{"results":['.length, text.lastIndexOf('],"pagination":'))

/** The indexes of so many executions, newest first. */
export const descending = (count: number): ReadonlyArray<number> =>
  Array.from({ length: count }, (_, at) => count - 1 - at)
