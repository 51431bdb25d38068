/** The key table with the keys that a person chose for some of the actions. */
import { Result } from "effect"
import { nearest } from "../output/Nearest.ts"
import { type Action, type Binding, bindings } from "./Keys.ts"
import type { Mode } from "./Mode.ts"

/** The keys of actions, by the names that both have in the table. */
export type KeyChoices = Readonly<Record<string, ReadonlyArray<string>>>

export interface WrongKeys {
  readonly message: string
  readonly hint: string
}

/** Always the way out. */
const fixed: ReadonlySet<string> = new Set<Action>(["interrupt"])

const named = new Set("up down left right pgup pgdn home end enter esc tab backspace space".split(" "))

/** A single character, a named key, or ctrl with a letter. */
const isKey = (key: string): boolean => named.has(key) || /^ctrl-[a-z]$/.test(key) || /^[^\s\p{C}]$/u.test(key)

const places: Readonly<Record<Mode, string>> = {
  list: "in the list",
  matches: "among matches",
  tree: "in a tree",
  lines: "among lines",
  noList: "before the list is there",
  history: "in a history",
  alerts: "among alerts",
  chart: "among trends",
  buckets: "among trends",
  compare: "in a comparison",
  noBoard: "before the alerts are there",
  noRecord: "before an execution is there",
  text: "in a text field",
  menu: "in a menu",
  help: "in the help",
  reading: "in a text",
  firstRun: "at the welcome",
}

const unknownAction = (name: string): WrongKeys => {
  const near = nearest(name, [...new Set(bindings.map(({ action }) => action))])
  return {
    message: `There is no action ${JSON.stringify(name)} to give keys to.`,
    hint: near === undefined ? "The README lists them." : `Did you mean ${near}?`,
  }
}

/** Why one choice makes no sense; `null` when it does. */
const wrong = (name: string, keys: ReadonlyArray<string>): WrongKeys | null => {
  if (fixed.has(name)) return { message: `${name} keeps its keys.`, hint: "Without ctrl-c there may be no way out." }
  if (!bindings.some(({ action }) => action === name)) return unknownAction(name)
  const odd = keys.find((key) => !isKey(key))
  return odd === undefined
    ? null
    : {
        message: `${JSON.stringify(odd)}, chosen for ${name}, is not a key.`,
        hint: `A key is one character, ctrl-a to ctrl-z, or one of ${[...named].join(", ")}.`,
      }
}

/** The first key that would do two things in one place. */
const clash = (table: ReadonlyArray<Binding>): WrongKeys | null => {
  for (const mode of Object.keys(places) as ReadonlyArray<Mode>) {
    const taken = new Map<string, Action>()
    for (const { action, keys, modes } of table) {
      if (!modes.includes(mode)) continue
      for (const key of keys) {
        const other = taken.get(key)
        if (other !== undefined && other !== action)
          return {
            message: `The key ${key} would do both ${other} and ${action} ${places[mode]}.`,
            hint: `Give one of them another key under "keys" in the config file.`,
          }
        taken.set(key, action)
      }
    }
  }
  return null
}

/** The table with these choices; each replaces all keys of its action. */
export const rebound = (choices: KeyChoices): Result.Result<ReadonlyArray<Binding>, WrongKeys> => {
  for (const [name, keys] of Object.entries(choices)) {
    const found = wrong(name, keys)
    if (found !== null) return Result.fail(found)
  }
  const table = bindings.map((binding) =>
    Object.hasOwn(choices, binding.action) ? { ...binding, keys: choices[binding.action] ?? [] } : binding,
  )
  const found = clash(table)
  return found === null ? Result.succeed(table) : Result.fail(found)
}
