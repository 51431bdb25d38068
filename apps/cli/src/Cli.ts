/**
 * The command line, by `effect/cli`: help, suggestions and completions come with
 * it. Loaded only when there is something to parse: the terminal itself starts
 * without it (see `plainLaunch`).
 */
import { Code } from "./Code.ts"
import { Context, Effect, Layer, Option } from "effect"
import { CliConfig, CliOutput, Command, GlobalFlag } from "effect/cli"
import * as Flags from "./Flags.ts"
import { isMistyped, type Launch } from "./Launch.ts"
import { fail, type Failure, tell, told } from "./commands/Failure.ts"
import type { Finish } from "./commands/tree/Define.ts"
import { presenter } from "./commands/tree/HelpText.ts"
import { executionCommands } from "./commands/tree/ExecutionCommands.ts"
import { ownCommands } from "./commands/tree/OwnCommands.ts"
import { overviewCommands } from "./commands/tree/OverviewCommands.ts"
import { mistyped, usageProblem } from "./commands/tree/UsageProblem.ts"
import type { Problem } from "./Problem.ts"
import { version } from "./Version.ts"

export { runProcess } from "./Process.ts"

interface RootInput {
  readonly execution: Option.Option<string>
  readonly ascii: boolean
  readonly connection: Flags.ConnectionInput
  readonly screen: Parameters<typeof Flags.screenOf>[0]
}

const launchOf = ({ ascii, connection, execution, screen }: RootInput): Launch => ({
  target: Option.getOrNull(execution),
  demo: connection.demo,
  ascii,
  given: Flags.givenOf(connection),
  screen: Flags.screenOf(screen),
  timeoutSeconds: Flags.secondsOf(connection),
})

const openTerminal = Effect.fnUntraced(function* (
  launch: Launch,
  commands: ReadonlyArray<string>,
): Effect.fn.Return<number, Failure> {
  if (launch.target !== null && isMistyped(launch.target)) return yield* fail(mistyped(launch.target, commands))
  const { terminal } = yield* Effect.promise(() => import("./commands/Terminal.ts"))
  return yield* terminal(launch)
})

/** How each command is made, of what takes its exit code and what gives the root with all commands. */
const commands = { ...executionCommands, ...overviewCommands, ...ownCommands } as const
type Name = keyof typeof commands
const names = Object.keys(commands) as ReadonlyArray<Name>

/** The program with these of its commands. Making them all takes longer than parsing. */
const rootOf = (finish: Finish, made: ReadonlyArray<Name>) => {
  const whole = (): Command.Command.Any => rootOf(finish, names)
  return Command.make(
    "mixpeek-alerts",
    { execution: Flags.execution, ascii: Flags.ascii, connection: Flags.connection, screen: Flags.screen },
    (input) => finish(told(openTerminal(launchOf(input), names), false)),
  ).pipe(
    Command.withDescription(
      "Look at Mixpeek alert executions. Without a command: in the terminal, `?` shows the keys.",
    ),
    Command.withExamples([
      { command: "mixpeek-alerts --demo", description: "try it: no key, no network" },
      { command: "mixpeek-alerts", description: "the list of executions" },
      { command: "mixpeek-alerts exec_8f3c21", description: "one execution" },
      { command: "mixpeek-alerts --linear", description: "for a screen reader" },
      { command: "mixpeek-alerts get exec_8f3c21 --json", description: "for scripts" },
      { command: "mixpeek-alerts list --triggered --since 24h", description: "printed" },
      { command: "mixpeek-alerts doctor", description: "when something does not work" },
    ]),
    Command.withSubcommands(made.map((name) => commands[name](finish, whole))),
  )
}

/** Whoever names a command first needs no other; whoever does not may ask what there is, or have mistyped. */
const neededFor = ([first]: ReadonlyArray<string>): ReadonlyArray<Name> => {
  const named = names.filter((name) => name === first)
  return named.length === 0 ? names : named
}

const builtIns = CliConfig.layer({ builtIns: [GlobalFlag.Help, GlobalFlag.Version] })

/**
 * What the parser could ask for and never does here: no flag is a file that it
 * reads, and nothing prompts. Loading the real services takes longer than parsing.
 */
const unused = Context.empty() as Context.Context<Command.Environment>

/** Whether a program asked, as far as can be seen in arguments that were not understood. */
const asksForJson = (args: ReadonlyArray<string>): boolean =>
  args.some(
    (arg, at) =>
      /^(--json|(-o=?|--output=)(nd)?json)$/.test(arg) ||
      (/^(-o|--output)$/.test(arg) && /^(nd)?json$/.test(args[at + 1] ?? "")),
  )

/** Reads the arguments and gives what they name to `finish`. Fails with what is wrong with them. */
export const understand = (args: ReadonlyArray<string>, finish: Finish): Effect.Effect<void, Problem> =>
  Command.runWith(rootOf(finish, neededFor(args)), { version, renderErrors: false })(args).pipe(
    Effect.mapError((error) => usageProblem(error, args, names)),
    Effect.provide(Layer.mergeAll(builtIns, CliOutput.layerPresenter(presenter))),
    Effect.provideContext(unused),
  )

/** Runs the command that the arguments name, to its exit code. */
export const cli = (args: ReadonlyArray<string>): Effect.Effect<number> =>
  Effect.suspend(() => {
    let code: number = Code.ok
    return understand(
      args,
      Effect.map((decided) => void (code = decided)),
    ).pipe(
      Effect.map(() => code),
      Effect.catch((wrong) => Effect.as(tell(wrong, asksForJson(args)), wrong.exitCode)),
    )
  })
