/** What the terminal can do for the screen. */
import { type Check, ok, skip, warn } from "./Check.ts"

type Env = Readonly<Record<string, string | undefined>>

/** A stream that may be a terminal. */
export interface Tty {
  readonly isTTY?: boolean
  readonly columns?: number
  readonly rows?: number
  readonly getColorDepth?: () => number
}

const sizeCheck = ({ columns = 0, rows = 0 }: Tty): Check =>
  columns >= 40 && rows >= 10
    ? ok("size", `${columns}x${rows}`)
    : warn("size", `${columns}x${rows} shows one execution at a time.`, "Make it 80x24 or larger.")

const colorCheck = (stream: Tty, env: Env): Check => {
  if ((env["NO_COLOR"] ?? "") !== "") return ok("colours", "off, by NO_COLOR")
  const depth = stream.getColorDepth?.() ?? 1
  return depth > 1
    ? ok("colours", `${2 ** depth}, of which 16 are used`)
    : warn(
        "colours",
        `TERM=${env["TERM"] ?? ""} has none.`,
        "Set TERM to what the terminal is, such as xterm-256color.",
      )
}

const charactersCheck = (env: Env): Check => {
  const locale = [env["LC_ALL"], env["LC_CTYPE"], env["LANG"]].find((value) => (value ?? "") !== "") ?? ""
  return /utf-?8/i.test(locale)
    ? ok("characters", `UTF-8 (${locale})`)
    : warn(
        "characters",
        `The locale ${locale === "" ? "is not set" : `${locale} is not UTF-8`}.`,
        "Set LANG=C.UTF-8, or MIXPEEK_ALERTS_ASCII=1 to draw with ASCII only.",
      )
}

const tmux = (...args: ReadonlyArray<string>): string =>
  process
    .getBuiltinModule("node:child_process")
    .spawnSync("tmux", args, { encoding: "utf8", timeout: 2000 })
    .stdout?.trim() ?? ""

const copyCheck = (env: Env): Check => {
  if (env["TMUX"] === undefined)
    return ok(
      "copying",
      env["SSH_TTY"] === undefined
        ? "the desktop's clipboard, or the terminal's (OSC 52)"
        : "the terminal's clipboard (OSC 52)",
    )
  const setting = tmux("show-options", "-gsv", "set-clipboard")
  const version = tmux("-V")
  return setting === "off"
    ? warn("copying", `${version} keeps what is copied to itself (set-clipboard off).`, "tmux set -s set-clipboard on")
    : ok(
        "copying",
        `through ${version === "" ? "tmux" : version}, set-clipboard ${setting === "" ? "unknown" : setting}`,
      )
}

/** Size, colours, characters and the clipboard. */
export const terminalChecks = (output: Tty, input: Tty, env: Env): ReadonlyArray<Check> => {
  if (output.isTTY !== true || input.isTTY !== true)
    return [skip("terminal", "Not a terminal here: commands work, the screen does not.")]
  if (env["TERM"] === "dumb")
    return [warn("terminal", "TERM=dumb cannot place text on the screen.", "Use the commands, or another terminal.")]
  return [sizeCheck(output), colorCheck(output, env), charactersCheck(env), copyCheck(env)]
}
