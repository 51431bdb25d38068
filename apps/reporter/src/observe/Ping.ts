/**
 * Tells a dead man's switch, in the way of healthchecks.io, that a run began,
 * succeeded or failed. Best effort: nothing of it ends a run or holds it up for
 * longer than five seconds, and the path of the URL, which is its secret, is in
 * no message.
 */
import { Backend } from "@mixpeek-alerts/client"
import { Effect, Result } from "effect"
import * as HttpBody from "effect/http/HttpBody"
import * as HttpClient from "effect/http/HttpClient"
import { stderr } from "../Console.ts"
import { warning } from "../LogLine.ts"
import { type ReporterError, usage } from "../ReporterError.ts"
import { runId } from "./RunId.ts"

const millis = 5000

export type Signal = "start" | "success" | "fail"

const endings: Readonly<Record<Signal, string>> = { start: "/start", success: "", fail: "/fail" }

/** Where to send a signal: the path is made longer, and what follows it stays. */
export const targetOf = (base: URL, signal: Signal): URL => {
  const target = new URL(base)
  target.pathname = target.pathname.replace(/\/+$/, "") + endings[signal]
  if (!target.searchParams.has("rid")) target.searchParams.set("rid", runId)
  return target
}

/** Reads the URL of a ping. What was given is not repeated, since it is a secret. */
export const parsePingUrl = (text: string): Result.Result<URL, ReporterError> => {
  const url = URL.parse(text)
  return url !== null && (url.protocol === "https:" || url.protocol === "http:")
    ? Result.succeed(url)
    : Result.fail(usage("--ping-url is not an http or https URL.", "Give it like https://hc-ping.com/<uuid>."))
}

const layerFor = (url: URL) =>
  Backend.layer({
    baseUrl: url,
    connectMillis: millis,
    headersMillis: millis,
    bodyIdleMillis: millis,
    maxBodyBytes: 65_536,
  })

const post = (url: URL, text: string) =>
  Effect.gen(function* () {
    const client = yield* HttpClient.HttpClient
    const { status } = yield* client.post(url, { body: HttpBody.text(text, "text/plain") })
    return status < 400 ? null : `status ${status}`
  }).pipe(
    Effect.catch((error) =>
      Effect.succeed(`${error.reason._tag === "TransportError" ? "no connection" : "no answer"}`),
    ),
    Effect.provideService(HttpClient.TracerDisabledWhen, () => true),
    Effect.timeoutOrElse({ duration: millis, orElse: () => Effect.succeed(`nothing within ${millis / 1000} s`) }),
    Effect.provide(layerFor(url)),
  )

/** Sends a signal with a line of text. A ping that does not arrive is only warned about. */
export const ping = (base: URL, signal: Signal, text: string): Effect.Effect<void> =>
  Effect.flatMap(post(targetOf(base, signal), text), (problem) =>
    problem === null
      ? Effect.void
      : Effect.sync(() =>
          stderr(
            warning(
              `The ping (${signal}) to ${base.host} did not arrive: ${problem}.`,
              "The run does not depend on it; check --ping-url.",
            ),
          ),
        ),
  )
