/** An answer whose body is already here, as Effect's `HttpClientResponse`. */
import { Effect, Inspectable, Option, type Schema, Stream } from "effect"
import * as Cookies from "effect/http/Cookies"
import * as Headers from "effect/http/Headers"
import * as HttpClientError from "effect/http/HttpClientError"
import type * as HttpClientRequest from "effect/http/HttpClientRequest"
import * as HttpClientResponse from "effect/http/HttpClientResponse"
import * as HttpIncomingMessage from "effect/http/HttpIncomingMessage"
import * as UrlParams from "effect/http/UrlParams"
import { pipeArguments } from "effect/Pipeable"

/** Everything that could fail has already happened: only `json` can fail, with a `DecodeError`. */
export class BufferedResponse implements HttpClientResponse.HttpClientResponse {
  readonly [HttpClientResponse.TypeId]: typeof HttpClientResponse.TypeId = HttpClientResponse.TypeId
  readonly [HttpIncomingMessage.TypeId]: typeof HttpIncomingMessage.TypeId = HttpIncomingMessage.TypeId
  readonly request: HttpClientRequest.HttpClientRequest
  readonly status: number
  readonly rawHeaders: Readonly<Record<string, string | undefined>>
  readonly body: Buffer

  constructor(
    request: HttpClientRequest.HttpClientRequest,
    status: number,
    rawHeaders: Readonly<Record<string, string | undefined>>,
    body: Buffer,
  ) {
    this.request = request
    this.status = status
    this.rawHeaders = rawHeaders
    this.body = body
  }

  get headers(): Headers.Headers {
    return Headers.fromInput(this.rawHeaders)
  }

  get url(): string {
    return this.request.url
  }

  get cookies(): Cookies.Cookies {
    return Cookies.empty
  }

  get remoteAddress(): Option.Option<string> {
    return Option.none()
  }

  get text(): Effect.Effect<string> {
    return Effect.sync(() => this.body.toString("utf8"))
  }

  get json(): Effect.Effect<Schema.Json, HttpClientError.HttpClientError> {
    return Effect.try({
      try: () => (this.body.length === 0 ? null : JSON.parse(this.body.toString("utf8"))),
      catch: (cause) => this.undecodable(cause),
    })
  }

  get arrayBuffer(): Effect.Effect<ArrayBuffer> {
    return Effect.sync(() => new Uint8Array(this.body).buffer)
  }

  get urlParamsBody(): Effect.Effect<UrlParams.UrlParams> {
    return Effect.map(this.text, (text) => UrlParams.fromInput(new URLSearchParams(text)))
  }

  get formData(): Effect.Effect<FormData, HttpClientError.HttpClientError> {
    return Effect.fail(this.undecodable("form data is not supported"))
  }

  get upgrade(): HttpClientResponse.HttpClientResponse["upgrade"] {
    return Effect.fail(
      this.undecodable("upgrades are not supported"),
    ) as HttpClientResponse.HttpClientResponse["upgrade"]
  }

  get stream(): Stream.Stream<Uint8Array> {
    return Stream.suspend(() => Stream.make(new Uint8Array(this.body)))
  }

  private undecodable(cause: unknown): HttpClientError.HttpClientError {
    return new HttpClientError.HttpClientError({
      reason: new HttpClientError.DecodeError({ request: this.request, response: this, cause }),
    })
  }

  toJSON(): unknown {
    return HttpIncomingMessage.inspect(this, {
      _id: "BufferedResponse",
      request: this.request.toJSON(),
      status: this.status,
    })
  }

  toString(): string {
    return `BufferedResponse(${this.status})`
  }

  [Inspectable.NodeInspectSymbol](): unknown {
    return this.toJSON()
  }

  pipe() {
    return pipeArguments(this, arguments)
  }
}
