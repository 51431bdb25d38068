/** Reads one match out of JSON text. */
import type { DocumentId } from "../Identifier.ts"
import { members, unlistedText } from "../JsonText.ts"
import { matchKeys } from "../Match.ts"
import { numberEnd, valueEnd } from "./JsonScan.ts"
import { isKey, scanMembers } from "./MemberScan.ts"
import { ScannedMatch } from "./ScannedMatch.ts"
import type { TextScan } from "./TextScan.ts"

const hasDocument = 1
const hasScore = 2
const hasAsset = 4
const hasFeatures = 8
const hasMetadata = 16
const required = hasDocument | hasScore

export class MatchScan {
  private readonly text: string
  private readonly values: TextScan
  private documentId = ""
  private score = 0
  private assetId: string | null = null
  private features: string | null = null
  private metadata: string | null = null
  private unlisted = false
  private had = 0
  /** The match that was read last. */
  found: ScannedMatch | undefined

  constructor(values: TextScan) {
    this.text = values.text
    this.values = values
  }

  /** Reads the match at `from`; says where it ends, or -1 when it does not fit, or may not. */
  scan(from: number): number {
    this.assetId = null
    this.features = null
    this.metadata = null
    this.unlisted = false
    this.had = 0
    const end = scanMembers(this.text, from, this.member)
    if (end === -1 || (this.had & required) !== required) return -1
    const { assetId, documentId, features, metadata, score } = this
    this.found = new ScannedMatch(documentId as DocumentId, score, assetId, features, metadata, this.extra(from))
    return end
  }

  private extra(from: number): string | null {
    return this.unlisted ? (unlistedText(this.text, members(this.text, from), matchKeys) ?? null) : null
  }

  private readonly member = (start: number, end: number, at: number): number => {
    const { text, values } = this
    if (isKey(text, start, end, "document_id")) {
      const last = this.once(hasDocument) ? values.name(at) : -1
      this.documentId = values.value as string
      return last
    }
    if (isKey(text, start, end, "score")) return this.once(hasScore) ? this.scored(at) : -1
    if (isKey(text, start, end, "asset_id")) {
      const last = this.once(hasAsset) ? values.optionalString(at) : -1
      this.assetId = values.value
      return last
    }
    if (isKey(text, start, end, "matched_features")) {
      const last = this.once(hasFeatures) ? values.optionalObject(at) : -1
      this.features = values.value
      return last
    }
    if (isKey(text, start, end, "metadata")) {
      const last = this.once(hasMetadata) ? values.optionalObject(at) : -1
      this.metadata = values.value
      return last
    }
    this.unlisted = true
    return valueEnd(text, at)
  }

  private scored(at: number): number {
    const end = numberEnd(this.text, at)
    if (end === -1) return -1
    this.score = Number(this.text.slice(at, end))
    return this.score >= 0 && this.score <= 1 ? end : -1
  }

  /** Whether this is the first member of its name. */
  private once(bit: number): boolean {
    const first = (this.had & bit) === 0
    this.had |= bit
    return first
  }
}
