/** A Mixpeek on loopback for tests: executions from a seed, and whatever a test wants to go wrong. */
import { make } from "@mixpeek-alerts/domain/Sample"
import { createServer, type IncomingMessage, type ServerResponse } from "node:http"
import type { AddressInfo } from "node:net"

export const key = "sk_canary_0123456789abcdef"
export const count = 250
export const sample = make(7)

/** The ID of the execution at an index; the newest is `count - 1`. */
export const idAt = (index: number): string => sample.executionId(index)

/** Answers a request itself when it returns true. */
export type Script = (request: IncomingMessage, response: ServerResponse) => boolean

export interface FakeMixpeek {
  readonly url: string
  readonly requests: ReadonlyArray<string>
  /** Takes over from now on; `null` answers normally again. */
  script: Script | null
  readonly close: () => Promise<void>
}

export const sendJson = (response: ServerResponse, status: number, body: string, headers = {}): true => {
  response.writeHead(status, { "content-type": "application/json", "x-request-id": "req_fake_1", ...headers }).end(body)
  return true
}

const fault = (status: number, type: string, message: string, details: object | null = null): string =>
  JSON.stringify({ success: false, status, error: { message, type, details } })

const answer = (request: IncomingMessage, response: ServerResponse): void => {
  const url = new URL(request.url ?? "/", "http://fake")
  if (request.headers.authorization !== `Bearer ${key}`) {
    return void sendJson(response, 401, fault(401, "UnauthorizedError", "Invalid API key"))
  }
  const one = /^\/v1\/alerts\/executions\/([^/]+)$/.exec(url.pathname)
  if (one !== null) {
    const id = decodeURIComponent(one[1] ?? "")
    const index = sample.indexOf(id)
    if (index === undefined || index >= count) {
      return void sendJson(response, 404, fault(404, "NotFoundError", "not found", { resource: "execution", id }))
    }
    return void sendJson(response, 200, sample.json(index))
  }
  const from = Number(url.searchParams.get("cursor") ?? 0)
  const until = Math.min(count, from + Number(url.searchParams.get("limit") ?? 100))
  const results = Array.from({ length: until - from }, (_, offset) => sample.json(count - 1 - from - offset))
  const next = until === count ? "null" : JSON.stringify(String(until))
  sendJson(
    response,
    200,
    `{"results":[${results.join(",")}],"pagination":{"next_cursor":${next}},"total_count":${count}}`,
  )
}

export const startFake = async (): Promise<FakeMixpeek> => {
  const requests: Array<string> = []
  const server = createServer((request, response) => {
    requests.push(request.url ?? "")
    if (fake.script?.(request, response) !== true) answer(request, response)
  })
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening))
  const { port } = server.address() as AddressInfo
  const fake: FakeMixpeek = {
    url: `http://127.0.0.1:${port}`,
    requests,
    script: null,
    close: () =>
      new Promise((closed) => {
        server.close(() => closed())
        server.closeAllConnections()
      }),
  }
  return fake
}
