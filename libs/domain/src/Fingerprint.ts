/** A text in 64 bits, for telling texts apart where nobody means harm. Not for secrets: it is easy to forge. */

/** Two unsigned 32-bit halves, each a well-mixed function of the whole text. */
export interface Fingerprint {
  readonly high: number
  readonly low: number
}

const startHigh = 0xdeadbeef
const startLow = 0x41c6ce57
const stepHigh = (high: number, code: number): number => Math.imul(high ^ code, 2654435761)
const stepLow = (low: number, code: number): number => Math.imul(low ^ code, 1597334677)

const mixed = (high: number, low: number): Fingerprint => {
  const mixedHigh = Math.imul(high ^ (high >>> 16), 2246822507) ^ Math.imul(low ^ (low >>> 13), 3266489909)
  const mixedLow = Math.imul(low ^ (low >>> 16), 2246822507) ^ Math.imul(mixedHigh ^ (mixedHigh >>> 13), 3266489909)
  return { high: mixedHigh >>> 0, low: mixedLow >>> 0 }
}

/** The same text always has the same fingerprint, on every machine and in every version. */
export const fingerprint = (text: string): Fingerprint => {
  let high = startHigh
  let low = startLow
  for (let index = 0; index < text.length; index++) {
    const code = text.charCodeAt(index)
    high = stepHigh(high, code)
    low = stepLow(low, code)
  }
  return mixed(high, low)
}

/** The fingerprint of the text whose UTF-8 is bytes[from, to), when that is ASCII; `null` when it is not. */
export const asciiFingerprint = (bytes: Uint8Array, from: number, to: number): Fingerprint | null => {
  let high = startHigh
  let low = startLow
  for (let at = from; at < to; at++) {
    const code = bytes[at] as number
    if (code > 127) return null
    high = stepHigh(high, code)
    low = stepLow(low, code)
  }
  return mixed(high, low)
}

/** bytes[from, to) in 32 bits, for telling two contents of the same thing apart. In two lanes of four bytes, as an export asks it of every row. */
export const contentHash = (bytes: DataView, from: number, to: number): number => {
  const whole = to - ((to - from) & 7)
  let even = 0xdeadbeef ^ (to - from)
  let odd = 0x41c6ce57
  for (let at = from; at < whole; at += 8) {
    even = Math.imul(even ^ bytes.getInt32(at, true), 2654435761)
    odd = Math.imul(odd ^ bytes.getInt32(at + 4, true), 1597334677)
    even ^= even >>> 15
    odd ^= odd >>> 15
  }
  let hash = Math.imul(even ^ (odd >>> 7), 2654435761) ^ odd
  for (let at = whole; at < to; at++) hash = Math.imul(hash ^ bytes.getUint8(at), 1597334677)
  return (hash ^ (hash >>> 13)) >>> 0
}
