/** The rows of the help screen: every binding of the screen below it, those that match what was typed. */
import { type Action, type Binding, bindingsOf } from "./Keys.ts"
import { screenMode } from "./Mode.ts"
import type { Model } from "./Model.ts"
import { showKey } from "./Press.ts"

/** A binding's keys as people read them. */
export const keysOf = (binding: Binding): string => binding.keys.map(showKey).join(" ")

/** The key that does something on the screen, as people read it; empty when none does. */
export const keyFor = (model: Model, action: Action): string => {
  const binding = bindingsOf(screenMode(model), model.keys).find((one) => one.action === action)
  return showKey(binding?.keys[0] ?? "")
}

/** The bindings that hold every word of `text`. */
export const searched = (model: Model, text: string): ReadonlyArray<Binding> => {
  const words = text.toLowerCase().split(/\s+/)
  return bindingsOf(screenMode(model), model.keys).filter((binding) => {
    const all = `${keysOf(binding)} ${binding.help} ${binding.label}`.toLowerCase()
    return words.every((word) => all.includes(word))
  })
}
