/** Finds single values in JSON text and puts their ranges on the tape. Each method returns where the value ends, or -1. */
import { OPEN_BRACE, POINT, ZERO } from "./Ascii.ts"
import { valueEnd } from "./JsonScan.ts"
import { isNull, plainStringEnd } from "./MemberScan.ts"
import type { Tape } from "./Tape.ts"

/** A string without escapes, and with something in it: a name. */
export const scanName = (tape: Tape, at: number, slot: number): number => {
  const end = scanString(tape, at, slot)
  return end === at + 2 ? -1 : end
}

/** A string without escapes. One with escapes is left to `JSON.parse`. */
export const scanString = (tape: Tape, at: number, slot: number): number => {
  const end = plainStringEnd(tape.bytes, at)
  if (end === -1) return -1
  tape.set(slot, at + 1)
  tape.set(slot + 1, end)
  return end + 1
}

/** A name, or null. */
export const scanOptionalName = (tape: Tape, at: number, slot: number): number =>
  isNull(tape.bytes, at) ? at + 4 : scanName(tape, at, slot)

/** A string without escapes, or null. */
export const scanOptionalString = (tape: Tape, at: number, slot: number): number =>
  isNull(tape.bytes, at) ? at + 4 : scanString(tape, at, slot)

/** An object, or null. */
export const scanOptionalObject = (tape: Tape, at: number, slot: number): number => {
  if (isNull(tape.bytes, at)) return at + 4
  if (tape.bytes[at] !== OPEN_BRACE) return -1
  const end = valueEnd(tape.bytes, at)
  tape.set(slot, at)
  tape.set(slot + 1, end)
  return end
}

/** Digits of a count that surely fits on the tape. */
const maxDigits = 9

/** A whole number from 0 on, without point or exponent. */
export const scanCount = (tape: Tape, from: number, slot: number): number => {
  const { bytes } = tape
  let at = from
  let count = 0
  for (;;) {
    const digit = (bytes[at] as number) - ZERO
    if (!(digit >= 0 && digit <= 9)) break
    count = count * 10 + digit
    at++
  }
  const next = bytes[at]
  // A point or an exponent may make it something else; a leading zero is no number.
  const unsure = next === POINT || next === 101 || next === 69 || (bytes[from] === ZERO && at > from + 1)
  tape.set(slot, count)
  return at === from || at - from > maxDigits || unsure ? -1 : at
}
