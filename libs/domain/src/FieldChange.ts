/** What differs between two JSON texts, field by field, with every digit as it was sent. */
import { elements, members } from "./JsonText.ts"

/** A value that is not the same on both sides. */
export interface FieldChange {
  /** Where, as in `.metadata.tags[2]`. */
  readonly path: string
  /** The JSON text of the value; `null` when there was none. */
  readonly before: string | null
  readonly after: string | null
}

/** More changes than this are not listed: such texts have nothing in common. */
const mostChanges = 500

const segment = (key: string): string => (/^[A-Za-z_][\w-]*$/.test(key) ? `.${key}` : `[${JSON.stringify(key)}]`)

/** The parts of an object or array by the path that leads to each; `null` of anything else. */
const partsOf = (text: string | null): ReadonlyMap<string, string> | null => {
  if (text?.startsWith("{") === true)
    return new Map(members(text).map(({ end, key, start }) => [segment(key), text.slice(start, end)]))
  if (text?.startsWith("[") === true)
    return new Map(elements(text).map(({ end, start }, index) => [`[${index}]`, text.slice(start, end)]))
  return null
}

/** What differs between two texts that `JSON.parse` accepts, in the order in which it lies there. Never recurses. */
export const fieldChanges = (before: string, after: string): ReadonlyArray<FieldChange> => {
  const found: Array<FieldChange> = []
  const stack: Array<FieldChange> = [{ path: "", before: before.trim(), after: after.trim() }]
  while (stack.length > 0 && found.length < mostChanges) {
    const pair = stack.pop() as FieldChange
    if (pair.before === pair.after) continue
    const [was, is] = [partsOf(pair.before), partsOf(pair.after)]
    // An object that became an array, or a value, has changed as a whole; so has one that came or went.
    if (was === null || is === null || pair.before?.[0] !== pair.after?.[0]) {
      found.push(pair)
      continue
    }
    const parts = [...new Set([...was.keys(), ...is.keys()])]
    for (const part of parts.toReversed())
      stack.push({ path: pair.path + part, before: was.get(part) ?? null, after: is.get(part) ?? null })
  }
  return found
}
