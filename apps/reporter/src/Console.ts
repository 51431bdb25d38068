/** How this program speaks: data on standard output, everything else on standard error. */
import { exitCodeOf as clientCodeOf, type MixpeekError } from "@mixpeek-alerts/client"
import type { ReporterError } from "./ReporterError.ts"

export type Format = "pretty" | "json"

export const stderr = (text: string): void => {
  process.stderr.write(text)
}

// Controls, direction marks, invisible formats and halves of characters: what a terminal would obey, or hide.
const unprintable = /[^\P{Cc}\n]|[\p{Cf}\p{Cs}\u2028\u2029]/gu

const escaped = (text: string): string =>
  Array.from({ length: text.length }, (_, at) => `\\u${text.charCodeAt(at).toString(16).padStart(4, "0")}`).join("")

/**
 * Text that may hold what a server sent, for a terminal or a log: it keeps its lines, and what a terminal would obey is
 * spelled out. JSON stays the same JSON.
 */
export const printable = (text: string): string => text.replace(unprintable, escaped)

/** The exit code of a failure of either kind. */
export const exitCodeOf = (error: ReporterError | MixpeekError): number =>
  error._tag === "ReporterError" ? error.exitCode : clientCodeOf(error)

const facts = (error: ReporterError | MixpeekError): ReadonlyArray<string> =>
  error._tag === "ReporterError"
    ? []
    : [
        ...(error.path === "" ? [] : [`${error.method} ${error.path}`]),
        ...(error.status === null ? [] : [`status ${error.status}`]),
        ...(error.requestId === null ? [] : [`request ${error.requestId}`]),
        ...(error.attempts.length > 1 ? [`${error.attempts.length} attempts`] : []),
      ]

/** A failure for a person: what happened, what to do, and where to look. */
export const failureText = (error: ReporterError | MixpeekError, format: Format): string => {
  if (format === "json") {
    const tag = error._tag === "ReporterError" ? error.kind : error.reason._tag
    const requestId = error._tag === "ReporterError" ? null : error.requestId
    const value = {
      level: "error",
      tag,
      message: error.message,
      hint: error.hint,
      requestId,
      exitCode: exitCodeOf(error),
    }
    return printable(`${JSON.stringify({ time: new Date().toISOString(), ...value })}\n`)
  }
  const where = facts(error)
  return printable(`error: ${error.message}\n  ${error.hint}\n${where.length === 0 ? "" : `  (${where.join(", ")})\n`}`)
}
