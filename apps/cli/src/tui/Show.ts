/** Runs the screen. What it shows is asked for before the screen library is loaded. */
import type { Mixpeek } from "@mixpeek-alerts/client"
import type { ExecutionId } from "@mixpeek-alerts/domain"
import type { SavedPage } from "../cache/SavedPage.ts"
import { Deferred, Effect } from "effect"
import { holdHeap, holdYoungSpace } from "../Heap.ts"
import { FrameStream } from "../terminal/FrameStream.ts"
import { take } from "../terminal/TerminalGuard.ts"
import type { Command } from "./Command.ts"
import { opened } from "./Detail.ts"
import { type Binding, bindings } from "./Keys.ts"
import { listHeight } from "./Layout.ts"
import { empty } from "./List.ts"
import { saved } from "./Paging.ts"
import { idleLive, liveByDefault, type LiveOptions } from "./Live.ts"
import type { Model, Source, Theme } from "./Model.ts"
import { now, performOn } from "./Perform.ts"
import { Stage } from "./Stage.ts"
import { nextTick } from "./Step.ts"
import * as Store from "./Store.ts"
import { painted } from "./view/Painting.ts"

export interface Showing {
  readonly target: ExecutionId | null
  readonly theme: Theme
  readonly source: Source
  /** Where a key was looked for in vain; `null` when there is one. */
  readonly lookedAt: ReadonlyArray<string> | null
  readonly live?: LiveOptions
  readonly keys?: ReadonlyArray<Binding>
  /** What an earlier run has kept of the list. */
  readonly saved?: SavedPage | null
}

/** The screen before anything has arrived. */
export const initialModel = (options: Showing, size: Model["size"], at: number): Model => ({
  size,
  now: at,
  theme: options.theme,
  source: options.source,
  list: options.saved == null ? empty(at) : saved(options.saved, at, listHeight(size)),
  live: idleLive(options.live ?? liveByDefault),
  detail: options.target === null ? null : opened(options.target, { _tag: "Waiting", since: at, previous: null }),
  board: null,
  visit: null,
  marks: [],
  times: "relative",
  count: "",
  overlay: null,
  keys: options.keys ?? bindings,
  notice: "",
  budget: null,
  firstRun: options.lookedAt === null ? null : { index: 0, lookedAt: options.lookedAt },
})

const initialCommands = (options: Showing, model: Model): ReadonlyArray<Command> => {
  if (options.lookedAt !== null) return []
  const load: Command =
    options.target === null
      ? { _tag: "LoadPage", cursor: null, alert: null }
      : { _tag: "LoadExecution", id: options.target }
  return [load, { _tag: "WatchBudget" }, nextTick(model)]
}

/** A terminal that does not tell its size is taken for the usual one. */
export const terminalSize = (): Model["size"] => ({
  columns: process.stdout.columns || 80,
  rows: process.stdout.rows || 24,
})

const isWaiting = ({ detail, firstRun, list }: Model): boolean =>
  firstRun === null && (detail === null ? list.items : detail.record)._tag === "Waiting"

/** Until there is something to show. */
const answered = (store: Store.Store): Effect.Effect<void> =>
  Effect.callback<void>((resume) => {
    const look = () => {
      if (!isWaiting(store.model())) resume(Effect.void)
    }
    const stop = store.subscribe(look)
    look()
    return Effect.sync(stop)
  })

/** Paints the store whenever it changes, for as long as the scope: the very frames that the screen library will draw. */
const paintedUntilMounted = Effect.fnUntraced(function* (store: Store.Store, output: FrameStream) {
  const paint = (): void => output.paint(painted(store.model()))
  // What an earlier run has kept can be seen before anything is asked.
  if (store.model().list.savedAt !== null) paint()
  yield* Effect.acquireRelease(
    Effect.sync(() => store.subscribe(paint)),
    (stop) => Effect.sync(stop),
  )
})

/**
 * Loading the screen library keeps the processor busy, so it waits this long for an answer that is near. One that takes longer
 * than this and the loading together is not shown later for it.
 */
const graceMillis = 25

/** The screen, until it ends with an exit code. */
export const show = Effect.fnUntraced(function* (options: Showing): Effect.fn.Return<number, never, Mixpeek> {
  const model = initialModel(options, terminalSize(), yield* now)
  const stage = new Stage()
  const output = new FrameStream(process.stdout)
  return yield* Effect.scoped(
    Effect.gen(function* () {
      take()
      const store = yield* Store.make(model, initialCommands(options, model), performOn(stage))
      const { mount } = yield* Effect.scoped(
        Effect.gen(function* () {
          yield* paintedUntilMounted(store, output)
          yield* Effect.raceFirst(answered(store), Effect.sleep(graceMillis))
          holdYoungSpace()
          return yield* Effect.promise(() => import("./Screen.tsx"))
        }),
      )
      yield* mount(store, stage, output)
      holdHeap()
      return yield* Deferred.await(store.end)
    }),
  )
})
