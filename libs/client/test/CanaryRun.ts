/** A run with a distinctive key, and everything that came out of it. */
import { assert } from "@effect/vitest"
import { Cause, Effect, Exit, Layer, Logger, Redacted, Tracer } from "effect"
import { inspect } from "node:util"
import { Mixpeek, type MixpeekConfig } from "../src/index.ts"
import { impatient, settings } from "./Settings.ts"

export const canary = "sk_canary_7f3a91c2e5d8"

export const visible = (key: string): ReadonlyArray<string> => [
  key,
  JSON.stringify(key).slice(1, -1),
  encodeURIComponent(key),
  btoa(key),
  `Bearer ${key}`.slice(0, 20),
]

/** Everything that a program could print, log or send on about an outcome. */
export const textsOf = (exit: Exit.Exit<unknown, unknown>): ReadonlyArray<string> => {
  if (Exit.isSuccess(exit)) return []
  const errors = exit.cause.reasons.flatMap((reason): ReadonlyArray<unknown> =>
    reason._tag === "Fail" ? [reason.error] : reason._tag === "Die" ? [reason.defect] : [],
  )
  return [exit, exit.cause, ...errors, ...errors.map((error) => (error as Error).cause)]
    .flatMap((value) => [
      String(value),
      JSON.stringify(value) ?? "",
      inspect(value, { depth: 20, showHidden: true, getters: true }),
      value instanceof Error ? `${value.message} ${value.stack} ${(value as { hint?: string }).hint}` : "",
    ])
    .concat(Cause.pretty(exit.cause))
}

interface Collected {
  readonly texts: Array<string>
  readonly spans: Array<Tracer.Span>
}

const collecting = (collected: Collected) =>
  Layer.mergeAll(
    Layer.succeed(
      Tracer.Tracer,
      Tracer.make({
        span: (options) => {
          const span = new Tracer.NativeSpan(options)
          collected.spans.push(span)
          return span
        },
      }),
    ),
    Logger.layer([
      Logger.make(
        (options) => void collected.texts.push(inspect(options.message, { depth: 20 }), Cause.pretty(options.cause)),
      ),
      Logger.map(Logger.formatJson, (text) => void collected.texts.push(text)),
    ]),
  )

/** Runs a call with observation on, and everything that came out of it as text. */
export const outputOf = (
  baseUrl: string,
  effect: Effect.Effect<unknown, unknown, Mixpeek>,
  changes: Partial<MixpeekConfig> = {},
) =>
  Effect.gen(function* () {
    const collected: Collected = { texts: [], spans: [] }
    const config = settings(baseUrl, {
      apiKey: Redacted.make(canary),
      observed: true,
      maxRequests: 1,
      timeouts: { ...impatient, headersMillis: 150, bodyIdleMillis: 150, attemptMillis: 300, totalMillis: 900 },
      ...changes,
    })
    const exit = yield* effect.pipe(
      Effect.tapCause((cause) => Effect.logError("It failed", cause)),
      Effect.provide(Layer.provideMerge(Mixpeek.layer(config), collecting(collected))),
      Effect.exit,
    )
    const spans = collected.spans.map((span) => inspect(span, { depth: 20, showHidden: true, getters: true }))
    collected.texts.push(
      ...spans,
      ...textsOf(exit),
      inspect(config, { depth: 20, showHidden: true }),
      JSON.stringify(config),
    )
    return { exit, spans: collected.spans, text: collected.texts.join("\n") }
  })

export const assertClean = (text: string) => {
  for (const form of visible(canary)) assert.isFalse(text.includes(form), `found ${form}`)
}
