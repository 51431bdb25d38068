/** A text in 64 bits, for telling texts apart where nobody means harm. Not for secrets: it is easy to forge. */

/** Two unsigned 32-bit halves, each a well-mixed function of the whole text. */
export interface Fingerprint {
  readonly high: number
  readonly low: number
}

/** The same text always has the same fingerprint, on every machine and in every version. */
export const fingerprint = (text: string): Fingerprint => {
  let high = 0xdeadbeef
  let low = 0x41c6ce57
  for (let index = 0; index < text.length; index++) {
    const code = text.charCodeAt(index)
    high = Math.imul(high ^ code, 2654435761)
    low = Math.imul(low ^ code, 1597334677)
  }
  const mixedHigh = Math.imul(high ^ (high >>> 16), 2246822507) ^ Math.imul(low ^ (low >>> 13), 3266489909)
  const mixedLow = Math.imul(low ^ (low >>> 16), 2246822507) ^ Math.imul(mixedHigh ^ (mixedHigh >>> 13), 3266489909)
  return { high: mixedHigh >>> 0, low: mixedLow >>> 0 }
}

/** Bytes in 32 bits, for telling two contents of the same thing apart. Four bytes at a time, as an export asks it of every row. */
export const contentHash = (bytes: Uint8Array): number => {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const whole = bytes.length & ~3
  let hash = 0xdeadbeef ^ bytes.length
  for (let at = 0; at < whole; at += 4) {
    hash = Math.imul(hash ^ view.getInt32(at, true), 2654435761)
    hash ^= hash >>> 15
  }
  for (let at = whole; at < bytes.length; at++) hash = Math.imul(hash ^ (bytes[at] as number), 1597334677)
  return (hash ^ (hash >>> 13)) >>> 0
}
