/**
 * Where the parts of a JSON text lie, without building or changing them.
 *
 * `JSON.parse` bends what it reads: 12345678901234567890 loses its last digits,
 * 1e400 becomes null, 1.0 becomes 1. Whatever is only passed on (metadata,
 * matched features, unknown fields, a quarantined record) is therefore cut out
 * of the very text that the server sent. The functions here expect text that
 * `JSON.parse` has accepted; none of them recurses, so depth costs no stack.
 */

const QUOTE = 34
const BACKSLASH = 92
const OPEN_BRACE = 123
const CLOSE_BRACE = 125
const OPEN_BRACKET = 91
const CLOSE_BRACKET = 93
const COMMA = 44

/** One member of an object: its key, and its value as text[start, end). */
export interface Member {
  readonly key: string
  readonly start: number
  readonly end: number
}

/** One element of an array, as text[start, end). */
export interface Element {
  readonly start: number
  readonly end: number
}

const isSpace = (code: number): boolean => code === 32 || code === 10 || code === 13 || code === 9

const skipSpace = (text: string, from: number): number => {
  let at = from
  while (isSpace(text.charCodeAt(at))) at++
  return at
}

/** The index after the string whose opening quote is at `from`; the length of the text when it does not end. */
export const stringEnd = (text: string, from: number): number => {
  let at = from
  for (;;) {
    at = text.indexOf('"', at + 1)
    if (at === -1) return text.length
    let escapes = at - 1
    while (text.charCodeAt(escapes) === BACKSLASH) escapes--
    if ((at - escapes) % 2 === 1) return at + 1
  }
}

/** The index after the object or array that opens at `from`. */
const containerEnd = (text: string, from: number): number => {
  let depth = 0
  let at = from
  while (at < text.length) {
    const code = text.charCodeAt(at)
    if (code === QUOTE) {
      at = stringEnd(text, at)
      continue
    }
    if (code === OPEN_BRACE || code === OPEN_BRACKET) depth++
    else if (code === CLOSE_BRACE || code === CLOSE_BRACKET) {
      depth--
      if (depth === 0) return at + 1
    }
    at++
  }
  return at
}

/** The index after the value that starts at `from`. */
const valueEnd = (text: string, from: number): number => {
  const first = text.charCodeAt(from)
  if (first === QUOTE) return stringEnd(text, from)
  if (first === OPEN_BRACE || first === OPEN_BRACKET) return containerEnd(text, from)
  let at = from
  while (at < text.length) {
    const code = text.charCodeAt(at)
    if (code === COMMA || code === CLOSE_BRACE || code === CLOSE_BRACKET || isSpace(code)) break
    at++
  }
  return at
}

/** Whether a value in the text, which need not be JSON, is nested deeper than `limit`. */
export const isDeeper = (text: string, limit: number): boolean => {
  let depth = 0
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at)
    if (code === QUOTE) at = stringEnd(text, at) - 1
    else if (code === CLOSE_BRACE || code === CLOSE_BRACKET) depth--
    else if ((code === OPEN_BRACE || code === OPEN_BRACKET) && ++depth > limit) return true
  }
  return false
}

const keyOf = (text: string, start: number, end: number): string => {
  const plain = text.slice(start + 1, end - 1)
  return plain.includes("\\") ? (JSON.parse(text.slice(start, end)) as string) : plain
}

/**
 * The members of the object that starts at or after `from`, in the order of the
 * text. A key that occurs twice is listed twice: the last one counts, as in
 * `JSON.parse`. Anything but an object has no members.
 */
export const members = (text: string, from = 0): ReadonlyArray<Member> => {
  const found: Array<Member> = []
  let at = skipSpace(text, from)
  if (text.charCodeAt(at) !== OPEN_BRACE) return found
  at = skipSpace(text, at + 1)
  while (text.charCodeAt(at) === QUOTE) {
    const keyEnd = stringEnd(text, at)
    const start = skipSpace(text, skipSpace(text, keyEnd) + 1)
    const end = valueEnd(text, start)
    found.push({ key: keyOf(text, at, keyEnd), start, end })
    at = skipSpace(text, end)
    if (text.charCodeAt(at) !== COMMA) break
    at = skipSpace(text, at + 1)
  }
  return found
}

/** The elements of the array that starts at or after `from`. Anything but an array has none. */
export const elements = (text: string, from = 0): ReadonlyArray<Element> => {
  const found: Array<Element> = []
  let at = skipSpace(text, from)
  if (text.charCodeAt(at) !== OPEN_BRACKET) return found
  at = skipSpace(text, at + 1)
  while (at < text.length && text.charCodeAt(at) !== CLOSE_BRACKET) {
    const end = valueEnd(text, at)
    found.push({ start: at, end })
    at = skipSpace(text, end)
    if (text.charCodeAt(at) !== COMMA) break
    at = skipSpace(text, at + 1)
  }
  return found
}

/** The text of the member named `key`, the last one if there are several. */
export const member = (text: string, key: string, from = 0): string | undefined => {
  const last = members(text, from).findLast((one) => one.key === key)
  return last === undefined ? undefined : text.slice(last.start, last.end)
}

/** The members that are not in `listed`, as the text of an object; undefined when there are none. */
export const unlistedText = (
  text: string,
  all: ReadonlyArray<Member>,
  listed: ReadonlySet<string>,
): string | undefined => {
  const rest = new Map<string, string>()
  for (const one of all) if (!listed.has(one.key)) rest.set(one.key, text.slice(one.start, one.end))
  if (rest.size === 0) return undefined
  return `{${Array.from(rest, ([key, value]) => `${JSON.stringify(key)}:${value}`).join(",")}}`
}
