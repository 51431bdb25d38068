/** Keys by name: what the terminal library reports, made into the names that the key table uses. */
import { graphemes } from "./TextField.ts"

/** A key as the terminal library reports it. */
export interface RawKey {
  readonly upArrow: boolean
  readonly downArrow: boolean
  readonly leftArrow: boolean
  readonly rightArrow: boolean
  readonly pageUp: boolean
  readonly pageDown: boolean
  readonly home: boolean
  readonly end: boolean
  readonly return: boolean
  readonly escape: boolean
  readonly tab: boolean
  readonly backspace: boolean
  readonly delete: boolean
  readonly ctrl: boolean
  readonly meta: boolean
}

const named: ReadonlyArray<readonly [keyof RawKey, string]> = [
  ["upArrow", "up"],
  ["downArrow", "down"],
  ["leftArrow", "left"],
  ["rightArrow", "right"],
  ["pageUp", "pgup"],
  ["pageDown", "pgdn"],
  ["home", "home"],
  ["end", "end"],
  ["return", "enter"],
  ["escape", "esc"],
  ["tab", "tab"],
  ["backspace", "backspace"],
  ["delete", "backspace"],
]

const controls: Readonly<Record<string, string>> = {
  "\r": "enter",
  "\n": "enter",
  "\t": "tab",
  "\u007f": "backspace",
  " ": "space",
}

/** The presses in one piece of input: a terminal sends `jjjk` at once when someone is fast. */
export const presses = (input: string, key: RawKey): ReadonlyArray<string> => {
  const name = named.find(([flag]) => key[flag])?.[1]
  if (name !== undefined) return [name]
  if (key.ctrl) return [`ctrl-${input}`]
  // Esc and a key right behind it look like Alt and that key. There are no Alt keys here, so it was Esc.
  if (key.meta) return ["esc", ...typed(input)]
  return typed(input)
}

const typed = (input: string): ReadonlyArray<string> =>
  graphemes(input).flatMap((one) => controls[one] ?? (/\p{Cc}/u.test(one) ? [] : one))

const shown: Readonly<Record<string, string>> = {
  down: "↓",
  up: "↑",
  left: "←",
  right: "→",
  enter: "enter",
  pgdn: "pgdn",
  pgup: "pgup",
}

/** A press as people read it. */
export const showKey = (press: string): string => shown[press] ?? press
