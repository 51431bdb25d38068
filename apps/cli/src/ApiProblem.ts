/** The problem that an error of the client is. */
import { exitCodeOf, type MixpeekError } from "@mixpeek-alerts/client"
import type { Problem } from "./Problem.ts"

export const problemOf = (error: MixpeekError): Problem => ({
  tag: error.reason._tag,
  message: error.message,
  hint: error.hint,
  requestId: error.requestId,
  request: error.path === "" ? "" : `${error.method} ${error.path}`,
  status: error.status,
  attempts: error.attempts,
  retryAt: error.reason._tag === "RateLimited" ? error.reason.retryAt : null,
  exitCode: exitCodeOf(error),
})
