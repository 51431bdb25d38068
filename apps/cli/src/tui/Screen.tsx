/**
 * The only place where the store meets the screen library: one subscription,
 * one listener for keys, one for pasted text. Mounted for as long as a scope.
 */
import { Effect, type Scope } from "effect"
import { type Instance, render, useApp, useInput, usePaste } from "ink"
import { type ReactElement, useEffect, useSyncExternalStore } from "react"
import type { FrameStream } from "../terminal/FrameStream.ts"
import { lendTo, stop } from "../terminal/Lending.ts"
import { StdinFilter } from "../terminal/StdinFilter.ts"
import type { Model } from "./Model.ts"
import { presses } from "./Press.ts"
import { terminalSize } from "./Show.ts"
import type { Stage } from "./Stage.ts"
import type { Store } from "./Store.ts"
import { App } from "./view/App.tsx"

/**
 * While a window is dragged, a frame for the size before can arrive at a terminal that already has the next one, which
 * cuts it off or leaves what was there. So everything is drawn once more when the size has settled.
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

interface RootProps {
  readonly store: Store
  readonly stage: Stage
  readonly input: StdinFilter
  readonly output: FrameStream
}

const Root = ({ input, output, stage, store }: RootProps): ReactElement => {
  const model = useSyncExternalStore(store.subscribe, store.model)
  const { suspendTerminal } = useApp()
  useInput((text, key) => {
    guarded(store, () => {
      for (const press of presses(text, key)) store.dispatch({ _tag: "Pressed", press })
    })
  })
  usePaste((text) => guarded(store, () => store.dispatch({ _tag: "Pasted", text })))
  useEffect(() => {
    const held = { input, output, suspend: suspendTerminal }
    stage.offer({ suspend: () => stop(held), lend: (program) => lendTo(held, program) })
  }, [input, output, stage, suspendTerminal])
  return <App model={model} />
}

const start = (props: RootProps): Instance =>
  render(<Root {...props} />, {
    // These have what Ink uses of a terminal's input and output; its types ask for whole streams.
    stdin: props.input as unknown as NodeJS.ReadStream,
    stdout: props.output as unknown as NodeJS.WriteStream,
    exitOnCtrlC: false,
    patchConsole: false,
    // Ink then writes every frame whole and at once, and leaves it to the stream what the terminal needs of it.
    debug: true,
    interactive: true,
  })

const isSized = ({ size }: Model, { columns, rows }: Model["size"]): boolean =>
  size.columns === columns && size.rows === rows

/**
 * Shows the store until the scope ends; a view that throws ends the program. What was painted of the store before is on the
 * screen and is not drawn again.
 */
export const mount = (store: Store, stage: Stage, output: FrameStream): Effect.Effect<void, never, Scope.Scope> =>
  Effect.asVoid(
    Effect.acquireRelease(
      Effect.sync(() => {
        let settling: NodeJS.Timeout | undefined
        // The window may have changed while nobody listened.
        if (!isSized(store.model(), terminalSize())) output.forget()
        const resized = () => {
          output.forget()
          guarded(store, () => store.dispatch({ _tag: "Resized", ...terminalSize() }))
          clearTimeout(settling)
          settling = setTimeout(() => output.repaint(), settleMillis)
        }
        // Before Ink's own listener, so that it already draws for the new size.
        process.stdout.on("resize", resized)
        const input = new StdinFilter(process.stdin, (focused) =>
          guarded(store, () => store.dispatch({ _tag: "FocusChanged", focused })),
        )
        const instance = start({ store, stage, input, output })
        instance.waitUntilExit().catch(store.crash)
        stage.offer({ repaint: () => output.repaint() })
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
