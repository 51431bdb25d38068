/** A program on a terminal, driven step by step and timed from outside. */
import { spawnSync } from "node:child_process"
import { join } from "node:path"

export type Step =
  | { readonly expect: string; readonly type?: string }
  | { readonly key: string }
  | { readonly watch: number }

/** What one step took: seconds since the start for `expect`, since the key for `key`. */
export interface Timed {
  readonly seconds: number
  readonly bytes: number
  /** CPU seconds, of a `watch`. */
  readonly cpu?: number
  /** Resident memory at the end of a `watch`. */
  readonly mebibytes?: number
}

export interface Session {
  readonly args: ReadonlyArray<string>
  readonly env: NodeJS.ProcessEnv
  readonly columns: number
  readonly rows: number
  readonly steps: ReadonlyArray<Step>
}

const script = join(import.meta.dirname, "session.py")

/** Runs a session; throws when a step does not come. */
export const drive = (session: Session): ReadonlyArray<Timed> => {
  const ended = spawnSync("python3", [script], { input: JSON.stringify(session), encoding: "utf8" })
  if (ended.status !== 0) throw new Error(`${session.args.join(" ")}: ${ended.stderr}`)
  return JSON.parse(ended.stdout) as ReadonlyArray<Timed>
}
