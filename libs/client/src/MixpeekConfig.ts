/** How to reach Mixpeek: the key, the namespace, the base URL, and the limits. */
import { Config, Effect, Option, type Redacted, Result } from "effect"
import { parseApiKey, readKeyFile } from "./ApiKey.ts"
import { defaultBaseUrl, parseBaseUrl } from "./BaseUrl.ts"
import { badProxy } from "./Connections.ts"
import { MixpeekError } from "./MixpeekError.ts"
import { InvalidConfig } from "./Reason.ts"
import type { Rate } from "./RequestLedger.ts"
import type { SharedLimit } from "./SharedBudget.ts"

/** Time limits, in milliseconds. */
export interface Timeouts {
  /** Until a connection is made, its TLS handshake included. */
  readonly connectMillis: number
  /** From the request sent to the first byte of the answer. */
  readonly headersMillis: number
  /** Between two pieces of the body. */
  readonly bodyIdleMillis: number
  /** One request, its body included. */
  readonly attemptMillis: number
  /** One call, with its retries and waits. */
  readonly totalMillis: number
}

/** How a client of this package reaches Mixpeek. {@link defaults} has every value that can be guessed. */
export interface MixpeekConfig {
  readonly apiKey: Redacted.Redacted
  /** A namespace ID or name; `null` leaves the choice to the server. */
  readonly namespace: string | null
  readonly baseUrl: URL
  readonly timeouts: Timeouts
  /** How fast requests go: as the server allows, without limit, or a number a minute. */
  readonly rate: Rate
  /** The part of the server's rate limit that may be used, from 0 (exclusive) to 1. */
  readonly rateShare: number
  /** The limiter that this client shares with other processes that use the key; `null` when it has the key to itself. */
  readonly sharedLimit: SharedLimit | null
  /** The most requests at once. */
  readonly concurrency: number
  /** The most requests ever; `null` for no end. */
  readonly maxRequests: number | null
  /** The most bytes of one answer. */
  readonly maxBodyBytes: number
  /** The `User-Agent` header: product and version, nothing about the machine. */
  readonly userAgent: string
  /** Whether each request makes a span and counts in metrics. */
  readonly observed: boolean
}

/** Everything that has a sensible value without being told. */
export const defaults: Omit<MixpeekConfig, "apiKey" | "namespace" | "baseUrl"> = {
  timeouts: {
    connectMillis: 10_000,
    headersMillis: 60_000,
    bodyIdleMillis: 30_000,
    attemptMillis: 120_000,
    totalMillis: 600_000,
  },
  rate: "auto",
  rateShare: 1,
  sharedLimit: null,
  concurrency: 5,
  maxRequests: null,
  maxBodyBytes: 256 * 1024 * 1024,
  userAgent: "mixpeek-alerts/0.1.0",
  observed: false,
}

/** The longest time that a timer of Node can measure: a longer one would ring at once. */
const maxTimerMillis = 2 ** 31 - 1

const bounded = (millis: number): number => Math.max(1, Math.min(maxTimerMillis, Number.isNaN(millis) ? 1 : millis))

/** The same configuration with every number in the range where it works. */
export const inRange = (config: MixpeekConfig): MixpeekConfig => ({
  ...config,
  concurrency: Math.max(1, Math.floor(config.concurrency) || 1),
  timeouts: {
    connectMillis: bounded(config.timeouts.connectMillis),
    headersMillis: bounded(config.timeouts.headersMillis),
    bodyIdleMillis: bounded(config.timeouts.bodyIdleMillis),
    attemptMillis: bounded(config.timeouts.attemptMillis),
    totalMillis: bounded(config.timeouts.totalMillis),
  },
})

const parseNamespace = (text: string): Result.Result<string, MixpeekError> =>
  /^[\x21-\x7e]{1,200}$/.test(text)
    ? Result.succeed(text)
    : Result.fail(
        MixpeekError.before(
          new InvalidConfig({
            setting: "MIXPEEK_NAMESPACE",
            problem: "The namespace contains a space or a control character.",
            remedy: "Give a name or ns_… ID.",
          }),
        ),
      )

const text = (name: string) => Config.option(Config.String(name)).pipe(Effect.orElseSucceed(Option.none<string>))

/** What a program knows better than the environment. */
export type MixpeekOverrides = { readonly [Key in keyof MixpeekConfig]?: MixpeekConfig[Key] | undefined }

const given = (overrides: MixpeekOverrides): Partial<MixpeekConfig> =>
  Object.fromEntries(Object.entries(overrides).filter(([, value]) => value !== undefined))

/**
 * Reads `MIXPEEK_API_KEY` (else the file `MIXPEEK_API_KEY_FILE`),
 * `MIXPEEK_NAMESPACE` and `MIXPEEK_BASE_URL`. Fails with `NoKey` or
 * `InvalidConfig`.
 */
export const fromEnvironment = Effect.fnUntraced(function* (overrides: MixpeekOverrides = {}) {
  const rawKey = yield* text("MIXPEEK_API_KEY")
  const keyFile = yield* text("MIXPEEK_API_KEY_FILE")
  const namespace = Option.getOrNull(yield* text("MIXPEEK_NAMESPACE"))
  const baseUrl = Option.getOrElse(yield* text("MIXPEEK_BASE_URL"), () => defaultBaseUrl)
  const otlp = yield* text("OTEL_EXPORTER_OTLP_ENDPOINT")
  const key =
    Option.isNone(rawKey) && Option.isSome(keyFile)
      ? readKeyFile(keyFile.value)
      : Result.succeed(Option.getOrElse(rawKey, () => ""))
  const config: MixpeekConfig = {
    ...defaults,
    observed: Option.isSome(otlp),
    apiKey: overrides.apiKey ?? (yield* Effect.fromResult(Result.flatMap(key, parseApiKey))),
    namespace: namespace === null ? null : yield* Effect.fromResult(parseNamespace(namespace)),
    baseUrl: yield* Effect.fromResult(parseBaseUrl(baseUrl)),
    ...given(overrides),
  }
  const proxy = badProxy(config.baseUrl, process.env)
  if (proxy !== null) {
    const problem = new InvalidConfig({
      setting: proxy,
      problem: `${proxy} is not the URL of a proxy.`,
      remedy: "Give it like http://proxy.example.com:3128, or leave it out.",
    })
    return yield* MixpeekError.before(problem)
  }
  return config
})
