/** Fetches the executions that a command names, and tells of those that cannot be had. */
import { ExitCode, Mixpeek, type MixpeekError } from "@mixpeek-alerts/client"
import { type Decoded, type ExecutionId, parseExecutionId, parseIdText, type Quarantined } from "@mixpeek-alerts/domain"
import { Effect, Result, Stream } from "effect"
import { problemOf } from "../ApiProblem.ts"
import { speaksJson } from "../output/Format.ts"
import { type Problem, problem } from "../Problem.ts"
import { fail, type Failure, tell, understood } from "./Failure.ts"
import type { Invocation } from "./Invocation.ts"

const fromStdin = Effect.fnUntraced(function* (): Effect.fn.Return<ReadonlyArray<ExecutionId>, Failure> {
  if (process.stdin.isTTY === true)
    return yield* fail(
      problem(
        "Usage",
        ExitCode.usage,
        "- reads IDs from standard input, which is this terminal.",
        "Pipe them in: mixpeek-alerts list -o ids | mixpeek-alerts get -",
      ),
    )
  const text = yield* Effect.promise(async () => (await import("node:stream/consumers")).text(process.stdin))
  const ids = parseIdText(text)
  if (Result.isSuccess(ids)) return ids.success
  const { hint, line, message } = ids.failure
  const place = line === 0 ? "Standard input" : `Standard input, line ${line}`
  return yield* fail(problem("Usage", ExitCode.usage, `${place}: ${message}`, hint))
})

/** IDs that were given as arguments: IDs, URLs, or `-` for standard input. */
export const readIds = Effect.fnUntraced(function* (
  texts: ReadonlyArray<string>,
): Effect.fn.Return<ReadonlyArray<ExecutionId>, Failure> {
  if (texts.length === 1 && texts[0] === "-") return yield* fromStdin()
  return yield* Effect.forEach(texts, (text) => understood(parseExecutionId(text)))
})

/** What to tell of a record that has no row. */
export const misfit = (record: Quarantined): Problem =>
  problem(
    "Malformed",
    ExitCode.data,
    `The record ${record.executionId ?? ""} does not fit: ${record.problem.message}.`,
    "--json prints it as the server sent it.",
  )

/**
 * Hands each execution to `take`, in the order of the IDs, until it says
 * `false`. One that fails is told on stderr and costs nothing else; gives the
 * exit code of the first that failed.
 */
export const fetchEach = Effect.fnUntraced(function* (
  ids: ReadonlyArray<ExecutionId>,
  invocation: Invocation,
  take: (record: Decoded) => Effect.Effect<boolean, Failure>,
): Effect.fn.Return<number, MixpeekError | Failure, Mixpeek> {
  const mixpeek = yield* Mixpeek
  const json = speaksJson(invocation.choice)
  let code: number = ExitCode.ok
  yield* Stream.runForEachWhile(mixpeek.getMany(ids), ({ result }) => {
    if (Result.isSuccess(result)) return take(result.success)
    const found = problemOf(result.failure)
    if (code === ExitCode.ok) code = found.exitCode
    return Effect.as(tell(found, json), true)
  })
  return code
})
