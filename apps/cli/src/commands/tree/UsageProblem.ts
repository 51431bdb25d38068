/** What is wrong with a command line, in one sentence, and what may have been meant. */
import type { CliError } from "effect/cli"
import { Code } from "../../Code.ts"
import { isMistyped } from "../../Launch.ts"
import { nearest } from "../../output/Nearest.ts"
import { type Problem, problem } from "../../Problem.ts"

const usage = (message: string, hint: string): Problem => problem("Usage", Code.usage, message, hint)

/** A word where a command should be. */
export const mistyped = (word: string, commands: ReadonlyArray<string>): Problem => {
  const near = nearest(word, commands)
  const guess = near === undefined ? "" : `Did you mean ${near}? `
  return usage(
    `There is no command ${JSON.stringify(word)}.`,
    `${guess}An ID that is a plain word goes after \`get\`; mixpeek-alerts --help lists the commands.`,
  )
}

const suggestion = (error: CliError.NonShowHelpErrors, help: string): string =>
  "suggestions" in error && error.suggestions[0] !== undefined
    ? `Did you mean ${error.suggestions[0]}?`
    : `See ${help} --help.`

/** The first thing that the parser did not understand. */
export const usageProblem = (
  error: CliError.CliError,
  args: ReadonlyArray<string>,
  commands: ReadonlyArray<string>,
): Problem => {
  const first = error._tag === "ShowHelp" ? error.errors[0] : error
  const word = args.find((arg) => !arg.startsWith("-"))
  const isCommand = word !== undefined && commands.includes(word)
  if (first?._tag === "UnexpectedArgument" && word !== undefined && !isCommand && isMistyped(word)) {
    return mistyped(word, commands)
  }
  const said = (first?.message ?? "The arguments are incomplete").split("\n")[0] ?? ""
  const help = isCommand ? `mixpeek-alerts ${word}` : "mixpeek-alerts"
  return usage(/[.?!]$/.test(said) ? said : `${said}.`, first === undefined ? "" : suggestion(first, help))
}
