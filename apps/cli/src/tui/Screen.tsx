/**
 * The only place where the store meets the screen library: one subscription,
 * one listener for keys, one for pasted text. Mounted for as long as a scope.
 */
import { Effect, type Scope } from "effect"
import { type Instance, render, useApp, useInput, usePaste } from "ink"
import { type ReactElement, useEffect, useSyncExternalStore } from "react"
import { StdinFilter } from "../terminal/StdinFilter.ts"
import { giveBack, take } from "../terminal/TerminalGuard.ts"
import { presses } from "./Press.ts"
import { terminalSize } from "./Show.ts"
import type { Stage } from "./Stage.ts"
import type { Store } from "./Store.ts"
import { App } from "./view/App.tsx"

/** Key repeat is 30 a second: at 30 frames every other one would be dropped. */
const maxFps = 60

/**
 * While a window is dragged, a frame for the size before can arrive at a terminal that already has the next one, and
 * what differs from it is then drawn in the wrong place. So everything is drawn once more when the size has settled.
 */
const settleMillis = 60

/** An event handler that throws would take the process down past the screen: it ends the program in order instead. */
const guarded = (store: Store, handle: () => void): void => {
  try {
    handle()
  } catch (defect) {
    store.crash(defect)
  }
}

/** Stops as the shell wants it, and waits until `fg`. The timer keeps the process alive meanwhile. */
const stop = async (suspend: () => Promise<{ resume: () => Promise<void> | void }>): Promise<void> => {
  if (process.platform === "win32") return
  const suspended = await suspend()
  giveBack()
  const alive = setInterval(() => {}, 0x7fffffff)
  await new Promise<void>((continued) => {
    process.once("SIGCONT", continued)
    process.kill(process.pid, "SIGTSTP")
  })
  clearInterval(alive)
  take()
  await suspended.resume()
}

const Root = ({ stage, store }: { readonly stage: Stage; readonly store: Store }): ReactElement => {
  const model = useSyncExternalStore(store.subscribe, store.model)
  const { suspendTerminal } = useApp()
  useInput((input, key) => {
    guarded(store, () => {
      for (const press of presses(input, key)) store.dispatch({ _tag: "Pressed", press })
    })
  })
  usePaste((text) => guarded(store, () => store.dispatch({ _tag: "Pasted", text })))
  useEffect(() => {
    stage.offer({ suspend: () => stop(suspendTerminal) })
  }, [stage, suspendTerminal])
  return <App model={model} />
}

const start = (store: Store, stage: Stage, input: StdinFilter): Instance =>
  render(<Root store={store} stage={stage} />, {
    // The filter has what Ink uses of a terminal's input; its type asks for a whole ReadStream.
    stdin: input as unknown as NodeJS.ReadStream,
    exitOnCtrlC: false,
    patchConsole: false,
    incrementalRendering: true,
    interactive: true,
    maxFps,
  })

const repaint = (store: Store, stage: Stage, instance: Instance): void => {
  process.stdout.write("\u001b[2J\u001b[H")
  instance.clear()
  instance.rerender(<Root store={store} stage={stage} />)
}

/** Shows the store until the scope ends; a view that throws ends the program. */
export const mount = (store: Store, stage: Stage): Effect.Effect<void, never, Scope.Scope> =>
  Effect.asVoid(
    Effect.acquireRelease(
      Effect.sync(() => {
        let settling: NodeJS.Timeout | undefined
        const resized = () => {
          guarded(store, () => store.dispatch({ _tag: "Resized", ...terminalSize() }))
          clearTimeout(settling)
          settling = setTimeout(() => repaint(store, stage, instance), settleMillis)
        }
        // Before Ink's own listener, so that it already draws for the new size.
        process.stdout.on("resize", resized)
        const input = new StdinFilter(process.stdin, (focused) =>
          guarded(store, () => store.dispatch({ _tag: "FocusChanged", focused })),
        )
        const instance = start(store, stage, input)
        instance.waitUntilExit().catch(store.crash)
        stage.offer({ repaint: () => repaint(store, stage, instance) })
        guarded(store, () => store.dispatch({ _tag: "Resized", ...terminalSize() }))
        const stopListening = () => {
          clearTimeout(settling)
          process.stdout.off("resize", resized)
        }
        return { input, instance, stopListening }
      }),
      ({ input, instance, stopListening }) =>
        Effect.promise(async () => {
          stopListening()
          const ended = instance.waitUntilExit().catch(() => {})
          instance.unmount()
          await ended
          input.release()
        }),
    ),
  )
