/**
 * What the terminal is to show, and whether it can. Loads nothing heavy: this
 * decides in the first milliseconds whether the screen can already be painted.
 */
import { Code } from "./Code.ts"
import { type Problem, problem } from "./Problem.ts"
import type { Given } from "./Settings.ts"
import type { PaletteName } from "./tui/Palette.ts"

/** The flags about the screen. */
export interface ScreenGiven {
  readonly theme?: PaletteName | undefined
  readonly noColor?: boolean | undefined
  readonly linear?: boolean | undefined
  readonly noCache?: boolean | undefined
  readonly live?: boolean | undefined
  readonly intervalMillis?: number | undefined
  readonly rpm?: number | undefined
}

export interface Launch {
  /** The execution to open, as it was typed; `null` for the list. */
  readonly target: string | null
  readonly demo: boolean
  readonly ascii: boolean
  readonly given: Given
  readonly screen: ScreenGiven
  readonly timeoutSeconds: number | null
}

const commandLike = /^[a-z][a-z-]*$/i

/** What may be an ID or a URL; the domain decides later, and says what is wrong. */
const idLike = /^(?:https?:\/\/\S+|[A-Za-z0-9][A-Za-z0-9._:~-]*)$/

/**
 * A word of letters only is taken for a mistyped command, not for an ID: IDs of
 * executions carry digits or an underscore. After `--` anything is an ID.
 */
export const isMistyped = (word: string): boolean => commandLike.test(word)

/**
 * Reads the two ways in which people start the terminal most, without the
 * parser: nothing at all, or one ID. `null` leaves the arguments to `Cli`,
 * which accepts these two as well.
 */
export const plainLaunch = (args: ReadonlyArray<string>): Launch | null => {
  const [first, ...rest] = args.filter((arg) => arg !== "--demo")
  const demo = args.includes("--demo")
  const base = { demo, ascii: false, given: {}, screen: {}, timeoutSeconds: null }
  if (args.filter((arg) => arg === "--demo").length > 1 || rest.length > 0) return null
  if (first === undefined) return { ...base, target: null }
  return idLike.test(first) && !isMistyped(first) ? { ...base, target: first } : null
}

type Env = Readonly<Record<string, string | undefined>>

/** Why this terminal cannot show the screen, or sentences in its place; `null` when it can. */
export const unfit = (
  env: Env,
  input: { isTTY?: boolean },
  output: { isTTY?: boolean },
  linear = false,
): Problem | null => {
  const scripted = "In scripts use `mixpeek-alerts get ID --json`."
  if (output.isTTY !== true) return problem("NoTerminal", Code.usage, "The output is not a terminal.", scripted)
  if (input.isTTY !== true) return problem("NoTerminal", Code.usage, "The input is not a terminal.", scripted)
  if (env["TERM"] === "dumb" && !linear) {
    const said = "This terminal (TERM=dumb) cannot place text on the screen."
    return problem("NoTerminal", Code.usage, said, "`mixpeek-alerts --linear` works here.")
  }
  return null
}

/** Colours and signs, by the conventions of NO_COLOR and our own variable. */
export const themeOf = (env: Env, ascii: boolean): { readonly ascii: boolean; readonly color: boolean } => ({
  ascii: ascii || (env["MIXPEEK_ALERTS_ASCII"] ?? "") !== "",
  color: (env["NO_COLOR"] ?? "") === "" && ["", "0", "false"].includes(env["MIXPEEK_ALERTS_NO_COLOR"] ?? ""),
})
