/** One thing that was looked at, and what was found. */

export interface Check {
  readonly name: string
  readonly status: "ok" | "warn" | "fail" | "skip"
  /** What was found, in one sentence. */
  readonly found: string
  /** What to do; empty when there is nothing to do. */
  readonly hint: string
  /** The exit code that a failure leads to; 0 unless it failed. */
  readonly exitCode: number
}

export const ok = (name: string, found: string): Check => ({ name, status: "ok", found, hint: "", exitCode: 0 })

export const skip = (name: string, found: string): Check => ({ name, status: "skip", found, hint: "", exitCode: 0 })

export const warn = (name: string, found: string, hint: string): Check => ({
  name,
  status: "warn",
  found,
  hint,
  exitCode: 0,
})

export const failed = (name: string, exitCode: number, found: string, hint: string): Check => ({
  name,
  status: "fail",
  found,
  hint,
  exitCode,
})
