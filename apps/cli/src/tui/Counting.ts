/** Numbers in front of keys, as in `5j`: how often to move, or with `g` and `G` the line to go to. */
import type { Action } from "./Keys.ts"
import type { Model } from "./Model.ts"

const longest = 6

const repeatable: ReadonlySet<Action> = new Set(["up", "down", "pageUp", "pageDown", "halfUp", "halfDown"])

/** The count with one more digit; `null` when the press is none, or is a 0 that nothing precedes. */
export const counted = (count: string, press: string): string | null =>
  /^\d$/.test(press) && (press !== "0" || count !== "") ? (count + press).slice(-longest) : null

/** How the actions repeat that a count stands before; `null` when it means nothing to an action. */
export const repeated = (model: Model, action: Action): { readonly first: boolean; readonly times: number } | null => {
  const number = Number(model.count)
  if (model.count === "" || number === 0) return null
  if (action === "first" || action === "last") return { first: true, times: number - 1 }
  return repeatable.has(action) ? { first: false, times: number } : null
}
