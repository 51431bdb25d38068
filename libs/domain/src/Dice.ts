/** A small seeded generator (mulberry32): fast, and the same on every machine. */

export interface Dice {
  /** The next unsigned 32-bit number. */
  readonly next: () => number
  /** A whole number from 0 to `limit - 1`. */
  readonly below: (limit: number) => number
  /** True once in `times`, on average. */
  readonly oneIn: (times: number) => boolean
  readonly pick: <A>(items: ReadonlyArray<A>) => A
}

/** The dice of one place in a sequence; places do not influence one another. */
export const dice = (seed: number, place: number): Dice => {
  let state = Math.imul(seed ^ 0x6d2b79f5, 0x9e3779b1) ^ Math.imul(place + 1, 0x85ebca6b)
  const next = (): number => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return (mixed ^ (mixed >>> 14)) >>> 0
  }
  const below = (limit: number): number => Math.floor((next() / 4294967296) * limit)
  return {
    next,
    below,
    oneIn: (times) => below(times) === 0,
    pick: <A>(items: ReadonlyArray<A>) => items[below(items.length)] as A,
  }
}
