/** An API that answers from a script, without a network, on the clock of the test. */
import { Clock, Effect, Exit, Fiber, Layer } from "effect"
import * as HttpClient from "effect/http/HttpClient"
import * as HttpClientError from "effect/http/HttpClientError"
import * as HttpClientResponse from "effect/http/HttpClientResponse"
import { TestClock } from "effect/testing"
import { Mixpeek, type MixpeekConfig, type MixpeekError } from "../src/index.ts"
import { settings } from "./Settings.ts"

/** What one request gets: an answer, a broken connection, or silence. */
export type Answer =
  | { readonly status: number; readonly headers?: Record<string, string>; readonly body?: string }
  | { readonly broken: string }
  | "silence"

export const emptyPage: Extract<Answer, { readonly status: number }> = {
  status: 200,
  body: '{"results":[],"pagination":{"next_cursor":null},"total_count":0}',
}

/** The error of a server, in its own envelope. */
export const envelope = (
  status: number,
  type = "SomeError",
  details: unknown = {},
  headers: Record<string, string> = {},
): Answer => ({
  status,
  headers: { "content-type": "application/json", ...headers },
  body: JSON.stringify({ success: false, status, error: { message: `It is a ${status}.`, type, details } }),
})

/** An answer, or what makes one for a request. */
type Given = Answer | ((request: { readonly url: string }) => Answer)

/** Answers one request after another; the last answer is repeated for ever. Notes when each request came. */
export class Script {
  readonly times: Array<number> = []
  readonly urls: Array<string> = []
  readonly headers: Array<Readonly<Record<string, string>>> = []
  private readonly answers: ReadonlyArray<Given>

  constructor(...answers: ReadonlyArray<Given>) {
    this.answers = answers
  }

  readonly http: Layer.Layer<HttpClient.HttpClient> = Layer.succeed(
    HttpClient.HttpClient,
    HttpClient.make((request, url) =>
      Effect.gen({ self: this }, function* () {
        const given = this.answers[Math.min(this.times.length, this.answers.length - 1)] ?? emptyPage
        const answer = typeof given === "function" ? given({ url: url.href }) : given
        this.times.push(yield* Clock.currentTimeMillis)
        this.urls.push(url.href)
        this.headers.push(request.headers)
        if (answer === "silence") return yield* Effect.never
        if ("broken" in answer) {
          const cause = Object.assign(new Error("broken"), { code: answer.broken })
          const reason = new HttpClientError.TransportError({ request, cause })
          return yield* new HttpClientError.HttpClientError({ reason })
        }
        const { body, headers, status } = answer
        const response = new Response(status === 304 ? null : (body ?? ""), { status, headers: headers ?? {} })
        return HttpClientResponse.fromWeb(request, response)
      }),
    ),
  )

  /** The service on this script. */
  layer(changes: Partial<MixpeekConfig> = {}): Layer.Layer<Mixpeek> {
    return Mixpeek.layerNoBackend(settings("https://api.example.com", changes)).pipe(Layer.provide(this.http))
  }
}

/** Lets hours pass in small steps, so that what waits for one another has its turns. */
export const runToEnd = <A, E, R>(effect: Effect.Effect<A, E, R>, seconds = 3600) =>
  Effect.gen(function* () {
    const fiber = yield* Effect.forkChild(Effect.exit(effect))
    yield* TestClock.adjust(0)
    for (let second = 0; second < seconds && fiber.pollUnsafe() === undefined; second++) {
      yield* TestClock.adjust("1 second")
    }
    return yield* Fiber.join(fiber)
  })

/** The error of a call that must fail, after the hours that it takes. */
export const failure = <A, R>(effect: Effect.Effect<A, MixpeekError, R>) =>
  Effect.map(runToEnd(effect), (exit): MixpeekError => {
    const error = Exit.findErrorOption(exit)
    if (error._tag === "Some") return error.value
    throw new Error("The call did not fail", { cause: exit })
  })
