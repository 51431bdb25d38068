/** What every command that talks to Mixpeek is told, and how it runs: settings, connection, failures, exit code. */
import { Mixpeek, type MixpeekError } from "@mixpeek-alerts/client"
import { Clock, Effect, Layer, type Scope } from "effect"
import { problemOf } from "../ApiProblem.ts"
import { connect } from "../Connection.ts"
import { clockShift } from "../Demo.ts"
import { type Choice, speaksJson } from "../output/Format.ts"
import { type Surface, surfaceOf } from "../output/Surface.ts"
import { type Given, settle } from "../Settings.ts"
import { fail, Failure, say, told } from "./Failure.ts"

export interface Invocation {
  readonly given: Given
  readonly demo: boolean
  /** How long one call may take; the command's own default when `null`. */
  readonly timeoutSeconds: number | null
  readonly rpm: number | null
  readonly maxRequests: number | null
  readonly verbose: boolean
  readonly choice: Choice
}

const defaultTimeoutSeconds = 120

/** What a command that reads from Mixpeek is, before it is connected. */
export type Reading = Effect.Effect<number, Failure | MixpeekError, Mixpeek | Scope.Scope>

/** The time that the data are looked at: the demo's are always fresh. */
export const nowOf = (invocation: Invocation): Effect.Effect<number> =>
  Effect.map(Clock.currentTimeMillis, (now) => (invocation.demo ? now + clockShift(now) : now))

/** Standard output as it is for this command. */
export const surfaceFor = (invocation: Invocation): Effect.Effect<Surface> =>
  Effect.map(nowOf(invocation), (now) => surfaceOf(process.stdout, process.env, invocation.choice, now))

const spent = Effect.gen(function* () {
  const { limit, limited, remaining, spent } = yield* (yield* Mixpeek).budget.state
  const left = limit === null ? "" : `, ${remaining} of ${limit} left`
  yield* say(
    `${spent} ${spent === 1 ? "request" : "requests"}${limited === 0 ? "" : `, ${limited} over the limit`}${left}.`,
  )
})

const run = Effect.fnUntraced(function* (invocation: Invocation, reading: Reading) {
  const settings = settle(invocation.given, process.env)
  if (settings.problem !== null && !invocation.demo) return yield* fail(settings.problem)
  const timeoutSeconds = invocation.timeoutSeconds ?? defaultTimeoutSeconds
  const program = invocation.verbose ? Effect.ensuring(reading, spent) : reading
  return yield* Effect.flatMap(Layer.build(connect(settings, { ...invocation, timeoutSeconds })), (services) =>
    Effect.provideContext(program, services),
  ).pipe(Effect.catchTag("MixpeekError", (error) => Effect.fail(new Failure({ problem: problemOf(error) }))))
}, Effect.scoped)

/** Connects and reads, to the exit code. */
export const connected = (invocation: Invocation, reading: Reading): Effect.Effect<number> =>
  told(run(invocation, reading), speaksJson(invocation.choice))
