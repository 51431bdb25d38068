/** Standard output, written no faster than it is read, through a pager when a table is longer than the screen. */
import { Effect, type Scope } from "effect"
import { openPager, type Pager, pagerOf } from "./Pager.ts"

export interface Writer {
  /** Writes, and waits until it is taken; `false` when nobody reads any more. */
  readonly write: (text: string) => Effect.Effect<boolean>
}

/** The process ends by itself when standard output fails or its reader has gone, so no error comes back from here. */
const toStdout = (text: string): Effect.Effect<boolean> =>
  text === ""
    ? Effect.succeed(true)
    : Effect.callback<boolean>((resume) => {
        process.stdout.write(text, (error) => {
          if (error == null) resume(Effect.succeed(true))
        })
      })

/** Writes to standard output. */
export const stdout: Writer = { write: toStdout }

const startPager = Effect.sync(() => {
  const command = pagerOf(process.env)
  return command === null ? null : openPager(command, process.env)
})

/** Keeps less than `rows` lines back; more go to a pager, which stays until the reader leaves it. */
export const paged = (rows: number): Effect.Effect<Writer, never, Scope.Scope> =>
  Effect.gen(function* () {
    let kept: string | null = ""
    let pager: Pager | null = null
    yield* Effect.addFinalizer(() => (kept === null ? (pager?.end ?? Effect.void) : Effect.asVoid(toStdout(kept))))
    return {
      write: (text) =>
        Effect.gen(function* () {
          if (kept === null) return yield* (pager ?? stdout).write(text)
          kept += text
          if (kept.split("\n").length <= rows) return true
          const first = kept
          kept = null
          pager = yield* startPager
          return yield* (pager ?? stdout).write(first)
        }),
    }
  })
