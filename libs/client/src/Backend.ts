/**
 * The HTTP backend: undici's dispatcher under Effect's `HttpClient`, with a
 * buffered body, so that a request costs one callback and no stream
 * (docs/decisions/0002-http-backend.md). Says in which phase a request broke,
 * bounds the body, and undoes gzip.
 */
import { Effect, Layer } from "effect"
import * as HttpClient from "effect/http/HttpClient"
import * as HttpClientError from "effect/http/HttpClientError"
import type * as HttpClientRequest from "effect/http/HttpClientRequest"
import { gunzip } from "node:zlib"
import type { Dispatcher } from "undici"
import { BufferedResponse } from "./BufferedResponse.ts"
import { type ConnectionOptions, dispatcherOf } from "./Connections.ts"
import { requestIdOf } from "./ResponseFault.ts"

/** Limits of one connection and of one answer. */
export interface BackendOptions extends ConnectionOptions {
  /** From the request sent to the first byte of the answer. */
  readonly headersMillis: number
  /** Between two pieces of the body. */
  readonly bodyIdleMillis: number
  /** The most bytes of a body, on the wire and unpacked. */
  readonly maxBodyBytes: number
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

const flat = (headers: Record<string, string | string[] | undefined>): Record<string, string | undefined> => {
  const single: Record<string, string | undefined> = {}
  for (const name in headers) {
    const value = headers[name]
    single[name.toLowerCase()] = Array.isArray(value) ? value.join(", ") : value
  }
  return single
}

const bodyOf = (request: HttpClientRequest.HttpClientRequest): Uint8Array | null =>
  request.body._tag === "Uint8Array" ? request.body.body : null

/** A client on this dispatcher. Interrupting a request destroys its socket. */
export const make = (dispatcher: Dispatcher, options: BackendOptions): HttpClient.HttpClient =>
  HttpClient.make((request, url) =>
    Effect.callback<BufferedResponse, HttpClientError.HttpClientError>((resume) => {
      let controller: Dispatcher.DispatchController | undefined
      let status: number | null = null
      let headers: Record<string, string | undefined> = {}
      let size = 0
      let interrupted = false
      const chunks: Array<Buffer> = []
      const fail = (code: string) =>
        resume(
          Effect.fail(
            new HttpClientError.HttpClientError({
              reason: new HttpClientError.TransportError({
                request,
                cause: new BackendFault(code, status, requestIdOf(headers)),
              }),
            }),
          ),
        )
      const succeed = (body: Buffer) =>
        resume(Effect.succeed(new BufferedResponse(request, status as number, headers, body)))
      const unpack = (body: Buffer) =>
        gunzip(body, { maxOutputLength: options.maxBodyBytes }, (error, plain) =>
          error === null ? succeed(plain) : fail(codeOf(error) === "ERR_BUFFER_TOO_LARGE" ? tooLarge : badEncoding),
        )
      try {
        dispatcher.dispatch(
          {
            origin: url.origin,
            path: url.pathname + url.search,
            method: request.method as Dispatcher.HttpMethod,
            headers: request.headers,
            body: bodyOf(request),
            headersTimeout: options.headersMillis,
            bodyTimeout: options.bodyIdleMillis,
          },
          {
            onRequestStart(started) {
              controller = started
              if (interrupted) started.abort(new Error("interrupted"))
            },
            onResponseStart(_, code, received) {
              if (code < 200) return
              status = code
              headers = flat(received)
            },
            onResponseData(running, chunk) {
              size += chunk.length
              if (size > options.maxBodyBytes) running.abort(Object.assign(new Error(tooLarge), { code: tooLarge }))
              else chunks.push(chunk)
            },
            onResponseEnd() {
              const body = chunks.length === 1 ? (chunks[0] as Buffer) : Buffer.concat(chunks)
              const encoding = (headers["content-encoding"] ?? "identity").trim().toLowerCase()
              if (body.length === 0 || encoding === "identity" || encoding === "") succeed(body)
              else if (encoding === "gzip" || encoding === "x-gzip") unpack(body)
              else fail(badEncoding)
            },
            onResponseError(_, error) {
              fail(codeOf(error))
            },
          },
        )
      } catch (error) {
        fail(codeOf(error))
      }
      return Effect.sync(() => {
        interrupted = true
        controller?.abort(new Error("interrupted"))
      })
    }),
  )

/** A client with its own connections, which are closed with the scope. */
export const layer = (options: BackendOptions): Layer.Layer<HttpClient.HttpClient> =>
  Layer.effect(
    HttpClient.HttpClient,
    Effect.map(
      Effect.acquireRelease(
        Effect.sync(() => dispatcherOf(options)),
        (dispatcher) => Effect.promise(() => dispatcher.destroy()),
      ),
      (dispatcher) => make(dispatcher, options),
    ),
  )
