/** How this program shows help, and what it says to a command line that makes no sense. */
import { ExitCode } from "@mixpeek-alerts/client"
import { Console, Effect } from "effect"
import type { CliError } from "effect/cli"
import { CliOutput } from "effect/cli"
import { chosenFormat, jsonLine } from "./LogLine.ts"
import { printable } from "./Printable.ts"
import { withoutUrlSecrets } from "./UrlSecret.ts"

const one = (error: CliError.CliError): string =>
  printable(withoutUrlSecrets(error.message))
    .split("\n")
    .filter((line) => line.trim() !== "")
    .join(" ")
    .replace(/\s+/g, " ")
    .trim()
    .replace(/[^.?!]$/, "$&.")

const lines = (messages: ReadonlyArray<string>, hint: string): ReadonlyArray<string> =>
  chosenFormat === "json"
    ? messages.map((message) =>
        jsonLine("error", { tag: "Usage", message, hint, requestId: null, exitCode: ExitCode.usage }).trimEnd(),
      )
    : [...messages.map((message) => `error: ${message}`), `  ${hint}`]

/** Help goes to standard output when asked for; a usage error is a sentence and a hint on standard error. */
export const presenter: CliOutput.Presenter = {
  present: (event) =>
    event._tag === "InvalidInvocation"
      ? Effect.forEach(
          lines(
            event.errors.map(one),
            `Run \`${event.helpDoc.usage.split(/ [<[]/)[0] ?? ""} --help\` for what it takes.`,
          ),
          (line) => Console.error(line),
          { discard: true },
        )
      : CliOutput.defaultPresenter.present(event),
}
