/**
 * Where the parts of the records of a page lie in its text: numbers only, so
 * that a page of a thousand records costs one array and no garbage. A record is
 * a head of {@link Head.size} numbers, and its matches and source documents lie
 * behind it. A range is [start, end); -1 as a start says null or absent.
 */

/** Offsets from the beginning of a record's head. */
export const Head = {
  start: 0,
  end: 1,
  executionId: 2,
  alertId: 4,
  collectionId: 6,
  executedAt: 8,
  triggered: 10,
  matchCount: 11,
  durationMs: 12,
  /** How many matches were sent; -1 when none were, not even an empty list. */
  matches: 13,
  matchesAt: 14,
  /** As `matches`, for source documents, of which each is a range. */
  sources: 15,
  sourcesAt: 16,
  /** The tape index of the match with the highest score; -1 when there is no match. */
  topMatch: 17,
  /** 1 when there are keys that the reference does not list. */
  unlisted: 18,
  size: 19,
} as const

/** Offsets from the beginning of a match. */
export const MatchPart = {
  start: 0,
  end: 1,
  documentId: 2,
  score: 4,
  /** 1 when the score is spelled as JavaScript would spell it. */
  plainScore: 6,
  assetId: 7,
  features: 9,
  metadata: 11,
  unlisted: 13,
  size: 14,
} as const

export class Tape {
  /** The text, in UTF-8, that the numbers are indexes of. */
  readonly bytes: Uint8Array
  private numbers: Int32Array
  length = 0

  /** A record has about one number for this many bytes, so that a page hardly ever has to grow its tape. */
  private static readonly bytesPerNumber = 16

  constructor(bytes: Uint8Array) {
    this.bytes = bytes
    this.numbers = new Int32Array(128 + Math.ceil(bytes.length / Tape.bytesPerNumber))
  }

  /** Makes room for `count` numbers at the end, each -1, and returns where they begin. */
  reserve(count: number): number {
    const at = this.length
    this.length += count
    if (this.length > this.numbers.length) {
      const larger = new Int32Array(this.numbers.length * 2 + count)
      larger.set(this.numbers.subarray(0, at))
      this.numbers = larger
    }
    // A loop, since a call of `fill` costs more than so few numbers.
    const { length, numbers } = this
    for (let index = at; index < length; index++) numbers[index] = -1
    return at
  }

  get(at: number): number {
    return this.numbers[at] as number
  }

  set(at: number, value: number): void {
    this.numbers[at] = value
  }

  /** The text of the range at `at`; null when there is none. */
  slice(at: number): string | null {
    const start = this.numbers[at] as number
    return start === -1 ? null : textOf(this.bytes, start, this.numbers[at + 1] as number)
  }
}

const decoder = new TextDecoder("utf-8", { ignoreBOM: true })

/** The text that is bytes[start, end). */
export const textOf = (bytes: Uint8Array, start: number, end: number): string =>
  decoder.decode(bytes.subarray(start, end))

/** Short text that is surely ASCII: bytes[start, end). */
export const asciiText = (bytes: Uint8Array, start: number, end: number): string =>
  String.fromCharCode.apply(null, bytes.subarray(start, end) as unknown as Array<number>)

/** Whether bytes[start, end) is this text, which is ASCII. */
export const isAscii = (bytes: Uint8Array, start: number, end: number, text: string): boolean => {
  if (end - start !== text.length) return false
  for (let at = 0; at < text.length; at++) if (bytes[start + at] !== text.charCodeAt(at)) return false
  return true
}
