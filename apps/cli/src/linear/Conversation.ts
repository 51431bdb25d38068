/** The two sides of a linear session: lines that are said, and lines that are typed. */
import { Effect, Queue, type Scope } from "effect"
import { createInterface } from "node:readline"

export interface Conversation {
  /** Says lines, each once. */
  readonly say: (lines: ReadonlyArray<string>) => Effect.Effect<void>
  /** Asks for a command; `null` at the end of the input. */
  readonly ask: Effect.Effect<string | null>
  /** Waits for a line, without a prompt; what it says is left for `ask`. */
  readonly enter: Effect.Effect<void>
  /** Whether somebody types, so that waiting for a line makes sense. */
  readonly typed: boolean
}

const prompt = "Command: "

const write = (text: string): Effect.Effect<void> => Effect.sync(() => void process.stdout.write(text))

/**
 * A conversation on standard input and output. The line is edited by the
 * terminal itself, in its usual mode. What comes from a pipe is said, too, so that the
 * text that comes out can be read like a conversation.
 */
export const onStdio: Effect.Effect<Conversation, never, Scope.Scope> = Effect.gen(function* () {
  const lines = yield* Queue.unbounded<string | null>()
  yield* Effect.acquireRelease(
    Effect.sync(() => {
      const reader = createInterface({ input: process.stdin, terminal: false })
      reader.on("line", (line) => void Queue.offerUnsafe(lines, line))
      reader.once("close", () => void Queue.offerUnsafe(lines, null))
      return reader
    }),
    (reader) => Effect.sync(() => reader.close()),
  )
  const typed = process.stdin.isTTY === true
  let left: string | null | undefined
  const take = Effect.suspend(() => {
    const line = left
    left = undefined
    return line === undefined ? Queue.take(lines) : Effect.succeed(line)
  })
  const echo = (line: string | null) => (typed && line !== null ? Effect.void : write(`${line ?? ""}\n`))
  return {
    typed,
    say: (said) => (said.length === 0 ? Effect.void : write(`${said.join("\n")}\n`)),
    ask: Effect.andThen(write(prompt), Effect.tap(take, echo)),
    enter: Effect.map(take, (line) => {
      if (line === null || line.trim() !== "") left = line
    }),
  }
})
