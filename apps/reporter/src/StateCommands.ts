/** The commands of `mixpeek-alerts-reporter state`. */
import { ExitCode } from "@mixpeek-alerts/client"
import { Effect, Option } from "effect"
import { Argument, Command, Flag } from "effect/cli"
import type { ReporterError } from "./ReporterError.ts"
import { compact, forget, show } from "./StateActions.ts"

const file = Argument.String("file").pipe(Argument.withDescription("A state file, as export --state makes it"))

const printed = (text: string): number => {
  process.stdout.write(text)
  return ExitCode.ok
}

/** The commands; `end` takes what each comes to. */
export const stateCommand = (end: (effect: Effect.Effect<number, ReporterError>) => Effect.Effect<void>) => {
  const print = (action: Effect.Effect<string, ReporterError>) => end(Effect.map(action, printed))
  const showCommand = Command.make(
    "show",
    {
      file,
      json: Flag.Boolean("json").pipe(Flag.withDescription("As one JSON object"), Flag.withDefault(false)),
    },
    (flags) => print(show(flags.file, flags.json)),
  ).pipe(Command.withDescription("Say what a state file knows, and how the next run walks"))
  const forgetCommand = Command.make(
    "forget",
    {
      file,
      ids: Argument.String("execution-id").pipe(
        Argument.withDescription("Executions to forget: IDs or URLs"),
        Argument.variadic(),
      ),
      run: Flag.String("run").pipe(
        Flag.withMetavar("RUN"),
        Flag.withDescription("Forget everything that this run exported; `state show` has the IDs of runs"),
        Flag.optional,
      ),
    },
    (flags) => print(forget(flags.file, flags.ids, Option.getOrNull(flags.run))),
  ).pipe(Command.withDescription("Forget executions, so that the next run exports them again"))
  const compactCommand = Command.make("compact", { file }, (flags) => print(compact(flags.file))).pipe(
    Command.withDescription("Write a state file anew, as small as it can be"),
  )
  return Command.make("state").pipe(
    Command.withDescription("Look at or mend what export --state keeps"),
    Command.withSubcommands([showCommand, forgetCommand, compactCommand]),
  )
}
