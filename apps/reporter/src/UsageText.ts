/** How this program shows help, and what it says to a command line that makes no sense. */
import { Console, Effect } from "effect"
import type { CliError } from "effect/cli"
import { CliOutput } from "effect/cli"

const one = (error: CliError.CliError): string =>
  error.message
    .split("\n")
    .filter((line) => line.trim() !== "")
    .join(" ")
    .replace(/\s+/g, " ")
    .trim()
    .replace(/[^.?!]$/, "$&.")

/** Help goes to standard output when asked for; a usage error is a sentence and a hint on standard error. */
export const presenter: CliOutput.Presenter = {
  present: (event) =>
    event._tag === "InvalidInvocation"
      ? Effect.forEach(
          [
            ...event.errors.map((error) => `error: ${one(error)}`),
            `  Run \`${event.helpDoc.usage.split(/ [<[]/)[0] ?? ""} --help\` for what it takes.`,
          ],
          (line) => Console.error(line),
          { discard: true },
        )
      : CliOutput.defaultPresenter.present(event),
}
