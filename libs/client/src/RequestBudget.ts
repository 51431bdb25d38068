/**
 * What is left of the rate limit, and whose turn it is.
 *
 * Learns from the `X-RateLimit-*` headers when they come, and from 429s when
 * they do not: an unknown limit is approached from ten requests a second,
 * doubling with every second that passes without a 429 and halving at each.
 * One 429 pauses every worker. Requests are counted when they are sent, so
 * retries count, as they do on the server.
 */
import { Clock, Effect, Semaphore, Stream, Queue } from "effect"
import { BudgetSpent, type LimiterUnavailable, RateLimited } from "./Reason.ts"
import { type BudgetState, type Pace, type RequestBudgetOptions, RequestLedger } from "./RequestLedger.ts"
import type { HeaderMap } from "./RetryHint.ts"

/** What is left of the rate limit, and who may send when. */
export interface RequestBudget {
  /**
   * Waits for a turn, then counts one request. Fails at once when the turn
   * would come after `deadline` (milliseconds since the epoch).
   */
  readonly take: (deadline: number) => Effect.Effect<void, BudgetSpent | LimiterUnavailable | RateLimited>
  /** Counts one request that is sent at this moment; false when it would have to wait for its turn. */
  readonly takeNow: (now: number) => boolean
  /** Reads the rate-limit headers of an answer. */
  readonly learn: (headers: HeaderMap, now: number) => void
  /** After a 429: nothing is sent for this long, by nobody who shares the budget. */
  readonly pause: (millis: number, now: number) => Effect.Effect<void>
  readonly state: Effect.Effect<BudgetState>
  /** The state now and after every change. */
  readonly changes: Stream.Stream<BudgetState>
}

/** The budget of one process, which can say at what pace several would keep the limit. */
export interface OwnBudget extends RequestBudget {
  /** See {@link RequestLedger.pace}. */
  readonly pace: (now: number) => Pace
}

/** A budget of its own; every worker that shares a key should share it. */
export const make = (options: RequestBudgetOptions): Effect.Effect<OwnBudget> =>
  Effect.sync(() => {
    const ledger = new RequestLedger(options)
    const turn = Semaphore.makeUnsafe(1)
    const free = options.rate === "unlimited" && options.maxRequests === null
    const state = Effect.map(Clock.currentTimeMillis, (now) => ledger.state(now))

    const wait = Effect.fnUntraced(function* (deadline: number) {
      for (;;) {
        if (options.maxRequests !== null && ledger.spent >= options.maxRequests) {
          return yield* new BudgetSpent({ limit: options.maxRequests })
        }
        const now = yield* Clock.currentTimeMillis
        const millis = ledger.waitFor(now)
        if (millis <= 0) return ledger.count(now)
        if (now + millis > deadline) return yield* new RateLimited({ retryAt: now + millis })
        yield* Effect.sleep(millis)
      }
    })

    /** Others may be in front, each with waits of its own: a turn that cannot come in time is not waited for. */
    const inTurn = Effect.fnUntraced(function* (deadline: number) {
      const now = yield* Clock.currentTimeMillis
      const limited = Effect.suspend(() => Effect.fail(new RateLimited({ retryAt: now + ledger.waitFor(now) })))
      if (ledger.pausedUntil > deadline) return yield* limited
      yield* Effect.timeoutOrElse(turn.withPermits(1)(wait(deadline)), {
        duration: Math.max(1, deadline - now),
        orElse: () => limited,
      })
    })

    /** Only without a limit: else others may be in front. */
    const takeNow = (now: number): boolean => {
      if (!free || ledger.pausedUntil > now) return false
      ledger.count(now)
      return true
    }

    return {
      take: (deadline) =>
        Effect.clockWith((clock) => (takeNow(clock.currentTimeMillisUnsafe()) ? Effect.void : inTurn(deadline))),
      takeNow,
      learn: (headers, now) => ledger.learn(headers, now),
      pause: (millis, now) => Effect.sync(() => ledger.pause(millis, now)),
      pace: (now) => ledger.pace(now),
      state,
      changes: Stream.callback<BudgetState>(
        (queue) =>
          Effect.acquireRelease(
            Effect.gen(function* () {
              const listener = (next: BudgetState) => void Queue.offerUnsafe(queue, next)
              ledger.listeners.add(listener)
              listener(yield* state)
              return listener
            }),
            (listener) => Effect.sync(() => ledger.listeners.delete(listener)),
          ),
        { bufferSize: 1, strategy: "sliding" },
      ),
    }
  })
