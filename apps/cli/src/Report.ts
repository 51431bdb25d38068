/** A problem as people read it on stderr, or as programs do. */
import type { Problem } from "./Problem.ts"
import { clean } from "./text/Clean.ts"

/** `Tag: what happened. What to do.`, the second sentence on a line of its own when a request was made. */
export const reportText = (problem: Problem): string => {
  const first = `${problem.tag}: ${clean(problem.message)}`
  if (problem.request === "") return `${first}${problem.hint === "" ? "" : ` ${clean(problem.hint)}`}\n`
  const id = problem.requestId === null ? "" : `\n  request ID ${problem.requestId}`
  return `${first}\n  ${clean(problem.hint)}${id}\n`
}

/** One JSON object on one line. */
export const reportJson = (problem: Problem): string =>
  `${JSON.stringify({
    error: {
      tag: problem.tag,
      message: clean(problem.message),
      hint: clean(problem.hint),
      status: problem.status,
      requestId: problem.requestId,
      retryAt: problem.retryAt === null ? null : new Date(problem.retryAt).toISOString(),
      attempts: problem.attempts.length,
      exitCode: problem.exitCode,
    },
  })}\n`
