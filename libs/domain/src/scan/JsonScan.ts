/**
 * Walks over JSON text and checks its grammar on the way, as strictly as
 * `JSON.parse`, without building what it passes. Every function takes the index
 * of a value's first character and returns the index after the value, or -1
 * when the text is not JSON there or is nested too deep to be sure.
 */

const QUOTE = 34
const COMMA = 44
const MINUS = 45
const POINT = 46
const ZERO = 48
const NINE = 57
const COLON = 58
const OPEN_BRACKET = 91
const BACKSLASH = 92
const CLOSE_BRACKET = 93
const OPEN_BRACE = 123
const CLOSE_BRACE = 125

/** Deeper text is left to `JSON.parse`, which does not use the stack. */
const maxDepth = 100

/** The index of the next character that is not white space. */
export const skipSpace = (text: string, from: number): number => {
  let at = from
  for (;;) {
    const code = text.charCodeAt(at)
    if (code !== 32 && code !== 10 && code !== 13 && code !== 9) return at
    at++
  }
}

const isHex = (code: number): boolean =>
  (code >= ZERO && code <= NINE) || (code >= 97 && code <= 102) || (code >= 65 && code <= 70)

/** The index of the last character of the escape at `at`, or -1. */
const escapeEnd = (text: string, at: number): number => {
  const code = text.charCodeAt(at + 1)
  // u
  if (code === 117) {
    for (let digit = at + 2; digit < at + 6; digit++) if (!isHex(text.charCodeAt(digit))) return -1
    return at + 5
  }
  // " / \ b f n r t
  return code === 34 ||
    code === 47 ||
    code === 92 ||
    code === 98 ||
    code === 102 ||
    code === 110 ||
    code === 114 ||
    code === 116
    ? at + 1
    : -1
}

/** A string. */
export const stringEnd = (text: string, from: number): number => {
  if (text.charCodeAt(from) !== QUOTE) return -1
  const length = text.length
  for (let at = from + 1; at < length; at++) {
    const code = text.charCodeAt(at)
    if (code === QUOTE) return at + 1
    if (code < 32) return -1
    if (code === BACKSLASH) {
      at = escapeEnd(text, at)
      if (at === -1) return -1
    }
  }
  return -1
}

const digitsEnd = (text: string, from: number): number => {
  let at = from
  for (let code = text.charCodeAt(at); code >= ZERO && code <= NINE; code = text.charCodeAt(at)) at++
  return at === from ? -1 : at
}

/** A number. */
export const numberEnd = (text: string, from: number): number => {
  let at = text.charCodeAt(from) === MINUS ? from + 1 : from
  at = text.charCodeAt(at) === ZERO ? at + 1 : digitsEnd(text, at)
  if (at === -1) return -1
  if (text.charCodeAt(at) === POINT) {
    at = digitsEnd(text, at + 1)
    if (at === -1) return -1
  }
  const exponent = text.charCodeAt(at)
  if (exponent !== 101 && exponent !== 69) return at
  const sign = text.charCodeAt(at + 1)
  return digitsEnd(text, sign === 43 || sign === MINUS ? at + 2 : at + 1)
}

const objectEnd = (text: string, from: number, depth: number): number => {
  let at = skipSpace(text, from + 1)
  if (text.charCodeAt(at) === CLOSE_BRACE) return at + 1
  for (;;) {
    at = stringEnd(text, at)
    if (at === -1) return -1
    at = skipSpace(text, at)
    if (text.charCodeAt(at) !== COLON) return -1
    at = valueEnd(text, skipSpace(text, at + 1), depth)
    if (at === -1) return -1
    at = skipSpace(text, at)
    const code = text.charCodeAt(at)
    if (code === CLOSE_BRACE) return at + 1
    if (code !== COMMA) return -1
    at = skipSpace(text, at + 1)
  }
}

const arrayEnd = (text: string, from: number, depth: number): number => {
  let at = skipSpace(text, from + 1)
  if (text.charCodeAt(at) === CLOSE_BRACKET) return at + 1
  for (;;) {
    at = valueEnd(text, at, depth)
    if (at === -1) return -1
    at = skipSpace(text, at)
    const code = text.charCodeAt(at)
    if (code === CLOSE_BRACKET) return at + 1
    if (code !== COMMA) return -1
    at = skipSpace(text, at + 1)
  }
}

/** Any value. */
export const valueEnd = (text: string, from: number, depth = 0): number => {
  const code = text.charCodeAt(from)
  if (code === QUOTE) return stringEnd(text, from)
  if (code === OPEN_BRACE) return depth < maxDepth ? objectEnd(text, from, depth + 1) : -1
  if (code === OPEN_BRACKET) return depth < maxDepth ? arrayEnd(text, from, depth + 1) : -1
  if (code === 110) return text.startsWith("null", from) ? from + 4 : -1
  if (code === 116) return text.startsWith("true", from) ? from + 4 : -1
  if (code === 102) return text.startsWith("false", from) ? from + 5 : -1
  return numberEnd(text, from)
}
