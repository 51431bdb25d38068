/**
 * The way of a call that succeeds at once: one callback from the slot to the
 * decoded answer. `Attempt` gives the same result in every case, with a fiber
 * for its time limit and a request that others can look into; a hundred
 * thousand calls that need neither should not pay for them.
 */
import { Effect, Option, Result, type Semaphore } from "effect"
import { type ApiCall, headersOf } from "./ApiCall.ts"
import type { AnswerReader, Outcome } from "./AnswerReader.ts"
import type { Wire } from "./Backend.ts"
import { BackendFault, type WireAnswer } from "./Exchange.ts"
import type { MixpeekConfig } from "./MixpeekConfig.ts"
import { TimedOut } from "./Reason.ts"
import { follow, leadsOn } from "./Redirect.ts"
import type { RequestBudget } from "./RequestBudget.ts"
import type { Failure } from "./ResponseFault.ts"
import { backendFailure } from "./TransportFault.ts"

/** Tries a call once if it can start at this moment; `null` when it cannot. */
export type FirstTry = <A>(call: ApiCall<A>) => Effect.Effect<Outcome<A> | null>

export interface FirstTryParts {
  readonly config: MixpeekConfig
  readonly wire: Wire["Service"]
  readonly budget: RequestBudget
  readonly slots: Semaphore.Semaphore
  readonly reader: AnswerReader
}

const pathOf = (base: string, { path, query }: ApiCall<unknown>): string => {
  for (const _ in query) return `${base}${path}?${new URLSearchParams(query).toString()}`
  return base + path
}

const timedOut = ({ timeouts }: MixpeekConfig): Failure => {
  const { attemptMillis, totalMillis } = timeouts
  const reason =
    totalMillis < attemptMillis
      ? new TimedOut({ which: "total", millis: totalMillis })
      : new TimedOut({ which: "attempt", millis: attemptMillis })
  return { reason, retry: true, hintMillis: null, status: null, type: null, requestId: null }
}

export const make = ({ budget, config, reader, slots, wire }: FirstTryParts): FirstTry => {
  const { baseUrl, maxBodyBytes, timeouts } = config
  const { origin } = baseUrl
  const base = baseUrl.pathname.replace(/\/$/, "")
  const headers = headersOf(config)
  const millis = Math.min(timeouts.attemptMillis, timeouts.totalMillis)

  /** What came of a request to `path`, or the path that it leads to. */
  const outcomeOf = <A>(
    call: ApiCall<A>,
    path: string,
    redirects: number,
    ended: WireAnswer | BackendFault,
    now: number,
  ): Outcome<A> | string => {
    if (ended instanceof BackendFault) {
      return Result.fail(reader.scrubFailure(backendFailure(ended, timeouts, maxBodyBytes)))
    }
    const { body, headers, status } = ended
    budget.learn(headers, now)
    const target = leadsOn(status) ? follow(status, headers, new URL(path, origin), redirects) : null
    if (target === null) return reader.read(call, status, headers, body, now)
    return target instanceof URL ? target.pathname + target.search : Result.fail(reader.scrubFailure(target))
  }

  const sent = <A>(call: ApiCall<A>): Effect.Effect<Outcome<A> | null> =>
    Effect.clockWith((clock) => {
      if (!budget.takeNow(clock.currentTimeMillisUnsafe())) return Effect.succeed(null)
      return Effect.callback<Outcome<A>>((resume) => {
        const { method } = call
        let redirects = 1
        let abort = () => {}
        const end = (outcome: Outcome<A>): void => {
          clearTimeout(timer)
          resume(Effect.succeed(outcome))
        }
        const timer = setTimeout(() => {
          end(Result.fail(timedOut(config)))
          abort()
        }, millis)
        const go = (path: string): void => {
          abort = wire.exchange({ origin, path, method, headers, body: null }, (ended) => {
            const now = clock.currentTimeMillisUnsafe()
            const outcome = outcomeOf(call, path, redirects++, ended, now)
            if (typeof outcome !== "string") return end(outcome)
            budget.takeNow(now)
            go(outcome)
          })
        }
        go(pathOf(base, call))
        return Effect.sync(() => {
          clearTimeout(timer)
          abort()
        })
      })
    })

  return (call) => Effect.map(slots.withPermitsIfAvailable(1)(sent(call)), Option.getOrNull)
}
