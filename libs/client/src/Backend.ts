/**
 * The HTTP backend: undici's dispatcher under Effect's `HttpClient`, with a
 * buffered body, so that a request costs one callback and no stream
 * (docs/decisions/0002-http-backend.md). Says in which phase a request broke,
 * bounds the body, and undoes gzip.
 */
import { Context, Effect, Layer } from "effect"
import * as HttpClient from "effect/http/HttpClient"
import * as HttpClientError from "effect/http/HttpClientError"
import type * as HttpClientRequest from "effect/http/HttpClientRequest"
import { BufferedResponse } from "./BufferedResponse.ts"
import { type ConnectionOptions, type Connections, connectionsOf } from "./Connections.ts"
import { BackendFault, exchange, type ExchangeLimits, type WireAnswer, type WireRequest } from "./Exchange.ts"

/** Limits of one connection and of one answer. */
export interface BackendOptions extends ConnectionOptions, ExchangeLimits {}

/** What this backend can do beside being an `HttpClient`: the same, without building what one call does not need. */
export class Wire extends Context.Service<
  Wire,
  {
    /** Sends, calls back once, and returns what gives the request up. */
    readonly exchange: (request: WireRequest, done: (ended: WireAnswer | BackendFault) => void) => () => void
  }
>()("@mixpeek-alerts/client/Wire") {}

const bodyOf = (request: HttpClientRequest.HttpClientRequest): Uint8Array | null =>
  request.body._tag === "Uint8Array" ? request.body.body : null

const failed = (request: HttpClientRequest.HttpClientRequest, cause: BackendFault) =>
  Effect.fail(new HttpClientError.HttpClientError({ reason: new HttpClientError.TransportError({ request, cause }) }))

/** A client on these connections. Interrupting a request destroys its socket. */
const make = (connections: Connections, options: BackendOptions): HttpClient.HttpClient =>
  HttpClient.make((request, url) =>
    Effect.callback<BufferedResponse, HttpClientError.HttpClientError>((resume) => {
      const wire: WireRequest = {
        origin: url.origin,
        path: url.pathname + url.search,
        method: request.method,
        headers: request.headers,
        body: bodyOf(request),
      }
      const abort = exchange(connections, options, wire, (ended) =>
        resume(
          ended instanceof BackendFault
            ? failed(request, ended)
            : Effect.succeed(new BufferedResponse(request, ended.status, ended.headers, ended.body)),
        ),
      )
      return Effect.sync(abort)
    }),
  )

/** A client with its own connections, which are closed with the scope. */
export const layer = (options: BackendOptions): Layer.Layer<HttpClient.HttpClient | Wire> =>
  Layer.effectContext(
    Effect.map(
      Effect.acquireRelease(
        Effect.sync(() => connectionsOf(options)),
        (connections) => Effect.promise(() => connections.destroy()),
      ),
      (connections) =>
        Context.make(HttpClient.HttpClient, make(connections, options)).pipe(
          Context.add(Wire, { exchange: (request, done) => exchange(connections, options, request, done) }),
        ),
    ),
  )
