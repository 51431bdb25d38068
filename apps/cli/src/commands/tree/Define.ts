/** A command: its flags, its help, and what it runs, which is loaded only when it does. */
import { Effect } from "effect"
import { Command } from "effect/cli"

/** Takes the exit code of the command that ran. */
export type Finish = (code: Effect.Effect<number>) => Effect.Effect<void>

export type Infer<Config extends Command.Command.Config> = Command.Command.Config.Infer<Config>

export interface Help {
  readonly description: string
  readonly examples?: ReadonlyArray<readonly [command: string, description: string]>
}

/** A command that runs what `load` gives to its exit code. */
export const define = <const Name extends string, const Config extends Command.Command.Config>(
  name: Name,
  config: Config,
  help: Help,
  finish: Finish,
  load: (input: Infer<Config>) => Promise<Effect.Effect<number>>,
) =>
  Command.make(name, config, (input: Infer<Config>) => finish(Effect.flatten(Effect.promise(() => load(input))))).pipe(
    Command.withDescription(help.description),
    Command.withExamples(
      (help.examples ?? []).map(([command, description]) => ({ command: `mixpeek-alerts ${command}`, description })),
    ),
  )
