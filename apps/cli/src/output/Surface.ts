/** What is printed on: a terminal of some width, or a pipe or file that takes everything. */
import { themeOf } from "../Launch.ts"
import type { Choice, Format } from "./Format.ts"

export interface Surface {
  readonly terminal: boolean
  /** Cells in a line; no end when nobody fits anything. */
  readonly columns: number
  readonly rows: number
  readonly color: boolean
  readonly ascii: boolean
  /** Whether times are absolute. */
  readonly utc: boolean
  /** Milliseconds since the epoch, which `2m ago` counts from. */
  readonly now: number
}

interface Stream {
  readonly isTTY?: boolean
  readonly columns?: number
  readonly rows?: number
}

type Env = Readonly<Record<string, string | undefined>>

/** The surface that `stream` is. */
export const surfaceOf = (stream: Stream, env: Env, choice: Choice, now: number): Surface => {
  const terminal = stream.isTTY === true
  const { ascii, color } = themeOf(env, choice.ascii)
  return {
    terminal,
    columns: terminal ? stream.columns || 80 : Number.POSITIVE_INFINITY,
    rows: terminal ? stream.rows || 24 : Number.POSITIVE_INFINITY,
    color: terminal && color && choice.color && env["TERM"] !== "dumb",
    ascii,
    utc: choice.utc || !terminal,
    now,
  }
}

/** What is printed when nothing was chosen. */
export const formatOn = (surface: Surface, choice: Choice): Format =>
  choice.format ?? (surface.terminal ? "table" : "tsv")

/** `text` in a colour, where there are colours. */
export const painted = (surface: Surface, code: string, text: string): string =>
  surface.color && text !== "" ? `\u001b[${code}m${text}\u001b[0m` : text
