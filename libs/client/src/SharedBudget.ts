/**
 * One request budget for several processes that share a key.
 *
 * Each process takes a slot from the limiter before it sends, and the slots
 * lie as far apart as the server's limit wants. A slot is given in the order
 * in which it was asked for, and a process asks for one at a time, so nobody
 * starves. A 429 of one process pauses all, and what the limiter learns from
 * it paces all. What a process knows by itself still holds.
 */
import { Clock, Duration, Effect, Schedule, Semaphore } from "effect"
import type * as RateLimiter from "effect/persistence/RateLimiter"
import { LimiterUnavailable, RateLimited } from "./Reason.ts"
import type { OwnBudget, RequestBudget } from "./RequestBudget.ts"

/** A limiter that other processes use too, as on a Redis store, and the name of the budget in it. */
export interface SharedLimit {
  readonly limiter: RateLimiter.RateLimiter
  /** The same for all who share an API key, and for nobody else. */
  readonly key: string
}

/** How long the limiter may take to answer: long enough for it to be started again. */
const answerSeconds = 15

/** For how long the limiter looks at what a limit allows that no server told. */
const learningWindow = Duration.minutes(1)

/** Between two tries to reach a limiter that is away. */
const retryMillis = 250

/** What a store says of why it failed; the limiter itself says only that it did. */
const problemOf = ({ reason }: RateLimiter.RateLimiterError): string => {
  const cause = reason._tag === "RateLimitStoreError" ? reason.cause : undefined
  return (cause instanceof Error && cause.message !== "" ? cause.message : reason.message).slice(0, 200)
}

/** Asks again while the limiter is away, but not for ever. */
const answered = <A>(effect: Effect.Effect<A, RateLimiter.RateLimiterError>): Effect.Effect<A, LimiterUnavailable> =>
  Effect.suspend(() => {
    let problem = "no answer"
    return effect.pipe(
      Effect.tapError((error) => Effect.sync(() => void (problem = problemOf(error)))),
      Effect.retry(Schedule.spaced(Duration.millis(retryMillis))),
      Effect.orDie,
      Effect.timeoutOrElse({
        duration: Duration.seconds(answerSeconds),
        orElse: () => Effect.fail(new LimiterUnavailable({ problem: `${problem}, for ${answerSeconds} s` })),
      }),
    )
  })

/** A budget that takes its turns from `shared`, and then from the process's own. */
export const make = (own: OwnBudget, { key, limiter }: SharedLimit): RequestBudget => {
  const turn = Semaphore.makeUnsafe(1)
  let epoch = 0
  /** Requests that went at a pace that was a guess: what they took too much is made up for when the limit is known. */
  let guessed = 0

  /** The next slot, so far behind the last as the limit wants. The store's own clock decides, not that of a machine. */
  const slot = (now: number): Effect.Effect<Duration.Duration, RateLimiter.RateLimiterError> => {
    const { isGuess, millis } = own.pace(now)
    if (millis === 0) return Effect.succeed(Duration.zero)
    const window = Duration.millis(isGuess ? millis : millis * (1 + guessed))
    guessed = isGuess ? guessed + 1 : 0
    const wanted = { key, window, limit: 1, algorithm: "fixed-window", onExceeded: "delay" } as const
    return Effect.map(limiter.consume(wanted), ({ delay }) => delay)
  }

  const learned = limiter.adaptiveConsume({ key, tokens: 1, fallbackLimit: 1, fallbackWindow: learningWindow })

  /** Waits for a slot, and after a pause for another, so that not all wake at once. */
  const shared = Effect.fnUntraced(function* (deadline: number) {
    for (;;) {
      const now = yield* Clock.currentTimeMillis
      const [delay, adaptive] = yield* answered(Effect.all([slot(now), learned], { concurrency: 2 }))
      epoch = adaptive.epoch
      const millis = Duration.toMillis(Duration.max(delay, adaptive.delay))
      if (now + millis > deadline) return yield* new RateLimited({ retryAt: now + millis })
      yield* Effect.sleep(millis)
      if (adaptive.phase !== "cooldown") return
    }
  })

  return {
    ...own,
    takeNow: () => false,
    take: (deadline) =>
      Effect.flatMap(Clock.currentTimeMillis, (now) =>
        Effect.timeoutOrElse(turn.withPermits(1)(Effect.andThen(shared(deadline), own.take(deadline))), {
          duration: Math.max(1, deadline - now),
          orElse: () => Effect.fail(new RateLimited({ retryAt: deadline })),
        }),
      ),
    pause: (millis, now) => {
      const heard = { key, epoch, tokens: 1, status: 429, retryAfter: Duration.millis(millis) }
      return Effect.andThen(own.pause(millis, now), Effect.ignore(answered(limiter.adaptiveFeedback(heard))))
    },
  }
}
