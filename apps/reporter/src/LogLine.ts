/** The log: lines on standard error, for people or, with `--log-format json`, for programs. */
import { runId } from "./observe/RunId.ts"
import { printable } from "./Printable.ts"

export type Format = "pretty" | "json"

export type Level = "info" | "warn" | "error"

const { argv } = process

/** What `--log-format` says, known before the command line is read, so that its mistakes are told in that form too. */
export const chosenFormat: Format =
  argv.includes("--log-format=json") || argv[argv.indexOf("--log-format") + 1] === "json" ? "json" : "pretty"

/** One line of JSON: the time, the run, and what there is to say. */
export const jsonLine = (level: Level, fields: object): string =>
  printable(`${JSON.stringify({ time: new Date().toISOString(), runId, level, ...fields })}\n`)

/** A warning: what happened, and what to do about it. */
export const warning = (message: string, hint: string): string =>
  chosenFormat === "json" ? jsonLine("warn", { message, hint }) : `warning: ${message}\n  ${hint}\n`
