/** Lends the terminal: to the shell until `fg`, or to another program until it ends. */
import type { FrameStream } from "./FrameStream.ts"
import type { StdinFilter } from "./StdinFilter.ts"
import { giveBack, take } from "./TerminalGuard.ts"

/** What holds the terminal while it is ours. */
export interface Held {
  readonly input: StdinFilter
  readonly output: FrameStream
  /** Makes the screen library let go, until what it gives back is called. */
  readonly suspend: () => Promise<{ readonly resume: () => Promise<void> | void }>
}

/** What somebody types for another program, such as ctrl-c in a pager, is not for us. */
const typed = ["SIGINT", "SIGQUIT"] as const

const deaf = async (during: () => Promise<void>): Promise<void> => {
  const kept = typed.map((signal) => [signal, process.listeners(signal)] as const)
  const ignore = (): void => {}
  for (const [signal] of kept) process.removeAllListeners(signal).on(signal, ignore)
  await during()
  for (const [signal, listeners] of kept) {
    process.off(signal, ignore)
    for (const listener of listeners) process.on(signal, listener)
  }
}

/** Nothing is drawn and nothing is read while `during` has the terminal. */
const lend = async ({ input, output, suspend }: Held, during: () => Promise<void>): Promise<void> => {
  const suspended = await suspend()
  output.hold()
  input.hold()
  giveBack()
  try {
    await during()
  } finally {
    take()
    input.goOn()
    output.goOn()
    await suspended.resume()
  }
}

/** Until the program ends. */
export const lendTo = (held: Held, program: () => Promise<void>): Promise<void> => lend(held, () => deaf(program))

/** Stops this process as the shell wants it, until `fg`. The timer keeps it alive meanwhile. */
export const stop = (held: Held): Promise<void> =>
  process.platform === "win32"
    ? Promise.resolve()
    : lend(held, async () => {
        const alive = setInterval(() => {}, 0x7fffffff)
        await new Promise<void>((continued) => {
          process.once("SIGCONT", continued)
          process.kill(process.pid, "SIGTSTP")
        })
        clearInterval(alive)
      })
