/** A rate limiter whose state is in Redis, for processes on any machine. */
import * as NodeRedis from "@effect/platform-node/NodeRedis"
import { MixpeekError, Reason } from "@mixpeek-alerts/client"
import { Context, Duration, Effect, Exit, Fiber, Layer, References, Scope } from "effect"
import * as RateLimiter from "effect/persistence/RateLimiter"
import * as Redis from "effect/persistence/Redis"
import type { ProgramError } from "./ReporterError.ts"
import { fail } from "./ReporterError.ts"

const connectMillis = 5000

/** How long a connection that is on its way out may keep the program. */
const closeSeconds = 1

/** What Redis says when it is there and does not want us. */
const refusals = /^(NOAUTH|WRONGPASS|NOPERM|DENIED|ERR)\b/

/** Where the server is, without who asks. */
const place = (url: URL): string => `${url.protocol}//${url.host}${url.pathname.replace(/^\/$/, "")}`

const failed = (url: URL, { cause }: Redis.RedisError): ProgramError => {
  const said = cause instanceof Error ? cause.message : String(cause)
  const refusal = refusals.exec(said)
  if (refusal !== null)
    return fail(
      "BadSetting",
      `Redis at ${place(url)} refuses this client (${refusal[1]}).`,
      "Check user, password and database in the URL; the user needs EVAL, EVALSHA, SCRIPT LOAD and the keys mixpeek-alerts:*.",
    )
  return MixpeekError.before(new Reason.LimiterUnavailable({ problem: `${place(url)}: ${said.slice(0, 200)}` }))
}

const layer = (url: URL) =>
  RateLimiter.layer.pipe(
    Layer.provide(RateLimiter.layerStoreRedis({ prefix: "mixpeek-alerts:" })),
    Layer.provideMerge(
      NodeRedis.layer({ url: url.href, name: "mixpeek-alerts", socket: { connectTimeout: connectMillis } }),
    ),
  )

/** A Redis that went away must not keep a program that is at its end. */
const close = Effect.fnUntraced(function* (scope: Scope.Closeable) {
  const closing = yield* Effect.forkDetach(Scope.close(scope, Exit.void))
  yield* Effect.interruptible(Effect.raceFirst(Fiber.await(closing), Effect.sleep(Duration.seconds(closeSeconds))))
})

/**
 * Connects to the Redis at `url` until the scope closes. Fails when it is not
 * there, or does not let this client in; later it may go and come back.
 */
export const connect = Effect.fnUntraced(function* (
  url: URL,
): Effect.fn.Return<RateLimiter.RateLimiter, ProgramError, Scope.Scope> {
  const scope = yield* Effect.acquireRelease(Scope.make(), close)
  const context = yield* Layer.buildWithScope(layer(url), scope).pipe(
    Effect.tap((services) => Context.get(services, Redis.Redis).send("PING")),
    // The library logs what it then also fails with.
    Effect.provideService(References.MinimumLogLevel, "None"),
    Effect.mapError((error) => failed(url, error)),
  )
  return Context.get(context, RateLimiter.RateLimiter)
})
