/** `completions`: a script for a shell, made of the commands as they are. */
import { Effect } from "effect"
import { type Command, Completions } from "effect/cli"
import { Code } from "../Code.ts"

/** Prints the script for `shell`. */
export const completions = (shell: Completions.Shell, root: Command.Command.Any): Effect.Effect<number> =>
  Effect.sync(() => {
    const script = Completions.generate(root.name, shell, Completions.fromCommand(root))
    // Its comments tell of the flag that the parser would have brought along.
    process.stdout.write(`${script.replaceAll(`${root.name} --completions`, `${root.name} completions`)}\n`)
    return Code.ok
  })
