/** Finds the parts of one execution in JSON text. */
import { existsAt } from "../Timestamp.ts"
import { ascii, isWord, words } from "./Ascii.ts"
import { valueEnd } from "./JsonScan.ts"
import { MatchScan } from "./MatchScan.ts"
import { isKey, isNull, scanElements, scanMembers } from "./MemberScan.ts"
import { Head, type Tape } from "./Tape.ts"
import { scanCount, scanName, scanOptionalName, scanString } from "./TextScan.ts"

const hasAlert = 1
const hasCollection = 2
const hasExecution = 4
const hasTriggered = 8
const hasMatchCount = 16
const hasMatches = 32
const hasSources = 64
const hasExecutedAt = 128
const hasDuration = 256
const required = hasAlert | hasCollection | hasTriggered | hasMatchCount | hasExecutedAt | hasDuration

const keys = {
  alertId: ascii("alert_id"),
  collectionId: ascii("collection_id"),
  executionId: ascii("execution_id"),
  triggered: ascii("triggered"),
  matchCount: ascii("match_count"),
  matches: ascii("matches"),
  sourceDocuments: ascii("source_documents"),
  executedAt: ascii("executed_at"),
  durationMs: ascii("duration_ms"),
}

export class ExecutionScan {
  private readonly tape: Tape
  private readonly match: MatchScan
  private had = 0
  private topScore = 0
  /** Where the execution that was read last begins on the tape. */
  at = 0

  constructor(tape: Tape) {
    this.tape = tape
    this.match = new MatchScan(tape)
  }

  /** Reads the execution at `from`; says where it ends, or -1 when it does not fit, or may not. */
  scan(from: number): number {
    const { tape } = this
    const at = tape.reserve(Head.size)
    this.at = at
    this.had = 0
    const end = scanMembers(tape.bytes, from, this.member)
    if (end === -1 || (this.had & required) !== required) return -1
    tape.set(at + Head.start, from)
    tape.set(at + Head.end, end)
    return end
  }

  private readonly member = (start: number, end: number, value: number): number => {
    const { at, tape } = this
    const { bytes } = tape
    switch (end - start) {
      case 7:
        if (isKey(bytes, start, end, keys.matches)) return this.once(hasMatches) ? this.matches(value) : -1
        break
      case 8:
        if (isKey(bytes, start, end, keys.alertId)) {
          return this.once(hasAlert) ? scanName(tape, value, at + Head.alertId) : -1
        }
        break
      case 9:
        if (isKey(bytes, start, end, keys.triggered)) return this.once(hasTriggered) ? this.triggered(value) : -1
        break
      case 11:
        return this.elevenLetters(start, end, value)
      case 12:
        if (isKey(bytes, start, end, keys.executionId)) {
          return this.once(hasExecution) ? scanOptionalName(tape, value, at + Head.executionId) : -1
        }
        break
      case 13:
        if (isKey(bytes, start, end, keys.collectionId)) {
          return this.once(hasCollection) ? scanName(tape, value, at + Head.collectionId) : -1
        }
        break
      case 16:
        if (isKey(bytes, start, end, keys.sourceDocuments)) return this.once(hasSources) ? this.sources(value) : -1
        break
    }
    return this.unlisted(value)
  }

  private elevenLetters(start: number, end: number, value: number): number {
    const { at, tape } = this
    const { bytes } = tape
    if (isKey(bytes, start, end, keys.matchCount)) {
      return this.once(hasMatchCount) ? scanCount(tape, value, at + Head.matchCount) : -1
    }
    if (isKey(bytes, start, end, keys.durationMs)) {
      return this.once(hasDuration) ? scanCount(tape, value, at + Head.durationMs) : -1
    }
    if (!isKey(bytes, start, end, keys.executedAt)) return this.unlisted(value)
    const last = this.once(hasExecutedAt) ? scanString(tape, value, at + Head.executedAt) : -1
    return last !== -1 && existsAt(bytes, value + 1, last - 1) ? last : -1
  }

  private unlisted(value: number): number {
    this.tape.set(this.at + Head.unlisted, 1)
    return valueEnd(this.tape.bytes, value)
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
