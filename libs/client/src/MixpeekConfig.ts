/** How to reach Mixpeek: the key, the namespace, the base URL, and the limits. */
import { Config, Effect, Option, Redacted, Result } from "effect"
import { readFileSync } from "node:fs"
import { MixpeekError } from "./MixpeekError.ts"
import { InvalidConfig, NoKey } from "./Reason.ts"
import type { Rate } from "./RequestLedger.ts"

/** Time limits, in milliseconds. */
export interface Timeouts {
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

export interface MixpeekConfig {
  readonly apiKey: Redacted.Redacted
  /** A namespace ID or name; `null` leaves the choice to the server. */
  readonly namespace: string | null
  readonly baseUrl: URL
  readonly timeouts: Timeouts
  readonly rate: Rate
  /** The part of the server's rate limit that may be used, from 0 (exclusive) to 1. */
  readonly rateShare: number
  /** The most requests at once. */
  readonly concurrency: number
  /** The most requests ever; `null` for no end. */
  readonly maxRequests: number | null
  /** The most bytes of one answer. */
  readonly maxBodyBytes: number
  readonly userAgent: string
  /** Whether each request makes a span and counts in metrics. */
  readonly observed: boolean
}

export const defaultBaseUrl = "https://api.mixpeek.com"

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
  concurrency: 5,
  maxRequests: null,
  maxBodyBytes: 256 * 1024 * 1024,
  userAgent: "mixpeek-alerts/0.1.0",
  observed: false,
}

const invalid = (setting: string, problem: string, remedy: string): Result.Result<never, MixpeekError> =>
  Result.fail(MixpeekError.before(new InvalidConfig({ setting, problem, remedy })))

/** Checks a key without ever repeating it. */
export const parseApiKey = (text: string): Result.Result<Redacted.Redacted, MixpeekError> => {
  if (text.trim() === "") return Result.fail(MixpeekError.before(new NoKey()))
  if (/[\r\n]/.test(text)) {
    return invalid("MIXPEEK_API_KEY", "The API key contains a line break.", "Give the key alone, on one line.")
  }
  if (!/^[\x21-\x7e]+$/.test(text)) {
    return invalid(
      "MIXPEEK_API_KEY",
      "The API key contains a space or a character that no key has.",
      "Copy the key again from the dashboard; it looks like sk_….",
    )
  }
  return Result.succeed(Redacted.make(text, { label: "apiKey" }))
}

const isLoopback = (host: string): boolean => /^(localhost|127(\.\d{1,3}){3}|\[::1\])$/.test(host)

/** Checks a base URL: the key travels only over HTTPS, or to this machine. */
export const parseBaseUrl = (text: string): Result.Result<URL, MixpeekError> => {
  const setting = "MIXPEEK_BASE_URL"
  const url = URL.parse(text)
  if (url === null) return invalid(setting, "The base URL is not a URL.", `Give it like ${defaultBaseUrl}.`)
  if (url.username !== "" || url.password !== "") {
    return invalid(setting, "The base URL contains a user name or password.", "Give the key in MIXPEEK_API_KEY only.")
  }
  if (url.protocol === "https:" || (url.protocol === "http:" && isLoopback(url.hostname))) return Result.succeed(url)
  return invalid(
    setting,
    `The base URL ${url.protocol}//${url.host} would send the API key in the clear.`,
    "Use https, or http to this machine (127.0.0.1, localhost) for the sandbox.",
  )
}

const parseNamespace = (text: string): Result.Result<string, MixpeekError> =>
  /^[\x21-\x7e]{1,200}$/.test(text)
    ? Result.succeed(text)
    : invalid("MIXPEEK_NAMESPACE", "The namespace contains a space or a control character.", "Give a name or ns_… ID.")

const readKeyFile = (path: string): Result.Result<string, MixpeekError> => {
  try {
    return Result.succeed(readFileSync(path, "utf8").trim())
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code ?? "unknown error"
    return invalid("MIXPEEK_API_KEY_FILE", `The key file ${path} cannot be read (${code}).`, "Check the path and mode.")
  }
}

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
  return config
})
