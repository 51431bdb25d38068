/** Compiles the schemas, runs a command, ends with its code. */
import "effect/schema/SchemaJITCompiler/enable"
import { ExitCode, layerSteadyClock } from "@mixpeek-alerts/client"
import { Cause, Context, Effect, Exit, Layer, References, Result } from "effect"
import { CliOutput, Command } from "effect/cli"
import { exitCodeOf, failureText, stderr } from "./Console.ts"
import { keepForNextStart, tendHeap } from "./Heap.ts"
import { chosenFormat, jsonLine } from "./LogLine.ts"
import { commands } from "./Program.ts"
import { presenter } from "./UsageText.ts"
import { version } from "./version.ts"

const stopped: ReadonlySet<number> = new Set([ExitCode.resumable, ExitCode.interrupted, ExitCode.terminated])

/** Ends when what was said is taken; a run that was told to stop does not wait long for a reader that does not read. */
const end = (code: number): void => {
  process.exitCode = code
  if (stopped.has(code)) setTimeout(() => process.exit(code), 1000).unref()
  const left = (): void => {
    if (code !== ExitCode.usage) keepForNextStart()
    process.exit(code)
  }
  process.stdout.write("", () => process.stderr.write("", left))
}

/** What the parser could ask for and never does here: no flag is a file that it reads, and nothing prompts. */
const unused = Context.empty() as Context.Context<Command.Environment>

let code: number = ExitCode.ok
const program = (args: ReadonlyArray<string>): Effect.Effect<void, unknown> =>
  Command.runWith(
    commands((effect) =>
      Effect.map(Effect.result(effect), (result) => {
        if (Result.isSuccess(result)) code = result.success
        else {
          stderr(failureText(result.failure, chosenFormat))
          code = exitCodeOf(result.failure)
        }
      }),
    ),
    { version },
  )(args).pipe(
    Effect.catchTag("ShowHelp", ({ errors }) =>
      Effect.sync(() => void (code = errors.length > 0 ? ExitCode.usage : code)),
    ),
    Effect.provide(
      Layer.mergeAll(
        layerSteadyClock,
        CliOutput.layerPresenter(presenter),
        Layer.succeed(References.LogToStderr, true),
      ),
    ),
    Effect.provideContext(unused),
  )

/** Runs the program to its exit code. */
export const start = async (args: ReadonlyArray<string>): Promise<void> => {
  tendHeap()
  const exit = await Effect.runPromiseExit(program(args))
  if (Exit.isFailure(exit)) {
    const message = `A bug in this program: ${Cause.pretty(exit.cause)}`
    const hint = "Please report it with the command that was run."
    stderr(
      chosenFormat === "json"
        ? jsonLine("error", { message, hint, exitCode: ExitCode.bug })
        : `error: ${message}\n  ${hint}\n`,
    )
    code = ExitCode.bug
  }
  end(code)
}
