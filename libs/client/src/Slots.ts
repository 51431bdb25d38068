/**
 * The slots of requests: as many as there may be at once, given out in the order
 * of asking. Who sends many can see that others wait, and let them have a turn.
 */
import { Effect, type Option, Semaphore } from "effect"

/** The slots of one service. */
export class Slots {
  private readonly semaphore: Semaphore.Semaphore
  private waiting = 0

  constructor(count: number) {
    this.semaphore = Semaphore.makeUnsafe(count)
  }

  /** Whether somebody waits for a slot. */
  get areWanted(): boolean {
    return this.waiting > 0
  }

  /** Runs an effect in a slot, and waits for one before. */
  hold<A, E, R>(self: Effect.Effect<A, E, R>): Effect.Effect<A, E, R> {
    return Effect.uninterruptibleMask((restore) => {
      let waits = true
      this.waiting++
      const served = (): void => {
        if (waits) this.waiting--
        waits = false
      }
      const held = Effect.suspend(() => {
        served()
        return self
      })
      return Effect.ensuring(restore(this.semaphore.withPermit(held)), Effect.sync(served))
    })
  }

  /** Runs an effect in a slot, if one can be had at once. */
  holdIfFree<A, E, R>(self: Effect.Effect<A, E, R>): Effect.Effect<Option.Option<A>, E, R> {
    return this.semaphore.withPermitsIfAvailable(1)(self)
  }
}
