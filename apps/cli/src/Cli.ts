/**
 * The commands, by `effect/cli`: help, suggestions and completions come with
 * it. Loaded only when there is something to parse: the terminal itself starts
 * without it (see `plainLaunch`).
 */
import { Code } from "./Code.ts"
import * as NodeServices from "@effect/platform-node/NodeServices"
import { Effect, Layer, Option } from "effect"
import { CliConfig, type CliError, CliOutput, Command, GlobalFlag } from "effect/cli"
import * as Flags from "./Flags.ts"
import { isMistyped, type Launch } from "./Launch.ts"
import { problem, type Problem } from "./Problem.ts"
import { fail, type Failure, tell, told } from "./commands/Failure.ts"
import { version } from "./Version.ts"

type Finish = (code: Effect.Effect<number>) => Effect.Effect<void>

const seconds = (input: Flags.ConnectionInput): number | null => Option.getOrNull(input.timeout)

const getCommand = (finish: Finish) =>
  Command.make("get", { ids: Flags.executions, json: Flags.json, ...Flags.connection }, (input) =>
    finish(
      Effect.gen(function* () {
        const { get } = yield* Effect.promise(() => import("./commands/Get.ts"))
        const { demo, ids, json } = input
        return yield* get({ ids, json, demo, given: Flags.givenOf(input), timeoutSeconds: seconds(input) })
      }),
    ),
  ).pipe(
    Command.withDescription("Print executions"),
    Command.withExamples([
      { command: "mixpeek-alerts get exec_8f3c21", description: "for people" },
      { command: "mixpeek-alerts get exec_8f3c21 --json | jq .matches[0]", description: "as the server sent it" },
    ]),
  )

const configCommand = (finish: Finish) =>
  Command.make("config", { json: Flags.json, ...Flags.connection }, (input) =>
    finish(
      Effect.gen(function* () {
        const { config } = yield* Effect.promise(() => import("./commands/Config.ts"))
        return yield* config({ given: Flags.givenOf(input), json: input.json })
      }),
    ),
  ).pipe(Command.withDescription("Show each setting and where it comes from"))

const commandNames = ["get", "config"]

/** The command that starts with the same letter: enough for two commands. */
const nearest = (word: string): string | undefined => commandNames.find((name) => name[0] === word[0]?.toLowerCase())

const mistyped = (word: string): Problem => {
  const near = nearest(word)
  const hint = `${near === undefined ? "" : `Did you mean ${near}? `}An ID that is a plain word goes after \`get\`; mixpeek-alerts --help lists the commands.`
  return problem("Usage", Code.usage, `There is no command ${JSON.stringify(word)}.`, hint)
}

const launchOf = (input: Flags.ConnectionInput & { execution: Option.Option<string>; ascii: boolean }): Launch => ({
  target: Option.getOrNull(input.execution),
  demo: input.demo,
  ascii: input.ascii,
  given: Flags.givenOf(input),
  timeoutSeconds: seconds(input),
})

const openTerminal = Effect.fnUntraced(function* (launch: Launch): Effect.fn.Return<number, Failure> {
  if (launch.target !== null && isMistyped(launch.target)) return yield* fail(mistyped(launch.target))
  const { terminal } = yield* Effect.promise(() => import("./commands/Terminal.ts"))
  return yield* terminal(launch)
})

const root = (finish: Finish) =>
  Command.make("mixpeek-alerts", { execution: Flags.execution, ascii: Flags.ascii, ...Flags.connection }, (input) =>
    finish(told(openTerminal(launchOf(input)), false)),
  ).pipe(
    Command.withDescription(
      "Look at Mixpeek alert executions. Without a command: in the terminal, `?` shows the keys.",
    ),
    Command.withExamples([
      { command: "mixpeek-alerts --demo", description: "try it: no key, no network" },
      { command: "mixpeek-alerts", description: "the list of executions" },
      { command: "mixpeek-alerts exec_8f3c21", description: "one execution" },
      { command: "mixpeek-alerts get exec_8f3c21 --json", description: "for scripts" },
    ]),
    Command.withSubcommands([getCommand(finish), configCommand(finish)]),
  )

const exitCodes = `
EXIT CODES
  0 done   64 usage, no terminal   65 a record does not fit   66 not found   69 API unavailable   70 bug
  75 rate limited   76 not the API's answer   77 no key or no access   78 configuration   130 interrupted
`

/** People look at the examples first, so they come before the rest. */
const examplesFirst = (help: string): string => {
  // oxlint-disable-next-line no-control-regex -- headings are coloured on a terminal
  const sections = help.trimEnd().split(/\n+(?=(?:\u001b\[\d+m)*[A-Z]{4}[A-Z ]*(?:\u001b\[\d+m)*\n)/)
  const at = sections.findIndex((section) => section.includes("EXAMPLES"))
  const [description = "", ...rest] = sections
  return [description, ...sections.slice(at, at + 1), ...rest.filter((_, index) => index !== at - 1)].join("\n\n")
}

/** Only help that was asked for goes to stdout. */
const presenter: CliOutput.Presenter = {
  present: (event) => {
    if (event._tag === "Version")
      return Effect.sync(() => void process.stdout.write(`${event.name} ${event.version}\n`))
    if (event._tag !== "Help" || event.reason !== "Requested") return Effect.void
    const colors = process.stdout.isTTY === true && (process.env["NO_COLOR"] ?? "") === ""
    const text = examplesFirst(CliOutput.defaultFormatter({ colors }).formatHelpDoc(event.helpDoc))
    return Effect.sync(() => void process.stdout.write(`${text}\n${exitCodes}`))
  },
}

const suggestion = (error: CliError.NonShowHelpErrors): string =>
  "suggestions" in error && error.suggestions[0] !== undefined
    ? `Did you mean ${error.suggestions[0]}?`
    : "See mixpeek-alerts --help."

const usage = (error: CliError.CliError, args: ReadonlyArray<string>): Problem => {
  const first = error._tag === "ShowHelp" ? error.errors[0] : error
  const word = args.find((arg) => !arg.startsWith("-"))
  if (first?._tag === "UnexpectedArgument" && word !== undefined && !commandNames.includes(word) && isMistyped(word)) {
    return mistyped(word)
  }
  const said = (first?.message ?? "The arguments are incomplete").split("\n")[0] ?? ""
  return problem(
    "Usage",
    Code.usage,
    /[.?!]$/.test(said) ? said : `${said}.`,
    first === undefined ? "" : suggestion(first),
  )
}

const builtIns = CliConfig.layer({ builtIns: [GlobalFlag.Help, GlobalFlag.Version, GlobalFlag.Completions] })

/** Runs the command that the arguments name, to its exit code. */
export const cli = (args: ReadonlyArray<string>): Effect.Effect<number> =>
  Effect.suspend(() => {
    let code: number = Code.ok
    const finish: Finish = Effect.map((decided) => void (code = decided))
    return Command.runWith(root(finish), { version, renderErrors: false })(args).pipe(
      Effect.map(() => code),
      Effect.catch((error) => {
        const wrong = usage(error, args)
        return Effect.as(tell(wrong, args.includes("--json")), wrong.exitCode)
      }),
      Effect.provide(Layer.mergeAll(NodeServices.layer, builtIns, CliOutput.layerPresenter(presenter))),
    )
  })
