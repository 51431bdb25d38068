/** A match whose metadata and features stay text until somebody looks at them; few who export ever do. */
import type { DocumentId } from "../Identifier.ts"
import { type JsonObject, unlisted } from "../Json.ts"
import type { AlertMatch } from "../Match.ts"

const nothing: ReadonlySet<string> = new Set()

const objectOf = (text: string | null): JsonObject | null => (text === null ? null : (JSON.parse(text) as JsonObject))

export class ScannedMatch implements AlertMatch {
  readonly documentId: DocumentId
  readonly score: number
  readonly assetId: string | null
  /** As sent; `null` when absent or null. */
  readonly matchedFeaturesText: string | null
  /** As sent; `null` when absent or null. */
  readonly metadataText: string | null
  /** The keys that the reference does not list, as the text of an object; `null` when there are none. */
  readonly extraText: string | null
  private builtFeatures: JsonObject | null | undefined
  private builtMetadata: JsonObject | null | undefined

  constructor(
    documentId: DocumentId,
    score: number,
    assetId: string | null,
    matchedFeaturesText: string | null,
    metadataText: string | null,
    extraText: string | null,
  ) {
    this.documentId = documentId
    this.score = score
    this.assetId = assetId
    this.matchedFeaturesText = matchedFeaturesText
    this.metadataText = metadataText
    this.extraText = extraText
    this.builtFeatures = undefined
    this.builtMetadata = undefined
  }

  get matchedFeatures(): JsonObject | null {
    return (this.builtFeatures ??= objectOf(this.matchedFeaturesText))
  }

  get metadata(): JsonObject | null {
    return (this.builtMetadata ??= objectOf(this.metadataText))
  }

  get extra(): JsonObject {
    return unlisted(objectOf(this.extraText) ?? {}, nothing)
  }
}
