/** Does what `Update` asks for. Every failure becomes a message; only bugs escape. */
import { Mixpeek, RetryLimit } from "@mixpeek-alerts/client"
import { Clock, Context, Effect, Stream } from "effect"
import { PageCache } from "../cache/PageCache.ts"
import { problemOf } from "../ApiProblem.ts"
import { factsOf } from "@mixpeek-alerts/domain"
import { copy } from "../terminal/Clipboard.ts"
import { edit, type Outcome, page } from "../terminal/Outside.ts"
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

const loadPage = ({ alert, cursor, gap }: Extract<Command, { _tag: "LoadPage" }>): Answer =>
  Effect.flatMap(Mixpeek, (mixpeek) =>
    mixpeek.page({ pageSize, ...(alert === null ? {} : { alert }), ...(cursor === null ? {} : { cursor }) }),
  ).pipe(
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

const loadHistory = ({ alert, cursor }: Extract<Command, { _tag: "LoadHistory" }>): Answer =>
  Effect.flatMap(Mixpeek, (mixpeek) => mixpeek.page({ alert, pageSize, ...(cursor === null ? {} : { cursor }) })).pipe(
    Effect.flatMap((page) => Effect.map(now, (at): Message => ({ _tag: "HistoryLoaded", alert, page, at }))),
    Effect.catch((error) =>
      Effect.map(now, (at): Message => ({ _tag: "HistoryFailed", alert, problem: problemOf(error), at })),
    ),
  )

const loadAlerts: Answer = Effect.flatMap(Mixpeek, (mixpeek) => Stream.runCollect(mixpeek.alerts())).pipe(
  Effect.flatMap((alerts) => Effect.map(now, (at): Message => ({ _tag: "AlertsLoaded", alerts, at }))),
  Effect.catch((error) => Effect.map(now, (at): Message => ({ _tag: "AlertsFailed", problem: problemOf(error), at }))),
)

/** An alert that never ran has no last result, which is an answer and not a failure. */
const loadLatest = (alert: string): Answer =>
  Effect.flatMap(Mixpeek, (mixpeek) => mixpeek.latest(alert)).pipe(
    Effect.map((record) => (record._tag === "ExecutionRecord" ? factsOf(record.execution) : null)),
    Effect.catchIf(
      ({ reason }) => reason._tag === "NotFound",
      () => Effect.succeed(null),
    ),
    Effect.flatMap((facts) => Effect.map(now, (at): Message => ({ _tag: "LatestLoaded", alert, facts, at }))),
    Effect.catch((error) =>
      Effect.map(now, (at): Message => ({ _tag: "LatestFailed", alert, problem: problemOf(error), at })),
    ),
  )

const handOver = (stage: Stage, { name, text, to }: Extract<Command, { _tag: "HandOver" }>): Stream.Stream<Message> =>
  Stream.fromEffect(
    Effect.promise(async () => {
      let outcome: Outcome = null
      await stage.lend(async () => {
        outcome = await (to === "editor" ? edit(name, text, process.env) : page(text, process.env))
      })
      return outcome as Outcome
    }),
  ).pipe(
    Stream.filter((outcome) => outcome !== null),
    Stream.map((text): Message => ({ _tag: "Noticed", text })),
  )

/** One request exactly: the next look is the retry of one that fails. */
const look = ({ alert, pageSize }: Extract<Command, { _tag: "Look" }>): Answer =>
  Effect.flatMap(Mixpeek, (mixpeek) => mixpeek.page({ pageSize, ...(alert === null ? {} : { alert }) })).pipe(
    Effect.provideService(RetryLimit, 0),
    Effect.flatMap((page) => Effect.map(now, (at): Message => ({ _tag: "LookLoaded", alert, page, at }))),
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
      case "LoadHistory":
        return Stream.fromEffect(loadHistory(command))
      case "LoadAlerts":
        return Stream.fromEffect(loadAlerts)
      case "LoadLatest":
        return Stream.mapEffect(Stream.fromIterable(command.alerts), loadLatest)
      case "HandOver":
        return handOver(stage, command)
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
