/** The commands about the program itself, and the one that opens the screen. */
import { Argument, Command } from "effect/cli"
import { toggle } from "../../FlagKind.ts"
import * as Flags from "../../Flags.ts"
import { completions } from "../Completions.ts"
import { define, type Finish } from "./Define.ts"

const openCommand = (finish: Finish) =>
  define(
    "open",
    {
      execution: Flags.oneExecution("execution-id"),
      ascii: Flags.ascii,
      connection: Flags.connection,
      screen: Flags.screen,
    },
    {
      description: "Look at an execution on the screen; needs a terminal",
      examples: [["open exec_8f3c21", "the same as mixpeek-alerts exec_8f3c21"]],
    },
    finish,
    async ({ ascii, connection, execution, screen }) => {
      const { terminal } = await import("../Terminal.ts")
      return terminal({
        target: execution,
        demo: connection.demo,
        ascii,
        given: Flags.givenOf(connection),
        screen: Flags.screenOf(screen),
        timeoutSeconds: Flags.secondsOf(connection),
      })
    },
  )

const doctorCommand = (finish: Finish) =>
  define(
    "doctor",
    { offline: toggle("offline", "Send nothing"), ...Flags.common },
    {
      description: "Check the settings, the network, the API and the terminal, and say what to do",
      examples: [
        ["doctor", "everything"],
        ["doctor --json", "for programs; the exit code is that of the first check that failed"],
      ],
    },
    finish,
    async (input) => {
      const { doctor } = await import("../Asking.ts")
      return doctor({ invocation: Flags.invocationOf(input), offline: input.offline })
    },
  )

const setting = Argument.String("setting").pipe(
  Argument.withDescription("apiKey, apiKeyFile, namespace, baseUrl, theme, ascii, linear, cache, live or interval"),
)

const configParts = (finish: Finish) =>
  [
    define("path", {}, { description: "Print where the config file is" }, finish, async () => {
      const { configFilePath } = await import("../Asking.ts")
      return configFilePath
    }),
    define(
      "get",
      { setting },
      { description: "Print one value of the config file", examples: [["config get namespace", ""]] },
      finish,
      async (input) => {
        const { getSetting } = await import("../Asking.ts")
        return getSetting(input.setting)
      },
    ),
    define(
      "set",
      {
        setting,
        value: Argument.String("value").pipe(
          Argument.withDescription("The value; - reads it from standard input, an empty one takes it out"),
        ),
      },
      {
        description: "Set one value of the config file",
        examples: [
          ["config set namespace ns_video", "the namespace of every run"],
          ["config set apiKey - < key.txt", "the key, which is never an argument"],
        ],
      },
      finish,
      async (input) => {
        const { setSetting } = await import("../Asking.ts")
        return setSetting(input.setting, input.value)
      },
    ),
  ] as const

const configCommand = (finish: Finish) =>
  define(
    "config",
    Flags.common,
    {
      description: "Print each setting and where it comes from",
      examples: [
        ["config", "what a run would use"],
        ["config set namespace ns_video", "into the config file"],
      ],
    },
    finish,
    async (input) => {
      const { config } = await import("../Asking.ts")
      return config({ invocation: Flags.invocationOf(input) })
    },
  ).pipe(Command.withSubcommands(configParts(finish)))

const completionsCommand = (finish: Finish, root: () => Command.Command.Any) =>
  define(
    "completions",
    {
      shell: Argument.Literals("shell", ["bash", "zsh", "fish", "powershell"]).pipe(
        Argument.withDescription("The shell to complete in"),
      ),
    },
    {
      description: "Print a script that completes commands and flags",
      examples: [
        ["completions bash > ~/.local/share/bash-completion/completions/mixpeek-alerts", "bash"],
        ['completions zsh > "${fpath[1]}/_mixpeek-alerts"', "zsh"],
        ["completions fish > ~/.config/fish/completions/mixpeek-alerts.fish", "fish"],
      ],
    },
    finish,
    async ({ shell }) => completions(shell, root()),
  )

/** In the order in which help lists them. */
export const ownCommands = {
  open: openCommand,
  doctor: doctorCommand,
  config: configCommand,
  completions: completionsCommand,
} as const
