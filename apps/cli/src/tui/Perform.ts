/** Does what `Update` asks for. Every failure becomes a message; only bugs escape. */
import { Mixpeek, RetryLimit } from "@mixpeek-alerts/client"
import { Clock, Context, Effect, Stream } from "effect"
import { PageCache } from "../cache/PageCache.ts"
import { problemOf } from "../ApiProblem.ts"
import { copy } from "../terminal/Clipboard.ts"
import type { Command } from "./Command.ts"
import type { Message } from "./Message.ts"
import type { Stage } from "./Stage.ts"

/** Executions of one request for the list. */
export const pageSize = 100

/** Milliseconds added to the clock, so that made-up data of the past looks recent. */
export const ClockShift = Context.Reference<number>("apps/cli/ClockShift", { defaultValue: () => 0 })

/** The time, in milliseconds since the epoch. */
export const now: Effect.Effect<number> = Effect.gen(function* () {
  return (yield* Clock.currentTimeMillis) + (yield* ClockShift)
})

type Answer = Effect.Effect<Message, never, Mixpeek>

const loadExecution = (command: Extract<Command, { _tag: "LoadExecution" }>): Answer =>
  Effect.flatMap(Mixpeek, (mixpeek) => mixpeek.record(command.id)).pipe(
    Effect.flatMap((record) =>
      Effect.map(now, (at): Message => ({ _tag: "ExecutionLoaded", id: command.id, record, at })),
    ),
    Effect.catch((error) =>
      Effect.map(now, (at): Message => ({ _tag: "ExecutionFailed", id: command.id, problem: problemOf(error), at })),
    ),
  )

const loadPage = ({ cursor, gap }: Extract<Command, { _tag: "LoadPage" }>): Answer =>
  Effect.flatMap(Mixpeek, (mixpeek) => mixpeek.page({ pageSize, ...(cursor === null ? {} : { cursor }) })).pipe(
    Effect.flatMap((page) =>
      Effect.map(now, (at): Message => ({
        _tag: "PageLoaded",
        page,
        more: cursor !== null,
        at,
        ...(gap === undefined ? {} : { gap }),
      })),
    ),
    Effect.catch((error) => Effect.map(now, (at): Message => ({ _tag: "PageFailed", problem: problemOf(error), at }))),
  )

/** One request exactly: the next look is the retry of one that fails. */
const look = ({ pageSize }: Extract<Command, { _tag: "Look" }>): Answer =>
  Effect.flatMap(Mixpeek, (mixpeek) => mixpeek.page({ pageSize })).pipe(
    Effect.provideService(RetryLimit, 0),
    Effect.flatMap((page) => Effect.map(now, (at): Message => ({ _tag: "LookLoaded", page, at }))),
    Effect.catch((error) => Effect.map(now, (at): Message => ({ _tag: "LookFailed", problem: problemOf(error), at }))),
  )

const later = (millis: number, message: (at: number) => Message): Effect.Effect<Message> =>
  Effect.delay(Effect.map(now, message), millis)

const watchBudget: Stream.Stream<Message, never, Mixpeek> = Stream.unwrap(
  Effect.map(Mixpeek, (mixpeek) => mixpeek.budget.changes),
).pipe(Stream.mapEffect((budget) => Effect.map(now, (at): Message => ({ _tag: "BudgetChanged", budget, at }))))

const silent = (effect: Effect.Effect<unknown>): Stream.Stream<never> => Stream.drain(Stream.fromEffect(effect))

/** A runner of commands on this screen. */
export const performOn =
  (stage: Stage) =>
  (command: Command): Stream.Stream<Message, never, Mixpeek> => {
    switch (command._tag) {
      case "LoadExecution":
        return Stream.fromEffect(loadExecution(command))
      case "LoadPage":
        return Stream.fromEffect(loadPage(command))
      case "Tick":
        return Stream.fromEffect(later(command.millis, (at) => ({ _tag: "Ticked", at })))
      case "LookLater":
        return Stream.fromEffect(later(command.millis, (at) => ({ _tag: "LookDue", at })))
      case "Look":
        return Stream.fromEffect(look(command))
      case "Copy":
        return Stream.fromEffect(
          Effect.map(copy(command.text), (route): Message => ({
            _tag: "Copied",
            what: command.what,
            text: command.text,
            route,
          })),
        )
      case "WatchBudget":
        return watchBudget
      case "SavePage":
        return silent(Effect.flatMap(PageCache, ({ save }) => save(command.page)))
      case "Suspend":
        return silent(Effect.promise(() => stage.suspend()))
      case "Repaint":
        return silent(Effect.sync(() => stage.repaint()))
      case "Cancel":
      case "Quit":
        return Stream.empty
    }
  }
