/** Passes over objects and arrays part by part, checking the grammar between the parts. */
import {
  BACKSLASH,
  CLOSE_BRACE,
  CLOSE_BRACKET,
  COLON,
  COMMA,
  isWord,
  OPEN_BRACE,
  OPEN_BRACKET,
  QUOTE,
  words,
} from "./Ascii.ts"
import { type KnownNames, UNLISTED } from "./KnownNames.ts"
import { codePointEnd, skipSpace } from "./JsonScan.ts"

/** Reads the value at `at`, whose key is bytes[keyStart, keyEnd); says where it ends, or -1 to give up. */
export type ReadMember = (keyStart: number, keyEnd: number, at: number) => number

/** Reads the element at `at`; says where it ends, or -1 to give up. */
export type ReadElement = (at: number) => number

/** The closing quote of a string without escapes whose opening quote is at `from`; -1 for any other. */
export const plainStringEnd = (bytes: Uint8Array, from: number): number => {
  if (bytes[from] !== QUOTE) return -1
  const length = bytes.length
  for (let at = from + 1; at < length; at++) {
    const code = bytes[at] as number
    if (code === QUOTE) return at
    if (code < 32 || code === BACKSLASH) return -1
    if (code >= 128) {
      at = codePointEnd(bytes, at)
      if (at === -1) return -1
    }
  }
  return -1
}

/** Reads every member of the object at `from`. Gives up at a key with an escape in it. */
export const scanMembers = (bytes: Uint8Array, from: number, read: ReadMember): number => {
  if (bytes[from] !== OPEN_BRACE) return -1
  let at = skipSpace(bytes, from + 1)
  if (bytes[at] === CLOSE_BRACE) return at + 1
  for (;;) {
    const keyEnd = plainStringEnd(bytes, at)
    if (keyEnd === -1) return -1
    const colon = skipSpace(bytes, keyEnd + 1)
    if (bytes[colon] !== COLON) return -1
    const end = read(at + 1, keyEnd, skipSpace(bytes, colon + 1))
    if (end === -1) return -1
    at = skipSpace(bytes, end)
    const code = bytes[at]
    if (code === CLOSE_BRACE) return at + 1
    if (code !== COMMA) return -1
    at = skipSpace(bytes, at + 1)
  }
}

/** Reads the value at `at` of the member that has this one of the known names, or {@link UNLISTED}; says where it ends, or -1 to give up. */
export type ReadNamed = (name: number, at: number) => number

/** Reads every member of the object at `from` by its name. Gives up at a key with an escape in it. */
export const scanNamed = (bytes: Uint8Array, from: number, names: KnownNames, read: ReadNamed): number => {
  if (bytes[from] !== OPEN_BRACE) return -1
  names.begin()
  let at = skipSpace(bytes, from + 1)
  if (bytes[at] === CLOSE_BRACE) return at + 1
  for (;;) {
    let name = names.expected(bytes, at)
    let value = -1
    if (name === UNLISTED) {
      const keyEnd = plainStringEnd(bytes, at)
      if (keyEnd === -1) return -1
      const colon = skipSpace(bytes, keyEnd + 1)
      if (bytes[colon] !== COLON) return -1
      name = names.find(bytes, at + 1, keyEnd)
      value = colon + 1
    } else value = at + names.width(name)
    const end = read(name, skipSpace(bytes, value))
    if (end === -1) return -1
    at = skipSpace(bytes, end)
    const code = bytes[at]
    if (code === CLOSE_BRACE) return at + 1
    if (code !== COMMA) return -1
    at = skipSpace(bytes, at + 1)
  }
}

/** Reads every element of the array at `from`. */
export const scanElements = (bytes: Uint8Array, from: number, read: ReadElement): number => {
  if (bytes[from] !== OPEN_BRACKET) return -1
  let at = skipSpace(bytes, from + 1)
  if (bytes[at] === CLOSE_BRACKET) return at + 1
  for (;;) {
    const end = read(at)
    if (end === -1) return -1
    at = skipSpace(bytes, end)
    const code = bytes[at]
    if (code === CLOSE_BRACKET) return at + 1
    if (code !== COMMA) return -1
    at = skipSpace(bytes, at + 1)
  }
}

/** Whether bytes[start, end) is `name`. */
export const isKey = (bytes: Uint8Array, start: number, end: number, name: Uint8Array): boolean =>
  end - start === name.length && isWord(bytes, start, name)

/** Whether `null` stands at `at`. */
export const isNull = (bytes: Uint8Array, at: number): boolean => bytes[at] === 110 && isWord(bytes, at, words.null)
