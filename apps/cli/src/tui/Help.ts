/** The rows of the help screen: every binding of the screen below it, those that match what was typed. */
import { type Binding, bindingsOf, screenMode } from "./Keys.ts"
import type { Model } from "./Model.ts"
import { showKey } from "./Press.ts"

/** A binding's keys as people read them. */
export const keysOf = (binding: Binding): string => binding.keys.map(showKey).join(" ")

/** The bindings that hold every word of `text`. */
export const searched = (model: Model, text: string): ReadonlyArray<Binding> => {
  const words = text.toLowerCase().split(/\s+/)
  return bindingsOf(screenMode(model)).filter((binding) => {
    const all = `${keysOf(binding)} ${binding.help} ${binding.label}`.toLowerCase()
    return words.every((word) => all.includes(word))
  })
}
