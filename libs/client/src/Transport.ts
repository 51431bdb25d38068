/**
 * Sends calls: those that succeed at once by the short way, everything else by
 * the way that does not give up.
 */
import { Effect, Option, Result, type Scope } from "effect"
import * as HttpClient from "effect/http/HttpClient"
import { answerReader } from "./AnswerReader.ts"
import * as Attempts from "./Attempt.ts"
import { type ApiCall, canTravel } from "./ApiCall.ts"
import { Wire } from "./Backend.ts"
import { parseBaseUrl } from "./BaseUrl.ts"
import * as Lanes from "./Lane.ts"
import { inRange, type MixpeekConfig } from "./MixpeekConfig.ts"
import type { MixpeekError } from "./MixpeekError.ts"
import * as Persistences from "./Persistence.ts"
import { InvalidRequest, type Reason } from "./Reason.ts"
import * as RequestBudget from "./RequestBudget.ts"
import * as SharedBudget from "./SharedBudget.ts"
import { Slots } from "./Slots.ts"

/** What the service is made of: a way to send, and what is left of the limit. */
export interface Transport {
  /** Fails as `MixpeekShape` says. */
  readonly send: <A>(call: ApiCall<A>) => Effect.Effect<A, MixpeekError>
  /** Sends the calls that `next` gives until it gives `null`, one after the other, and hands over what came of each. */
  readonly sendEach: <A>(
    next: () => ApiCall<A> | null,
    put: (call: ApiCall<A>, result: Result.Result<A, MixpeekError>) => void,
  ) => Effect.Effect<void>
  readonly budget: RequestBudget.RequestBudget
}

/** Why a call cannot be sent at all to this address; `null` when it can. */
const obstacle = (base: URL, baseUrl: Result.Result<URL, MixpeekError>, call: ApiCall<unknown>): Reason | null => {
  if (Result.isFailure(baseUrl)) return baseUrl.failure.reason
  if (canTravel(base, call)) return null
  return new InvalidRequest({ said: "a name or ID cannot be part of a path: it is empty, . or ..", issues: [] })
}

const withoutLane = <A>(call: ApiCall<A> | null): Lanes.Stopped<A> | null =>
  call === null ? null : { call, failure: null, at: 0 }

/** A transport on the `HttpClient` of the context. */
export const make = Effect.fnUntraced(function* (
  given: MixpeekConfig,
): Effect.fn.Return<Transport, never, HttpClient.HttpClient | Scope.Scope> {
  const config = inRange(given)
  const own = yield* RequestBudget.make(config)
  const budget = config.sharedLimit === null ? own : SharedBudget.make(own, config.sharedLimit)
  const slots = new Slots(config.concurrency)
  const reader = answerReader(config)
  const attempt = Attempts.make({ config, http: yield* HttpClient.HttpClient, budget, slots, reader })
  const { isCalm, persist, succeeded } = yield* Persistences.make({ config, attempt, budget })
  const wire = Option.getOrNull(yield* Effect.serviceOption(Wire))
  const lane = wire === null || config.observed ? null : Lanes.make({ config, wire, budget, reader, isOpen: isCalm })
  const baseUrl = parseBaseUrl(config.baseUrl.href)

  /** Goes on with what a lane stopped at. */
  const resumed = <A>({ at, call, failure }: Lanes.Stopped<A>): Effect.Effect<A, MixpeekError> =>
    persist(call, failure === null ? null : { failure, at })

  const unfit = (call: ApiCall<unknown>): MixpeekError | null => {
    const reason = obstacle(config.baseUrl, baseUrl, call)
    return reason === null ? null : Persistences.unsent(call, reason, [])
  }

  const send = <A>(call: ApiCall<A>): Effect.Effect<A, MixpeekError> => {
    const error = unfit(call)
    if (error !== null) return Effect.fail(error)
    if (lane === null || call.body !== null) return persist(call)
    return Effect.suspend(() => {
      let next: ApiCall<A> | null = call
      const answers: Array<A> = []
      const take = () => {
        const taken = next
        next = null
        return taken
      }
      const attempted = lane<A>(take, (answer) => {
        succeeded()
        answers.push(answer)
      })
      return Effect.flatMap(slots.holdIfFree(attempted), (ended) =>
        Option.isNone(ended)
          ? persist(call)
          : ended.value === null
            ? Effect.succeed(answers[0] as A)
            : resumed(ended.value),
      )
    })
  }

  const sendEach: Transport["sendEach"] = Effect.fnUntraced(function* <A>(
    next: () => ApiCall<A> | null,
    put: (call: ApiCall<A>, result: Result.Result<A, MixpeekError>) => void,
  ) {
    // The last that `next` gave; `null` at the end.
    let current = null as ApiCall<A> | null
    const take = (): ApiCall<A> | null => {
      for (;;) {
        current = next()
        const error = current === null ? null : unfit(current)
        if (current === null || error === null) return current
        put(current, Result.fail(error))
      }
    }
    const accept = (answer: A): void => {
      succeeded()
      put(current as ApiCall<A>, Result.succeed(answer))
    }
    /** A turn with a slot: to the end, or until others want one, but for one call at least. */
    const turn = (lane: Lanes.Lane): Effect.Effect<Lanes.Stopped<A> | null> => {
      let sent = 0
      const takeInTurn = () => (sent++ > 0 && slots.areWanted ? null : take())
      return slots.hold(lane(takeInTurn, accept))
    }
    for (;;) {
      const begun = lane === null ? withoutLane(take()) : yield* turn(lane)
      if (begun !== null) put(begun.call, yield* Effect.result(resumed(begun)))
      else if (current === null) return
    }
  })

  return { send, sendEach, budget }
})
