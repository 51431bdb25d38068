/** Passes over objects and arrays part by part, checking the grammar between the parts. */
import { skipSpace } from "./JsonScan.ts"

const QUOTE = 34
const COMMA = 44
const COLON = 58
const OPEN_BRACKET = 91
const BACKSLASH = 92
const CLOSE_BRACKET = 93
const OPEN_BRACE = 123
const CLOSE_BRACE = 125

/** Reads the value at `at`, whose key is text[keyStart, keyEnd); says where it ends, or -1 to give up. */
export type ReadMember = (keyStart: number, keyEnd: number, at: number) => number

/** Reads the element at `at`; says where it ends, or -1 to give up. */
export type ReadElement = (at: number) => number

/** The closing quote of a string without escapes whose opening quote is at `from`; -1 for any other. */
export const plainStringEnd = (text: string, from: number): number => {
  if (text.charCodeAt(from) !== QUOTE) return -1
  const length = text.length
  for (let at = from + 1; at < length; at++) {
    const code = text.charCodeAt(at)
    if (code === QUOTE) return at
    if (code < 32 || code === BACKSLASH) return -1
  }
  return -1
}

/** Reads every member of the object at `from`. Gives up at a key with an escape in it. */
export const scanMembers = (text: string, from: number, read: ReadMember): number => {
  if (text.charCodeAt(from) !== OPEN_BRACE) return -1
  let at = skipSpace(text, from + 1)
  if (text.charCodeAt(at) === CLOSE_BRACE) return at + 1
  for (;;) {
    const keyEnd = plainStringEnd(text, at)
    if (keyEnd === -1) return -1
    const colon = skipSpace(text, keyEnd + 1)
    if (text.charCodeAt(colon) !== COLON) return -1
    const end = read(at + 1, keyEnd, skipSpace(text, colon + 1))
    if (end === -1) return -1
    at = skipSpace(text, end)
    const code = text.charCodeAt(at)
    if (code === CLOSE_BRACE) return at + 1
    if (code !== COMMA) return -1
    at = skipSpace(text, at + 1)
  }
}

/** Reads every element of the array at `from`. */
export const scanElements = (text: string, from: number, read: ReadElement): number => {
  if (text.charCodeAt(from) !== OPEN_BRACKET) return -1
  let at = skipSpace(text, from + 1)
  if (text.charCodeAt(at) === CLOSE_BRACKET) return at + 1
  for (;;) {
    const end = read(at)
    if (end === -1) return -1
    at = skipSpace(text, end)
    const code = text.charCodeAt(at)
    if (code === CLOSE_BRACKET) return at + 1
    if (code !== COMMA) return -1
    at = skipSpace(text, at + 1)
  }
}

/** Whether text[start, end) is `name`. */
export const isKey = (text: string, start: number, end: number, name: string): boolean =>
  end - start === name.length && text.startsWith(name, start)

/** Whether `null` stands at `at`. */
export const isNull = (text: string, at: number): boolean => text.charCodeAt(at) === 110 && text.startsWith("null", at)
