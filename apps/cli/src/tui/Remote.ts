/** Something that comes over the network: on its way, here, or failed; the last good value stays in all three. */
import type { Problem } from "../Problem.ts"

export type Remote<A> =
  | { readonly _tag: "Waiting"; readonly since: number; readonly previous: A | null }
  | { readonly _tag: "Ready"; readonly value: A; readonly at: number }
  | { readonly _tag: "Failed"; readonly problem: Problem; readonly at: number; readonly previous: A | null }

/** The value that can be shown, fresh or old. */
export const known = <A>(remote: Remote<A>): A | null => (remote._tag === "Ready" ? remote.value : remote.previous)

export const waiting = <A>(remote: Remote<A> | null, since: number): Remote<A> => ({
  _tag: "Waiting",
  since,
  previous: remote === null ? null : known(remote),
})

export const ready = <A>(value: A, at: number): Remote<A> => ({ _tag: "Ready", value, at })

export const failed = <A>(remote: Remote<A>, problem: Problem, at: number): Remote<A> => ({
  _tag: "Failed",
  problem,
  at,
  previous: known(remote),
})
