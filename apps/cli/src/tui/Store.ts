/**
 * Holds the model and runs the commands. `dispatch` changes the model at once,
 * so keys that arrive in one tick all count; the effects run beside it.
 */
import { Cause, Deferred, Effect, Exit, FiberMap, Queue, type Scope, Stream } from "effect"
import type { Command } from "./Command.ts"
import type { Message } from "./Message.ts"
import type { Model } from "./Model.ts"
import { update } from "./Update.ts"

export interface Store {
  readonly model: () => Model
  readonly subscribe: (listener: () => void) => () => void
  readonly dispatch: (message: Message) => void
  /** The exit code, once it is decided; dies with the defect of a command or a view. */
  readonly end: Deferred.Deferred<number>
  /** Ends everything because of a bug. */
  readonly crash: (defect: unknown) => void
}

export type Perform<R> = (command: Command) => Stream.Stream<Message, never, R>

/** Commands with the same key replace each other: the older one is interrupted. */
const keyOf = (command: Command): string => (command._tag === "Cancel" ? command.what : command._tag)

/** A store that starts with these commands. Its commands end with the scope. */
export const make = Effect.fnUntraced(function* <R>(
  initial: Model,
  commands: ReadonlyArray<Command>,
  perform: Perform<R>,
): Effect.fn.Return<Store, never, Scope.Scope | R> {
  const end = Deferred.makeUnsafe<number>()
  const queue = yield* Queue.unbounded<Command>()
  const running = yield* FiberMap.make<string>()
  const listeners = new Set<() => void>()
  let model = initial

  const dispatch = (message: Message): void => {
    const next = update(model, message)
    const changed = next.model !== model
    model = next.model
    for (const command of next.commands) Queue.offerUnsafe(queue, command)
    if (changed) for (const listener of listeners) listener()
  }

  const crash = (defect: unknown): void => void Deferred.doneUnsafe(end, Exit.die(defect))

  const run = (command: Command): Effect.Effect<unknown, never, R> =>
    command._tag === "Quit"
      ? Deferred.succeed(end, command.code)
      : FiberMap.run(
          running,
          keyOf(command),
          // A defect in a forked fiber would vanish: it ends the program instead.
          Stream.runForEach(perform(command), (message) => Effect.sync(() => dispatch(message))).pipe(
            Effect.catchCause((cause) =>
              Cause.hasInterruptsOnly(cause) ? Effect.void : Effect.sync(() => crash(Cause.squash(cause))),
            ),
          ),
        )

  for (const command of commands) Queue.offerUnsafe(queue, command)
  yield* Effect.forkScoped(Effect.forever(Effect.flatMap(Queue.take(queue), run)))

  return {
    model: () => model,
    subscribe: (listener) => {
      listeners.add(listener)
      return () => void listeners.delete(listener)
    },
    dispatch,
    end,
    crash,
  }
})
