/** How this program speaks: data on standard output, everything else on standard error. */
import { exitCodeOf as clientCodeOf, type MixpeekError } from "@mixpeek-alerts/client"
import { type Format, jsonLine } from "./LogLine.ts"
import { printable } from "./Printable.ts"
import type { ReporterError } from "./ReporterError.ts"
import { withoutUrlSecrets } from "./UrlSecret.ts"

export const stderr = (text: string): void => {
  process.stderr.write(text)
}

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
  const message = withoutUrlSecrets(error.message)
  if (format === "json") {
    const tag = error._tag === "ReporterError" ? error.kind : error.reason._tag
    const requestId = error._tag === "ReporterError" ? null : error.requestId
    const value = {
      tag,
      message,
      hint: error.hint,
      requestId,
      exitCode: exitCodeOf(error),
    }
    return jsonLine("error", value)
  }
  const where = facts(error)
  return printable(`error: ${message}\n  ${error.hint}\n${where.length === 0 ? "" : `  (${where.join(", ")})\n`}`)
}
