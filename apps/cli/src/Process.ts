/**
 * Runs an effect as this process: signals interrupt it, its finalizers run,
 * its output is flushed, and its exit code is a function of how it ended.
 */
import { Code } from "./Code.ts"
import { keepCompiled } from "./CompiledCode.ts"
import { Cause, type Effect, Exit, Runtime } from "effect"
import { giveBack } from "./terminal/TerminalGuard.ts"

const signals = {
  SIGINT: Code.interrupted,
  SIGTERM: Code.terminated,
  SIGHUP: Code.hangup,
  SIGQUIT: Code.dumped,
} as const

/** A bug is told with its place, so that it can be reported. */
const tellBug = (defect: unknown): void => {
  const text = defect instanceof Error ? (defect.stack ?? defect.message) : String(defect)
  process.stderr.write(`Bug: mixpeek-alerts failed in a way it should not. Please report this:\n${text}\n`)
}

const bug = (defect: unknown): void => {
  giveBack()
  tellBug(defect)
  process.exit(Code.bug)
}

/** A reader that closes the pipe, as `head` does, has what it wanted; a full disk has not. */
const endOutput = (error: NodeJS.ErrnoException): void => {
  if (error.code === "EPIPE") process.exit(Code.ok)
  // The terminal itself has gone.
  if (error.code === "EIO" && process.stdout.isTTY) process.exit(Code.hangup)
  if (error.code === undefined) return bug(error)
  process.stderr.write(`Io: The output could not be written (${error.code}). Make room, or write it elsewhere.\n`)
  process.exit(Code.io)
}

/** Whatever was written arrives before the process ends. */
const flushed = (done: () => void): void => void process.stdout.write("", () => process.stderr.write("", () => done()))

/** Ends. Who mistyped has compiled nothing that is worth keeping. */
const end = (code: number): void =>
  flushed(() => {
    if (code !== Code.usage) keepCompiled()
    process.exit(code)
  })

const main = Runtime.makeRunMain(({ fiber }) => {
  let received: number | null = null
  // They stay to the end: a second signal ends a program that is still giving out what it has, with its own code.
  for (const [signal, code] of Object.entries(signals)) {
    process.on(signal, () => {
      if (received !== null) {
        giveBack()
        process.exit(code)
      }
      received = code
      fiber.interruptUnsafe(fiber.id)
    })
  }
  fiber.addObserver((exit) => {
    giveBack()
    if (Exit.isSuccess(exit)) return end(received ?? Number(exit.value))
    if (Cause.hasInterruptsOnly(exit.cause)) return end(received ?? Code.interrupted)
    tellBug(Cause.squash(exit.cause))
    return flushed(() => process.exit(Code.bug))
  })
})

/** Runs the program to its exit code. */
export const runProcess = (program: Effect.Effect<number>): void => {
  process.stdout.on("error", endOutput)
  process.stderr.on("error", () => {})
  process.on("uncaughtException", bug)
  process.on("unhandledRejection", bug)
  main(program, { disableErrorReporting: true })
}
