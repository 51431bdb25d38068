/**
 * The terminal without a screen: sentences, numbers and a prompt. Nothing is
 * ever drawn again, so a screen reader, a braille line, a dumb terminal and a
 * pipe all get the same text once.
 */
import { ExitCode, Mixpeek, type MixpeekError } from "@mixpeek-alerts/client"
import type { ExecutionId } from "@mixpeek-alerts/domain"
import { Effect, Stream } from "effect"
import { problemOf } from "../ApiProblem.ts"
import { reportText } from "../Report.ts"
import { allowanceOf, allowanceText } from "../tui/Allowance.ts"
import { type Aim, withPage } from "../tui/Paging.ts"
import type { LiveOptions } from "../tui/Live.ts"
import { now, pageSize } from "../tui/Perform.ts"
import { type Answered, answer, type Ask, listed } from "./Answer.ts"
import type { Conversation } from "./Conversation.ts"
import { parseInstruction } from "./Instruction.ts"
import { watching } from "./LinearLive.ts"
import { alertSentence, counted, executionSentences } from "./Sentence.ts"
import { emptySession, height, said, type Session } from "./Session.ts"

export interface LinearOptions {
  readonly target: ExecutionId | null
  readonly demo: boolean
  readonly live: LiveOptions
}

type Doing<A> = Effect.Effect<A, MixpeekError, Mixpeek>

/** After this long it is said that an answer is awaited. */
const patienceMillis = 1500

const page = Effect.fnUntraced(function* (
  session: Session,
  aim: Aim,
  quietly: boolean,
): Effect.fn.Return<Answered, MixpeekError, Mixpeek> {
  const mixpeek = yield* Mixpeek
  const { list } = session
  const gap = typeof aim === "object" ? list.gaps.find(({ key }) => key === aim.gap) : undefined
  const cursor = aim === "more" ? list.next : (gap?.cursor ?? null)
  const found = yield* mixpeek.page({ pageSize, ...(cursor === null ? {} : { cursor }) })
  const at = yield* now
  const next = { ...session, list: withPage(list, found, aim, at, height) }
  return quietly ? { session: next, lines: [], ask: null } : listed(next, at)
})

const alerts = Effect.fnUntraced(function* (
  session: Session,
  search: string,
): Effect.fn.Return<Answered, MixpeekError, Mixpeek> {
  const mixpeek = yield* Mixpeek
  const found = yield* Stream.runCollect(mixpeek.alerts(search))
  const count = found.length === 0 ? "No alert has that in its name." : `${counted(found.length, "alert")}.`
  const [next, first] = said(
    session,
    found.map((alert, index) => `${index + 1} ${alertSentence(alert)}`),
  )
  return { session: next, lines: [count, ...first], ask: null }
})

const execution = Effect.fnUntraced(function* (
  session: Session,
  id: ExecutionId,
): Effect.fn.Return<Answered, MixpeekError, Mixpeek> {
  const record = yield* (yield* Mixpeek).record(id)
  return {
    session: { ...session, open: record, pending: [] },
    lines: executionSentences(record, yield* now),
    ask: null,
  }
})

const budget = Effect.fnUntraced(function* (
  session: Session,
  demo: boolean,
): Effect.fn.Return<Answered, never, Mixpeek> {
  const state = yield* (yield* Mixpeek).budget.state
  const text = demo ? "Made-up data cost no requests." : `${allowanceText(allowanceOf(state, yield* now))}.`
  return { session, lines: [text], ask: null }
})

/** Does what was asked; says so when it takes a while, and what went wrong when it fails. */
const fulfilled = (
  session: Session,
  ask: Exclude<Ask, { _tag: "Quit" }>,
  options: LinearOptions,
  talk: Conversation,
): Doing<Answered> => {
  switch (ask._tag) {
    case "Page":
      return page(session, ask.aim, false)
    case "Execution":
      return execution(session, ask.id)
    case "Alerts":
      return alerts(session, ask.search)
    case "Budget":
      return budget(session, options.demo)
    case "Live":
      return watching(session, options, ask.forMillis, talk)
  }
}

const patiently = <A>(doing: Doing<A>, talk: Conversation): Doing<A> =>
  Effect.scoped(
    Effect.andThen(Effect.forkScoped(Effect.delay(talk.say(["Waiting for Mixpeek."]), patienceMillis)), doing),
  )

const carriedOut = (
  session: Session,
  ask: Exclude<Ask, { _tag: "Quit" }>,
  options: LinearOptions,
  talk: Conversation,
): Effect.Effect<Session, never, Mixpeek> =>
  (ask._tag === "Live"
    ? fulfilled(session, ask, options, talk)
    : patiently(fulfilled(session, ask, options, talk), talk)
  ).pipe(
    Effect.flatMap((done) => Effect.as(talk.say(done.lines), done.session)),
    Effect.catch((error) => Effect.as(talk.say([reportText(problemOf(error)).trimEnd()]), session)),
  )

/** One line of the person's: what it does to the session; `null` ends it. */
const heard = Effect.fnUntraced(function* (
  session: Session,
  line: string,
  options: LinearOptions,
  talk: Conversation,
): Effect.fn.Return<Session | null, never, Mixpeek> {
  const instruction = parseInstruction(line)
  if (instruction === null) return session
  if (typeof instruction === "string") return yield* Effect.as(talk.say([instruction]), session)
  const { ask, lines, session: next } = answer(session, instruction, yield* now)
  yield* talk.say(lines)
  if (ask === null) return next
  if (ask._tag === "Quit") return null
  return yield* carriedOut(next, ask, options, talk)
})

const greeting = ({ demo }: LinearOptions): ReadonlyArray<string> => [
  `mixpeek-alerts, linear mode${demo ? ", made-up data" : ""}. Type a command and press enter; help lists them.`,
]

/** The conversation, until someone ends it. */
export const linear = Effect.fnUntraced(function* (
  options: LinearOptions,
  talk: Conversation,
): Effect.fn.Return<number, never, Mixpeek> {
  yield* talk.say(greeting(options))
  const start = emptySession(yield* now)
  const first: Ask =
    options.target === null ? { _tag: "Page", aim: "front" } : { _tag: "Execution", id: options.target }
  let session = yield* carriedOut(start, first, options, talk)
  if (options.live.on) session = yield* carriedOut(session, { _tag: "Live", forMillis: null }, options, talk)
  for (;;) {
    const line = yield* talk.ask
    if (line === null) return ExitCode.ok
    const next = yield* heard(session, line, options, talk)
    if (next === null) return ExitCode.ok
    session = next
  }
})
