/** Finds the parts of one match in JSON text. */
import { POINT, ZERO } from "./Ascii.ts"
import { numberEnd, valueEnd } from "./JsonScan.ts"
import { KnownNames, UNLISTED } from "./KnownNames.ts"
import { scanNamed } from "./MemberScan.ts"
import { asciiText, MatchPart, type Tape } from "./Tape.ts"
import { scanName, scanOptionalObject, scanOptionalString } from "./TextScan.ts"

/** The members that are looked at, by their names, and a number for each. */
const Name = { document_id: 0, score: 1, asset_id: 2, matched_features: 3, metadata: 4 } as const
const names = new KnownNames(Object.keys(Name))
const required = (1 << Name.document_id) | (1 << Name.score)

/** Digits after the point whose value and whose power of ten are both exact, so that their quotient is rounded once. */
const maxDigits = 15

/** A longer number is left to `JSON.parse`: its text is handed over as arguments, of which there is an end. */
const maxNumber = 400

/**
 * The number that bytes[from, end) spells, when it is `0.` and a few digits of
 * which the last is not 0: from 1e-6 on, JavaScript spells such a number the
 * same way. -1 for any other spelling.
 */
const plainFraction = (bytes: Uint8Array, from: number, end: number): number => {
  if (bytes[from] !== ZERO || bytes[from + 1] !== POINT || bytes[end - 1] === ZERO || end - from - 2 > maxDigits)
    return -1
  let digits = 0
  for (let at = from + 2; at < end; at++) {
    const digit = (bytes[at] as number) - ZERO
    if (!(digit >= 0 && digit <= 9)) return -1
    digits = digits * 10 + digit
  }
  const value = digits / (powers[end - from - 2] as number)
  return value < 1e-6 ? -1 : value
}

const powers = Array.from({ length: maxDigits + 1 }, (_, exponent) => 10 ** exponent)

export class MatchScan {
  private tape: Tape
  private had = 0
  /** Where the match that is being read begins on the tape. */
  at = 0
  /** The score of the match that was read last. */
  score = 0

  constructor(tape: Tape) {
    this.tape = tape
  }

  /** Reads from another text from now on. */
  turnTo(tape: Tape): void {
    this.tape = tape
  }

  /** Reads the match at `from`; says where it ends, or -1 when it does not fit, or may not. */
  scan(from: number): number {
    this.at = this.tape.reserve(MatchPart.size)
    this.had = 0
    this.tape.set(this.at + MatchPart.start, from)
    const end = scanNamed(this.tape.bytes, from, names, this.member)
    this.tape.set(this.at + MatchPart.end, end)
    return (this.had & required) === required ? end : -1
  }

  private readonly member = (name: number, value: number): number => {
    const { at, tape } = this
    if (name === UNLISTED) {
      tape.set(at + MatchPart.unlisted, 1)
      return valueEnd(tape.bytes, value)
    }
    if (!this.once(1 << name)) return -1
    switch (name) {
      case Name.document_id:
        return scanName(tape, value, at + MatchPart.documentId)
      case Name.score:
        return this.scored(value)
      case Name.asset_id:
        return scanOptionalString(tape, value, at + MatchPart.assetId)
      case Name.matched_features:
        return scanOptionalObject(tape, value, at + MatchPart.features)
      default:
        return scanOptionalObject(tape, value, at + MatchPart.metadata)
    }
  }

  private scored(from: number): number {
    const { at, tape } = this
    const end = numberEnd(tape.bytes, from)
    if (end === -1 || end - from > maxNumber) return -1
    const plain = plainFraction(tape.bytes, from, end)
    this.score = plain === -1 ? Number(asciiText(tape.bytes, from, end)) : plain
    tape.set(at + MatchPart.score, from)
    tape.set(at + MatchPart.score + 1, end)
    tape.set(at + MatchPart.plainScore, plain === -1 ? 0 : 1)
    return this.score >= 0 && this.score <= 1 ? end : -1
  }

  /** Whether this is the first member of its name. */
  private once(bit: number): boolean {
    const first = (this.had & bit) === 0
    this.had |= bit
    return first
  }
}
