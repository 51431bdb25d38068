/** Reads one execution out of JSON text. */
import type { AlertExecution } from "../Execution.ts"
import { executionKeys } from "../Execution.ts"
import type { AlertId, CollectionId, DocumentId, ExecutionId } from "../Identifier.ts"
import { type JsonObject, noMembers, unlisted } from "../Json.ts"
import { members, unlistedText } from "../JsonText.ts"
import { exists, type Timestamp } from "../Timestamp.ts"
import type { AlertMatch } from "../Match.ts"
import { valueEnd } from "./JsonScan.ts"
import { MatchScan } from "./MatchScan.ts"
import { isKey, isNull, scanElements, scanMembers } from "./MemberScan.ts"
import { TextScan } from "./TextScan.ts"

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

const nothing: ReadonlySet<string> = new Set()

/** Digits of a count that is surely a safe integer. */
const maxDigits = 15

export class ExecutionScan {
  private readonly text: string
  private readonly values: TextScan
  private readonly match: MatchScan
  private alertId = ""
  private collectionId = ""
  private executionId: string | null = null
  private triggered = false
  private matchCount = 0
  private matches: Array<AlertMatch> | null = null
  private sources: Array<DocumentId> | null = null
  private executedAt = ""
  private durationMs = 0
  private unlisted = false
  private had = 0
  private count = 0
  /** The execution that was read last. */
  found: AlertExecution | undefined

  constructor(text: string) {
    this.text = text
    this.values = new TextScan(text)
    this.match = new MatchScan(this.values)
  }

  /** Reads the execution at `from`; says where it ends, or -1 when it does not fit, or may not. */
  scan(from: number): number {
    this.executionId = null
    this.matches = null
    this.sources = null
    this.unlisted = false
    this.had = 0
    const end = scanMembers(this.text, from, this.member)
    if (end === -1 || (this.had & required) !== required) return -1
    this.found = {
      alertId: this.alertId as AlertId,
      collectionId: this.collectionId as CollectionId,
      executionId: this.executionId as ExecutionId | null,
      triggered: this.triggered,
      matchCount: this.matchCount,
      matches: this.matches,
      sourceDocuments: this.sources,
      executedAt: this.executedAt as Timestamp,
      durationMs: this.durationMs,
      extra: this.unlisted ? this.extra(from) : noMembers,
    }
    return end
  }

  private extra(from: number): JsonObject {
    const text = unlistedText(this.text, members(this.text, from), executionKeys)
    return text === undefined ? noMembers : unlisted(JSON.parse(text) as object, nothing)
  }

  private readonly member = (start: number, end: number, at: number): number => {
    const { text, values } = this
    switch (end - start) {
      case 7:
        if (isKey(text, start, end, "matches")) return this.once(hasMatches) ? this.matchList(at) : -1
        break
      case 8:
        if (isKey(text, start, end, "alert_id")) {
          const last = this.once(hasAlert) ? values.name(at) : -1
          this.alertId = values.value as string
          return last
        }
        break
      case 9:
        if (isKey(text, start, end, "triggered")) return this.once(hasTriggered) ? this.flag(at) : -1
        break
      case 11:
        return this.elevenLetters(start, end, at)
      case 12:
        if (isKey(text, start, end, "execution_id")) {
          const last = this.once(hasExecution) ? values.optionalName(at) : -1
          this.executionId = values.value
          return last
        }
        break
      case 13:
        if (isKey(text, start, end, "collection_id")) {
          const last = this.once(hasCollection) ? values.name(at) : -1
          this.collectionId = values.value as string
          return last
        }
        break
      case 16:
        if (isKey(text, start, end, "source_documents")) return this.once(hasSources) ? this.sourceList(at) : -1
        break
    }
    return this.other(at)
  }

  private elevenLetters(start: number, end: number, at: number): number {
    const { text, values } = this
    if (isKey(text, start, end, "match_count")) {
      const last = this.once(hasMatchCount) ? this.counted(at) : -1
      this.matchCount = this.count
      return last
    }
    if (isKey(text, start, end, "duration_ms")) {
      const last = this.once(hasDuration) ? this.counted(at) : -1
      this.durationMs = this.count
      return last
    }
    if (!isKey(text, start, end, "executed_at")) return this.other(at)
    const last = this.once(hasExecutedAt) ? values.string(at) : -1
    this.executedAt = values.value as string
    return last !== -1 && exists(this.executedAt) ? last : -1
  }

  private other(at: number): number {
    this.unlisted = true
    return valueEnd(this.text, at)
  }

  private flag(at: number): number {
    this.triggered = this.text.startsWith("true", at)
    return this.triggered ? at + 4 : this.text.startsWith("false", at) ? at + 5 : -1
  }

  private counted(from: number): number {
    let at = from
    let count = 0
    for (;;) {
      const digit = this.text.charCodeAt(at) - 48
      if (!(digit >= 0 && digit <= 9)) break
      count = count * 10 + digit
      at++
    }
    this.count = count
    const next = this.text.charCodeAt(at)
    // A point or an exponent may make it something else; a leading zero is no number.
    const unsure = next === 46 || next === 101 || next === 69 || (this.text.charCodeAt(from) === 48 && at > from + 1)
    return at === from || at - from > maxDigits || unsure ? -1 : at
  }

  private matchList(at: number): number {
    if (isNull(this.text, at)) return at + 4
    this.matches = []
    return scanElements(this.text, at, this.matchAt)
  }

  private readonly matchAt = (at: number): number => {
    const end = this.match.scan(at)
    if (end !== -1) this.matches?.push(this.match.found as AlertMatch)
    return end
  }

  private sourceList(at: number): number {
    if (isNull(this.text, at)) return at + 4
    this.sources = []
    return scanElements(this.text, at, this.sourceAt)
  }

  private readonly sourceAt = (at: number): number => {
    const end = this.values.name(at)
    if (end !== -1) this.sources?.push(this.values.value as DocumentId)
    return end
  }

  /** Whether this is the first member of its name. */
  private once(bit: number): boolean {
    const first = (this.had & bit) === 0
    this.had |= bit
    return first
  }
}
