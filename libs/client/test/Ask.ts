/** Uses the service of the context. */
import { Effect } from "effect"
import { Mixpeek, type MixpeekShape } from "../src/index.ts"

export const ask = <A, E, R>(
  read: (mixpeek: MixpeekShape) => Effect.Effect<A, E, R>,
): Effect.Effect<A, E, R | Mixpeek> =>
  Effect.gen(function* () {
    return yield* read(yield* Mixpeek)
  })
