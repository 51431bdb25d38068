/** An expected failure of a command: what to tell, and with which exit code to end. */
import { Data, Effect, Result } from "effect"
import { Code } from "../Code.ts"
import { type Problem, problem } from "../Problem.ts"
import { reportJson, reportText } from "../Report.ts"

export class Failure extends Data.TaggedError("Failure")<{ readonly problem: Problem }> {}

export const fail = (problem: Problem): Effect.Effect<never, Failure> => Effect.fail(new Failure({ problem }))

/** A usage error of something that a person wrote, unless it was understood. */
export const understood = <A>(
  result: Result.Result<A, { readonly message: string; readonly hint: string }>,
): Effect.Effect<A, Failure> =>
  Result.isSuccess(result)
    ? Effect.succeed(result.success)
    : fail(problem("Usage", Code.usage, result.failure.message, result.failure.hint))

/** Writes a line to stderr. */
export const say = (line: string): Effect.Effect<void> => Effect.sync(() => void process.stderr.write(`${line}\n`))

/** Writes something worth knowing to stderr: a line, or one JSON object for programs. */
export const note = (json: boolean, tag: string, text: string, details: object): Effect.Effect<void> =>
  say(json ? JSON.stringify({ note: { tag, message: text, ...details } }) : text)

/** Writes a problem to stderr. */
export const tell = (problem: Problem, json: boolean): Effect.Effect<void> =>
  Effect.sync(() => void process.stderr.write(json ? reportJson(problem) : reportText(problem)))

/** Tells a failure and turns it into its exit code. */
export const told = <R>(program: Effect.Effect<number, Failure, R>, json: boolean): Effect.Effect<number, never, R> =>
  Effect.catchTag(program, "Failure", ({ problem }) => Effect.as(tell(problem, json), problem.exitCode))
