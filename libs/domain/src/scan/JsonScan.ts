/**
 * Walks over JSON text in UTF-8 and checks its grammar on the way, as strictly as
 * `JSON.parse`, without building what it passes. Every function takes the index
 * of a value's first character and returns the index after the value, or -1
 * when the text is not JSON there or is nested too deep to be sure.
 */
import {
  BACKSLASH,
  CLOSE_BRACE,
  CLOSE_BRACKET,
  COLON,
  COMMA,
  isWord,
  MINUS,
  NINE,
  OPEN_BRACE,
  OPEN_BRACKET,
  POINT,
  QUOTE,
  words,
  ZERO,
} from "./Ascii.ts"

/** Deeper text is left to `JSON.parse`, which does not use the stack. */
const maxDepth = 100

/** The index of the next character that is not white space. */
export const skipSpace = (bytes: Uint8Array, from: number): number => {
  let at = from
  for (;;) {
    const code = bytes[at] as number
    if (code !== 32 && code !== 10 && code !== 13 && code !== 9) return at
    at++
  }
}

/** Whether nothing but white space stands from `from` on. Reads no byte beyond the end, as that would slow all reads down. */
export const isBlank = (bytes: Uint8Array, from: number): boolean => {
  for (let at = from; at < bytes.length; at++) {
    const code = bytes[at] as number
    if (code !== 32 && code !== 10 && code !== 13 && code !== 9) return false
  }
  return true
}

const isHex = (code: number): boolean =>
  (code >= ZERO && code <= NINE) || (code >= 97 && code <= 102) || (code >= 65 && code <= 70)

/** The index of the last character of the escape at `at`, or -1. */
const escapeEnd = (bytes: Uint8Array, at: number): number => {
  const code = bytes[at + 1] as number
  // u
  if (code === 117) {
    for (let digit = at + 2; digit < at + 6; digit++) if (!isHex(bytes[digit] as number)) return -1
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

const isTail = (code: number | undefined): boolean => code !== undefined && code >= 0x80 && code < 0xc0

/** The index of the last byte of the code point that starts at `at`, or -1 when it is not UTF-8. */
export const codePointEnd = (bytes: Uint8Array, at: number): number => {
  const first = bytes[at] as number
  const second = bytes[at + 1] as number
  if (first < 0xc2 || !isTail(second)) return -1
  if (first < 0xe0) return at + 1
  if (!isTail(bytes[at + 2])) return -1
  // No long forms, no surrogates.
  if (first < 0xf0) return (first === 0xe0 && second < 0xa0) || (first === 0xed && second >= 0xa0) ? -1 : at + 2
  const fits = (first > 0xf0 || second >= 0x90) && (first < 0xf4 || (first === 0xf4 && second < 0x90))
  return fits && isTail(bytes[at + 3]) ? at + 3 : -1
}

/** A string. */
export const stringEnd = (bytes: Uint8Array, from: number): number => {
  if (bytes[from] !== QUOTE) return -1
  const length = bytes.length
  for (let at = from + 1; at < length; at++) {
    const code = bytes[at] as number
    if (code === QUOTE) return at + 1
    if (code < 32) return -1
    if (code === BACKSLASH) at = escapeEnd(bytes, at)
    else if (code >= 128) at = codePointEnd(bytes, at)
    if (at === -1) return -1
  }
  return -1
}

const digitsEnd = (bytes: Uint8Array, from: number): number => {
  let at = from
  for (let code = bytes[at] as number; code >= ZERO && code <= NINE; code = bytes[at] as number) at++
  return at === from ? -1 : at
}

/** A number. */
export const numberEnd = (bytes: Uint8Array, from: number): number => {
  let at = (bytes[from] as number) === MINUS ? from + 1 : from
  at = (bytes[at] as number) === ZERO ? at + 1 : digitsEnd(bytes, at)
  if (at === -1) return -1
  if ((bytes[at] as number) === POINT) {
    at = digitsEnd(bytes, at + 1)
    if (at === -1) return -1
  }
  const exponent = bytes[at] as number
  if (exponent !== 101 && exponent !== 69) return at
  const sign = bytes[at + 1] as number
  return digitsEnd(bytes, sign === 43 || sign === MINUS ? at + 2 : at + 1)
}

const objectEnd = (bytes: Uint8Array, from: number, depth: number): number => {
  let at = skipSpace(bytes, from + 1)
  if ((bytes[at] as number) === CLOSE_BRACE) return at + 1
  for (;;) {
    at = stringEnd(bytes, at)
    if (at === -1) return -1
    at = skipSpace(bytes, at)
    if ((bytes[at] as number) !== COLON) return -1
    at = valueEnd(bytes, skipSpace(bytes, at + 1), depth)
    if (at === -1) return -1
    at = skipSpace(bytes, at)
    const code = bytes[at] as number
    if (code === CLOSE_BRACE) return at + 1
    if (code !== COMMA) return -1
    at = skipSpace(bytes, at + 1)
  }
}

const arrayEnd = (bytes: Uint8Array, from: number, depth: number): number => {
  let at = skipSpace(bytes, from + 1)
  if ((bytes[at] as number) === CLOSE_BRACKET) return at + 1
  for (;;) {
    at = valueEnd(bytes, at, depth)
    if (at === -1) return -1
    at = skipSpace(bytes, at)
    const code = bytes[at] as number
    if (code === CLOSE_BRACKET) return at + 1
    if (code !== COMMA) return -1
    at = skipSpace(bytes, at + 1)
  }
}

/** Any value. */
export const valueEnd = (bytes: Uint8Array, from: number, depth = 0): number => {
  const code = bytes[from] as number
  if (code === QUOTE) return stringEnd(bytes, from)
  if (code === OPEN_BRACE) return depth < maxDepth ? objectEnd(bytes, from, depth + 1) : -1
  if (code === OPEN_BRACKET) return depth < maxDepth ? arrayEnd(bytes, from, depth + 1) : -1
  if (code === 110) return isWord(bytes, from, words.null) ? from + 4 : -1
  if (code === 116) return isWord(bytes, from, words.true) ? from + 4 : -1
  if (code === 102) return isWord(bytes, from, words.false) ? from + 5 : -1
  return numberEnd(bytes, from)
}
