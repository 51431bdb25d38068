/** `--limiter`: one request budget for all processes that use a key. What talks to Redis is loaded only when it is asked for. */
import type { MixpeekConfig, SharedLimit } from "@mixpeek-alerts/client"
import { Effect, Option, Redacted, type Scope } from "effect"
import { createHash } from "node:crypto"
import type { ProgramError } from "./ReporterError.ts"
import { fail, type ReporterError } from "./ReporterError.ts"

/** The URL of the limiter may hold a password, which a command line would show to others; so it may also be given here. */
const variable = "MIXPEEK_LIMITER"

const problem = (name: string): ReporterError =>
  fail(
    "BadSetting",
    `${name} is not the URL of a Redis server.`,
    "Give it like redis://127.0.0.1:6379 or rediss://user:password@host:6380/1.",
  )

/** Reads the URL; what it says is never shown, since it may hold a password. */
export const parseLimiter = (text: string): URL | null => {
  const url = URL.parse(text.trim())
  if (url === null || !/^rediss?:$/.test(url.protocol) || url.hostname === "") return null
  return /^\/?\d{0,5}$/.test(url.pathname) && url.search === "" && url.hash === "" ? url : null
}

/** The name of the budget in Redis: one for each API key and server, and nothing that tells either. */
const budgetName = (config: Pick<MixpeekConfig, "apiKey" | "baseUrl">): string =>
  createHash("sha256")
    .update(`mixpeek-alerts budget\n${config.baseUrl.origin}\n${Redacted.value(config.apiKey)}`)
    .digest("hex")
    .slice(0, 32)

/** The limiter that the flag or the variable names; `null` when none is. Its connection closes with the scope. */
export const sharedLimit = Effect.fnUntraced(function* (
  flag: Option.Option<string>,
  config: Pick<MixpeekConfig, "apiKey" | "baseUrl">,
): Effect.fn.Return<SharedLimit | null, ProgramError, Scope.Scope> {
  const given = Option.getOrElse(flag, () => process.env[variable] ?? "")
  if (given === "" && Option.isNone(flag)) return null
  const url = parseLimiter(given)
  if (url === null) return yield* problem(Option.isSome(flag) ? "--limiter" : variable)
  const { connect } = yield* Effect.promise(() => import("./RedisLimiter.ts"))
  return { limiter: yield* connect(url), key: budgetName(config) }
})
