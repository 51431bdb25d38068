/** What comes of a message: the next model, and what is asked for. */
import type { Command } from "./Command.ts"
import { currentRemote, isWaiting } from "./Current.ts"
import type { Model } from "./Model.ts"

export interface Step {
  readonly model: Model
  readonly commands: ReadonlyArray<Command>
}

export const step = (model: Model, ...commands: ReadonlyArray<Command>): Step => ({ model, commands })

const busyMillis = 1000
const idleMillis = 15_000

/** When the server allows the next try of what the screen shows; `null` when nothing waits for that. */
export const retryAt = (model: Model): number | null => {
  const remote = currentRemote(model)
  return remote._tag === "Failed" ? remote.problem.retryAt : null
}

const counts = (model: Model): boolean =>
  (model.live.on && model.live.focused) || isWaiting(model) || retryAt(model) !== null

/** When to tell the time again: soon while something is counted, else just to keep ages right. */
export const nextTick = (model: Model): Command => ({ _tag: "Tick", millis: counts(model) ? busyMillis : idleMillis })
