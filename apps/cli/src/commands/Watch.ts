/** `watch`: prints executions as they arrive, within the request budget. */
import { ExitCode, Mixpeek, type MixpeekError } from "@mixpeek-alerts/client"
import { type Decoded, type ExecutionId, parseExecutionId } from "@mixpeek-alerts/domain"
import { Clock, Effect, Option } from "effect"
import { problemOf } from "../ApiProblem.ts"
import { speaksJson } from "../output/Format.ts"
import { type Condition, conditionOf } from "./Condition.ts"
import { executionListing, hasRow } from "./ExecutionListing.ts"
import { fail, type Failure, note, tell, understood } from "./Failure.ts"
import { type Problem, problem } from "../Problem.ts"
import { connected, type Invocation } from "./Invocation.ts"
import { type Printing, printing } from "./Printing.ts"
import { intervalOf, passes } from "../live/Pace.ts"
import { WatchLog } from "./WatchLog.ts"

export interface WatchOptions {
  readonly invocation: Invocation
  readonly alert: string | null
  readonly intervalMillis: number
  /** How long to watch; `null` for no end. */
  readonly forMillis: number | null
  /** A condition that ends the watch with exit code 10, as it was typed. */
  readonly until: string | null
  /** The ID of an execution: print what is newer first. */
  readonly sinceId: string | null
}

/** One look reads a page like this; going back to what was known reads more. */
const pageSize = 100
const sincePageSize = 1000
const mostPages = 10

interface Watching {
  /** Whether messages are for a program. */
  readonly json: boolean
  readonly options: WatchOptions
  readonly until: Condition | null
  readonly sinceId: ExecutionId | null
  readonly printer: Printing<Decoded>
  readonly log: WatchLog
}

type Looking<A> = Effect.Effect<A, MixpeekError | Failure, Mixpeek>

/** Reads back from the newest to something that is known, the end, or the limit of patience. */
const readBack = Effect.fnUntraced(function* ({
  log,
  options,
  sinceId,
}: Watching): Effect.fn.Return<
  { readonly records: ReadonlyArray<Decoded>; readonly more: boolean },
  MixpeekError,
  Mixpeek
> {
  const mixpeek = yield* Mixpeek
  const size = sinceId !== null && log.lastId === sinceId ? sincePageSize : pageSize
  const query = { pageSize: size, ...(options.alert === null ? {} : { alert: options.alert }) }
  const first = yield* mixpeek.page(query)
  const records = [...first.records]
  let { next } = first
  for (let page = 1; next !== null && page < mostPages && !log.isEmpty && !log.knows(records); page++) {
    const further = yield* mixpeek.page({ ...query, cursor: next })
    records.push(...further.records)
    next = further.next
  }
  return { records, more: next !== null }
})

const unknownId = (id: string): Problem =>
  problem(
    "NotFound",
    ExitCode.notFound,
    `${id} is not among the executions.`,
    "Check the ID, --alert and the namespace, or leave --since-id out.",
  )

/** One look: prints what is new; gives whether to go on, and whether the condition was met. */
const look = Effect.fnUntraced(function* (
  watching: Watching,
): Effect.fn.Return<{ readonly met: boolean; readonly read: boolean }, MixpeekError | Failure, Mixpeek> {
  const { log, printer, sinceId, until } = watching
  const baseline = log.isEmpty
  const before = log.lastId
  const { more, records } = yield* readBack(watching)
  const { fresh, joined } = log.take(records)
  printer.measure(records)
  if (baseline) return { met: false, read: true }
  if (!joined && !more && before !== null && before === sinceId) return yield* fail(unknownId(before))
  if (!joined && more)
    yield* note(
      watching.json,
      "Gap",
      `Between ${before ?? "the beginning"} and what follows there are more executions than were read.`,
      { after: before },
    )
  const read = yield* printer.print(fresh.filter((record) => hasRow(record, printer.format)))
  return { met: until !== null && fresh.some(until), read }
})

/** How long to wait; says so when the budget does not allow what was chosen. */
const pause = (watching: Watching, told: { interval: number }): Looking<void> =>
  Effect.gen(function* () {
    const { invocation, intervalMillis } = watching.options
    const { limit, pausedUntil, spent } = yield* (yield* Mixpeek).budget.state
    // The next look fails at once, so there is nothing to wait for.
    if (invocation.maxRequests !== null && spent >= invocation.maxRequests) return
    const perMinute = invocation.rpm ?? limit
    const interval = intervalOf(intervalMillis, perMinute)
    if (interval > intervalMillis && interval !== told.interval)
      yield* note(
        watching.json,
        "Slower",
        `Looking every ${Math.round(interval / 1000)} s: a watch uses at most half of ${perMinute} requests a minute.`,
        { intervalSeconds: interval / 1000 },
      )
    told.interval = interval
    const now = yield* Clock.currentTimeMillis
    yield* Effect.sleep(Math.max(interval, (pausedUntil ?? now) - now))
  })

/** Looks again and again; one that fails is told once, and the next one may do better. */
const loop = Effect.fnUntraced(function* (
  watching: Watching,
): Effect.fn.Return<number, MixpeekError | Failure, Mixpeek> {
  const told = { interval: 0 }
  let looked = false
  let failing = false
  for (;;) {
    const outcome = yield* look(watching).pipe(
      Effect.map(Option.some),
      Effect.catchIf(
        (error): error is MixpeekError => error._tag === "MixpeekError" && looked && passes(error.reason._tag),
        (error) => (failing ? Effect.succeedNone : Effect.as(tell(problemOf(error), watching.json), Option.none())),
      ),
    )
    if (Option.isSome(outcome)) {
      if (outcome.value.met) return ExitCode.decided
      if (!outcome.value.read) return ExitCode.ok
      if (failing) yield* note(watching.json, "Recovered", "Mixpeek answers again.", {})
      looked = true
    }
    failing = Option.isNone(outcome)
    yield* pause(watching, told)
  }
})

const timed = (watching: Watching): Looking<number> => {
  const { forMillis } = watching.options
  if (forMillis === null) return loop(watching)
  return Effect.raceFirst(
    loop(watching),
    Effect.as(Effect.sleep(forMillis), watching.until === null ? ExitCode.ok : ExitCode.resumable),
  )
}

const reading = Effect.fnUntraced(function* (options: WatchOptions) {
  const { invocation } = options
  const printer = yield* printing(executionListing, invocation, { live: true })
  const until = yield* conditionOf(options.until)
  const sinceId = options.sinceId === null ? null : yield* understood(parseExecutionId(options.sinceId))
  const log = new WatchLog(sinceId)
  const json = speaksJson(invocation.choice)
  if (printer.surface.terminal && printer.format === "table")
    yield* note(json, "Watching", "Watching for executions; ctrl-c ends it.", {})
  const resume = Effect.suspend(() =>
    log.lastId === null
      ? Effect.void
      : note(json, "Resume", `Go on with --since-id ${log.lastId}`, { sinceId: log.lastId }),
  )
  return yield* timed({ json, options, until, sinceId, printer, log }).pipe(
    Effect.ensuring(Effect.andThen(printer.finish, resume)),
  )
})

/** Watches until the condition, the time, the budget or the person ends it; gives the exit code. */
export const watch = (options: WatchOptions): Effect.Effect<number> => connected(options.invocation, reading(options))
