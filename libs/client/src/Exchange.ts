/** One request on undici's dispatcher and its whole answer, in plain callbacks: what every layer above is made of. */
import type { Dispatcher } from "undici"
import type { Connections } from "./Connections.ts"
import type { HeaderMap } from "./RetryHint.ts"
import { requestIdOf } from "./ResponseFault.ts"

/** A request as it goes over the wire. */
export interface WireRequest {
  /** Where the connections go. */
  readonly origin: string
  /** Path and query. */
  readonly path: string
  readonly method: string
  readonly headers: Readonly<Record<string, string>>
  readonly body: Uint8Array | null
}

/** Limits of one answer. */
export interface ExchangeLimits {
  /** From the request sent to the first byte of the answer. */
  readonly headersMillis: number
  /** Between two pieces of the body. */
  readonly bodyIdleMillis: number
  /** The most bytes of a body, on the wire and unpacked. */
  readonly maxBodyBytes: number
}

/** An answer that arrived whole. */
export interface WireAnswer {
  readonly status: number
  readonly headers: HeaderMap
  readonly body: Buffer
}

/** Where and how a request broke; the `cause` of the `TransportError`. */
export class BackendFault extends Error {
  readonly code: string
  /** Whether the status line had arrived. */
  readonly answered: boolean
  readonly status: number | null
  /** The server's ID of the request, when its headers had arrived. */
  readonly requestId: string | null

  constructor(code: string, status: number | null, requestId: string | null) {
    super(code)
    this.code = code
    this.answered = status !== null
    this.status = status
    this.requestId = requestId
  }
}

/** The code of a failure: the body is longer than was allowed. */
export const tooLarge = "BODY_TOO_LARGE"
/** The code of a failure: the body is in an encoding that was not asked for, or is broken. */
export const badEncoding = "BAD_CONTENT_ENCODING"

const codeOf = (error: unknown): string => {
  const own = (error as { code?: unknown } | null)?.code
  if (typeof own === "string") return own
  const nested = error instanceof AggregateError ? (error.errors[0] as { code?: unknown } | undefined)?.code : undefined
  return typeof nested === "string" ? nested : error instanceof Error ? error.name : "UNKNOWN"
}

/** Headers by lower-case name, as undici gives them, with one value each. */
const flat = (headers: Record<string, string | Array<string> | undefined>): HeaderMap => {
  for (const name in headers) {
    const value = headers[name]
    if (Array.isArray(value)) headers[name] = value.join(", ")
  }
  return headers as HeaderMap
}

type Done = (ended: WireAnswer | BackendFault) => void

class Exchange implements Dispatcher.DispatchHandler {
  private readonly connections: Connections
  readonly connection: Dispatcher
  private readonly limits: ExchangeLimits
  private readonly done: Done
  private readonly chunks: Array<Buffer> = []
  private controller: Dispatcher.DispatchController | undefined
  private aborted = false
  private ended = false
  private status: number | null = null
  private headers: HeaderMap = {}
  private size = 0

  constructor(connections: Connections, limits: ExchangeLimits, done: Done) {
    this.connections = connections
    this.connection = connections.take()
    this.limits = limits
    this.done = done
  }

  abort(): void {
    this.aborted = true
    if (this.controller === undefined) this.connections.drop(this.connection)
    else this.controller.abort(new Error("interrupted"))
  }

  fail(error: unknown): void {
    this.broke(codeOf(error))
  }

  onRequestStart(controller: Dispatcher.DispatchController): void {
    this.controller = controller
    if (this.aborted) controller.abort(new Error("interrupted"))
  }

  onResponseStart(
    _: Dispatcher.DispatchController,
    status: number,
    headers: Record<string, string | Array<string> | undefined>,
  ): void {
    if (status < 200) return
    this.status = status
    this.headers = flat(headers)
  }

  onResponseData(controller: Dispatcher.DispatchController, chunk: Buffer): void {
    this.size += chunk.length
    if (this.size > this.limits.maxBodyBytes) {
      controller.abort(Object.assign(new Error(tooLarge), { code: tooLarge }))
    } else this.chunks.push(chunk)
  }

  onResponseEnd(): void {
    const body = this.chunks.length === 1 ? (this.chunks[0] as Buffer) : Buffer.concat(this.chunks)
    const encoding = this.headers["content-encoding"]
    if (encoding === undefined || body.length === 0) return this.arrived(body)
    const name = encoding.trim().toLowerCase()
    if (name === "identity" || name === "") this.arrived(body)
    else if (name === "gzip" || name === "x-gzip") this.unpack(body)
    else this.broke(badEncoding)
  }

  onResponseError(_: Dispatcher.DispatchController, error: unknown): void {
    this.fail(error)
  }

  private unpack(body: Buffer): void {
    // Loaded for the first answer that is packed.
    const { gunzip } = process.getBuiltinModule("node:zlib")
    gunzip(body, { maxOutputLength: this.limits.maxBodyBytes }, (error, plain) => {
      if (this.aborted) this.broke("UND_ERR_ABORTED")
      else if (error === null) this.arrived(plain)
      else this.broke(codeOf(error) === "ERR_BUFFER_TOO_LARGE" ? tooLarge : badEncoding)
    })
  }

  private arrived(body: Buffer): void {
    this.end({ status: this.status as number, headers: this.headers, body })
  }

  /** Not at once: what failed may still be on the stack, and would not bear the next request on its connection. */
  private broke(code: string): void {
    queueMicrotask(() => this.end(new BackendFault(code, this.status, requestIdOf(this.headers))))
  }

  /** Gives the connection back first, so that the next request can have it. Only once: undici tells what `done` throws as a failure of the same request. */
  private end(ended: WireAnswer | BackendFault): void {
    if (this.ended) return
    this.ended = true
    this.connections.give(this.connection)
    this.done(ended)
  }
}

/** Sends a request, and calls `done` once with what came of it. What is returned gives the request up and closes its socket. */
export const exchange = (
  connections: Connections,
  limits: ExchangeLimits,
  request: WireRequest,
  done: Done,
): (() => void) => {
  const running = new Exchange(connections, limits, done)
  try {
    running.connection.dispatch(
      {
        origin: request.origin,
        path: request.path,
        method: request.method as Dispatcher.HttpMethod,
        headers: request.headers,
        body: request.body,
        headersTimeout: limits.headersMillis,
        bodyTimeout: limits.bodyIdleMillis,
      },
      running,
    )
  } catch (error) {
    running.fail(error)
  }
  return () => running.abort()
}
