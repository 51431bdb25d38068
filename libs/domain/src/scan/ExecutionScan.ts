/** Finds the parts of one execution in JSON text. */
import { existsAt } from "../Timestamp.ts"
import { isWord, words } from "./Ascii.ts"
import { valueEnd } from "./JsonScan.ts"
import { MatchScan } from "./MatchScan.ts"
import { KnownNames, UNLISTED } from "./KnownNames.ts"
import { isNull, scanElements, scanNamed } from "./MemberScan.ts"
import { Head, type Tape } from "./Tape.ts"
import { scanCount, scanName, scanOptionalName, scanString } from "./TextScan.ts"

/** The members that are looked at, by their names, and a number for each. */
const Name = {
  execution_id: 0,
  alert_id: 1,
  collection_id: 2,
  triggered: 3,
  match_count: 4,
  matches: 5,
  source_documents: 6,
  executed_at: 7,
  duration_ms: 8,
} as const
const names = new KnownNames(Object.keys(Name))
const required =
  (1 << Name.alert_id) |
  (1 << Name.collection_id) |
  (1 << Name.triggered) |
  (1 << Name.match_count) |
  (1 << Name.executed_at) |
  (1 << Name.duration_ms)

export class ExecutionScan {
  private tape: Tape
  private readonly match: MatchScan
  private had = 0
  private topScore = 0
  /** Where the execution that was read last begins on the tape. */
  at = 0

  constructor(tape: Tape) {
    this.tape = tape
    this.match = new MatchScan(tape)
  }

  /** Reads from another text from now on. */
  turnTo(tape: Tape): void {
    this.tape = tape
    this.match.turnTo(tape)
  }

  /** Reads the execution at `from`; says where it ends, or -1 when it does not fit, or may not. */
  scan(from: number): number {
    const { tape } = this
    const at = tape.reserve(Head.size)
    this.at = at
    this.had = 0
    const end = scanNamed(tape.bytes, from, names, this.member)
    if (end === -1 || (this.had & required) !== required) return -1
    tape.set(at + Head.start, from)
    tape.set(at + Head.end, end)
    return end
  }

  private readonly member = (name: number, value: number): number => {
    const { at, tape } = this
    if (name === UNLISTED) {
      tape.set(at + Head.unlisted, 1)
      return valueEnd(tape.bytes, value)
    }
    if (!this.once(1 << name)) return -1
    switch (name) {
      case Name.execution_id:
        return scanOptionalName(tape, value, at + Head.executionId)
      case Name.alert_id:
        return scanName(tape, value, at + Head.alertId)
      case Name.collection_id:
        return scanName(tape, value, at + Head.collectionId)
      case Name.triggered:
        return this.triggered(value)
      case Name.match_count:
        return scanCount(tape, value, at + Head.matchCount)
      case Name.matches:
        return this.matches(value)
      case Name.source_documents:
        return this.sources(value)
      case Name.executed_at:
        return this.executedAt(value)
      default:
        return scanCount(tape, value, at + Head.durationMs)
    }
  }

  private executedAt(value: number): number {
    const { at, tape } = this
    const last = scanString(tape, value, at + Head.executedAt)
    return last !== -1 && existsAt(tape.bytes, value + 1, last - 1) ? last : -1
  }

  private triggered(value: number): number {
    const { bytes } = this.tape
    const yes = isWord(bytes, value, words.true)
    this.tape.set(this.at + Head.triggered, yes ? 1 : 0)
    return yes ? value + 4 : isWord(bytes, value, words.false) ? value + 5 : -1
  }

  private matches(value: number): number {
    const { at, tape } = this
    if (isNull(tape.bytes, value)) return value + 4
    tape.set(at + Head.matches, 0)
    tape.set(at + Head.matchesAt, tape.length)
    this.topScore = -1
    return scanElements(tape.bytes, value, this.matchAt)
  }

  private readonly matchAt = (value: number): number => {
    const { at, match, tape } = this
    const end = match.scan(value)
    tape.set(at + Head.matches, tape.get(at + Head.matches) + 1)
    if (match.score > this.topScore) {
      this.topScore = match.score
      tape.set(at + Head.topMatch, match.at)
    }
    return end
  }

  private sources(value: number): number {
    const { at, tape } = this
    if (isNull(tape.bytes, value)) return value + 4
    tape.set(at + Head.sources, 0)
    tape.set(at + Head.sourcesAt, tape.length)
    return scanElements(tape.bytes, value, this.sourceAt)
  }

  private readonly sourceAt = (value: number): number => {
    const { at, tape } = this
    tape.set(at + Head.sources, tape.get(at + Head.sources) + 1)
    return scanName(tape, value, tape.reserve(2))
  }

  /** Whether this is the first member of its name. */
  private once(bit: number): boolean {
    const first = (this.had & bit) === 0
    this.had |= bit
    return first
  }
}
