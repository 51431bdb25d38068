/**
 * The way of calls that succeed at once: from the slot to the decoded answer in
 * plain callbacks, one call after another. `Attempt` gives the same result in
 * every case, with a fiber for its time limit and a request that others can look
 * into; a hundred thousand calls that need neither should not pay for them.
 */
import { Effect, Result } from "effect"
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

/** The call at which a lane stopped. */
export interface Stopped<A> {
  readonly call: ApiCall<A>
  /** Why it was no success; `null` when it was not sent, since it would have had to wait. */
  readonly failure: Failure | null
  /** When it began, in milliseconds since the epoch. */
  readonly at: number
}

/**
 * Sends the calls that `next` gives, one after the other, and hands what they answer to `accept`. Ends with `null` when
 * there is none left, and otherwise at the first that is no success or could not start at once. Takes no slot.
 */
export type Lane = <A>(next: () => ApiCall<A> | null, accept: (value: A) => void) => Effect.Effect<Stopped<A> | null>

export interface LaneParts {
  readonly config: MixpeekConfig
  readonly wire: Wire["Service"]
  readonly budget: RequestBudget
  readonly reader: AnswerReader
  /** Whether calls may go this way at the moment. */
  readonly isOpen: () => boolean
}

/** A clock that nobody sets. Not that of `performance`, which takes a millisecond and a half to load. */
const uptimeMillis = (): number => process.uptime() * 1000

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

export const make = ({ budget, config, isOpen, reader, wire }: LaneParts): Lane => {
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

  return <A>(next: () => ApiCall<A> | null, accept: (value: A) => void) =>
    Effect.clockWith((clock) =>
      Effect.callback<Stopped<A> | null>((resume) => {
        let call = next()
        let at = 0
        let began = uptimeMillis()
        let redirects = 0
        let isOver = false
        let abort = () => {}
        const close = (): void => {
          isOver = true
          clearTimeout(timer)
        }
        const end = (failure: Failure | null): void => {
          close()
          resume(Effect.succeed(call === null ? null : { call, failure, at }))
        }
        // One timer for all calls: when it rings, it is set for what the running one has left.
        const onTime = (): void => {
          const left = began + millis - uptimeMillis()
          if (left > 0) {
            timer = setTimeout(onTime, left)
            return
          }
          end(timedOut(config))
          abort()
        }
        let timer = setTimeout(onTime, millis)
        const go = (running: ApiCall<A>, path: string): void => {
          abort = wire.exchange({ origin, path, method: running.method, headers, body: null }, (ended) => {
            // An answer that is being unpacked comes even when its request was given up.
            if (isOver) return
            const now = clock.currentTimeMillisUnsafe()
            const outcome = outcomeOf(running, path, ++redirects, ended, now)
            if (typeof outcome === "string") {
              budget.takeNow(now)
              return go(running, outcome)
            }
            if (Result.isFailure(outcome)) return end(outcome.failure)
            accept(outcome.success)
            call = next()
            start()
          })
        }
        const start = (): void => {
          at = clock.currentTimeMillisUnsafe()
          if (call === null || !isOpen() || !budget.takeNow(at)) return end(null)
          began = uptimeMillis()
          redirects = 0
          go(call, pathOf(base, call))
        }
        start()
        return Effect.sync(() => {
          close()
          abort()
        })
      }),
    )
}
