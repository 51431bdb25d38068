/** Live in linear mode: one line for each new execution, by the rules of the screen's live mode. */
import { Mixpeek, type MixpeekError, RetryLimit } from "@mixpeek-alerts/client"
import { Clock, Effect, Random, Result } from "effect"
import { problemOf } from "../ApiProblem.ts"
import { orderingOf } from "../live/Ordering.ts"
import { type Pace, pageSizeAfter, passes, smallestLimit, waitOf } from "../live/Pace.ts"
import { clean } from "../text/Clean.ts"
import { mergedWith, withMerged } from "../tui/Paging.ts"
import type { LiveOptions } from "../tui/Live.ts"
import { now } from "../tui/Perform.ts"
import type { Answered } from "./Answer.ts"
import type { Conversation } from "./Conversation.ts"
import { counted, rowSentence } from "./Sentence.ts"
import { height, type Session, withNumbers } from "./Session.ts"

export interface LiveHere {
  readonly demo: boolean
  readonly live: LiveOptions
}

/** What a watch knows besides the session. */
interface Watch {
  session: Session
  size: number
  failures: number
  doubted: boolean
}

const paceOf = Effect.fnUntraced(function* (
  { demo, live }: LiveHere,
  failures: number,
): Effect.fn.Return<Pace, never, Mixpeek> {
  const { limit } = yield* (yield* Mixpeek).budget.state
  return {
    chosenMillis: live.intervalMillis,
    limit: demo ? null : (live.rpm ?? limit ?? smallestLimit),
    focused: true,
    failures,
  }
})

/** One look: what to say of it. */
const look = Effect.fnUntraced(function* (
  watch: Watch,
): Effect.fn.Return<ReadonlyArray<string>, MixpeekError, Mixpeek> {
  const mixpeek = yield* Mixpeek
  const found = yield* Effect.provideService(mixpeek.page({ pageSize: watch.size }), RetryLimit, 0)
  const at = yield* now
  const { session } = watch
  const merged = mergedWith(session.list, found, "look")
  const { fresh, joined } = merged
  const list = withMerged(session.list, merged, found, "look", at, height)
  // As on the screen, a filter holds for what is new, too.
  const passing = new Set(list.visible.map(({ key }) => key))
  const keys = new Set(fresh.filter((key) => passing.has(key)))
  const page = merged.items.slice(0, found.records.length)
  const items = page.filter(({ key }) => keys.has(key)).toReversed()
  const next = withNumbers({ ...session, list }, items)
  const first = session.numbered.length + 1
  watch.session = next
  watch.size = pageSizeAfter(watch.size, fresh.length, joined)
  const doubt = !watch.doubted && orderingOf(page.map(({ record }) => record)) === "otherwise"
  if (doubt) watch.doubted = true
  return [
    ...(doubt ? ["This server does not list the newest first: live may miss some."] : []),
    ...(joined ? [] : ["Some before these were not loaded; fill loads them."]),
    ...items.map(({ record }, index) => `${first + index} ${rowSentence(record, at)}`),
  ]
})

const wait = Effect.fnUntraced(function* (here: LiveHere, failures: number): Effect.fn.Return<void, never, Mixpeek> {
  const pace = yield* paceOf(here, failures)
  const { pausedUntil } = yield* (yield* Mixpeek).budget.state
  const at = yield* Clock.currentTimeMillis
  yield* Effect.sleep(Math.max(waitOf(pace, yield* Random.next), (pausedUntil ?? at) - at))
})

/** Looks until it is interrupted; ends by itself only for a failure that waiting does not mend. */
const looking = Effect.fnUntraced(function* (
  here: LiveHere,
  watch: Watch,
  talk: Conversation,
): Effect.fn.Return<void, MixpeekError, Mixpeek> {
  for (;;) {
    yield* wait(here, watch.failures)
    const outcome = yield* Effect.result(look(watch))
    if (Result.isSuccess(outcome)) {
      yield* talk.say(watch.failures > 0 ? ["Mixpeek answers again.", ...outcome.success] : outcome.success)
      watch.failures = 0
    } else {
      const problem = problemOf(outcome.failure)
      if (!passes(problem.tag)) return yield* Effect.fail(outcome.failure)
      if (watch.failures++ === 0)
        yield* talk.say([`${problem.tag}: ${clean(problem.message)} Live goes on, more slowly.`])
    }
  }
})

/** Says what is new until a line is typed or the time is over. */
export const watching = Effect.fnUntraced(function* (
  session: Session,
  here: LiveHere,
  forMillis: number | null,
  talk: Conversation,
): Effect.fn.Return<Answered, MixpeekError, Mixpeek> {
  const watch: Watch = { session, size: 100, failures: 0, doubted: false }
  const until = [
    ...(forMillis === null || talk.typed ? ["enter ends it"] : []),
    ...(forMillis === null ? [] : [`it ends after ${Math.round(forMillis / 1000)} seconds`]),
  ].join(", or ")
  yield* talk.say([`Live: a line for each new execution; ${until}.`])
  const before = session.numbered.length
  const time = forMillis === null ? Effect.never : Effect.sleep(forMillis)
  const over = forMillis === null || talk.typed ? Effect.raceFirst(time, talk.enter) : time
  yield* Effect.raceFirst(looking(here, watch, talk), over)
  const count = watch.session.numbered.length - before
  return { session: watch.session, lines: [`Live is off; ${counted(count, "new execution")}.`], ask: null }
})
