/** An expected failure of a command: what to tell, and with which exit code to end. */
import { Data, Effect } from "effect"
import type { Problem } from "../Problem.ts"
import { reportJson, reportText } from "../Report.ts"

export class Failure extends Data.TaggedError("Failure")<{ readonly problem: Problem }> {}

export const fail = (problem: Problem): Effect.Effect<never, Failure> => Effect.fail(new Failure({ problem }))

/** Writes a problem to stderr. */
export const tell = (problem: Problem, json: boolean): Effect.Effect<void> =>
  Effect.sync(() => void process.stderr.write(json ? reportJson(problem) : reportText(problem)))

/** Tells a failure and turns it into its exit code. */
export const told = <R>(program: Effect.Effect<number, Failure, R>, json: boolean): Effect.Effect<number, never, R> =>
  Effect.catchTag(program, "Failure", ({ problem }) => Effect.as(tell(problem, json), problem.exitCode))
