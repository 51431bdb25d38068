/**
 * What went wrong, as plain data that every front of the program can show: a
 * line on stderr, a JSON object, a screen. Never holds a key, a header or a stack.
 */
export interface ProblemAttempt {
  readonly status: number | null
  readonly outcome: string
  readonly requestId: string | null
  readonly waitMillis: number
}

export interface Problem {
  /** The cause in one word: `NotFound`, `Usage`. */
  readonly tag: string
  /** What happened, in one sentence. */
  readonly message: string
  /** What to do, in one sentence; empty when there is nothing to say. */
  readonly hint: string
  readonly requestId: string | null
  /** `GET /v1/…`; empty when nothing was sent. */
  readonly request: string
  readonly status: number | null
  readonly attempts: ReadonlyArray<ProblemAttempt>
  /** When trying again can help, in milliseconds since the epoch. */
  readonly retryAt: number | null
  readonly exitCode: number
}

/** A problem of this program's own, without a request. */
export const problem = (tag: string, exitCode: number, message: string, hint = ""): Problem => ({
  tag,
  message,
  hint,
  requestId: null,
  request: "",
  status: null,
  attempts: [],
  retryAt: null,
  exitCode,
})
