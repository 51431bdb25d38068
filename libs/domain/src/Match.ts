/** One document that an alert's retriever returned. */
import { Schema } from "effect"
import { DocumentId } from "./Identifier.ts"
import { type JsonObject, unlisted } from "./Json.ts"

const Fields = Schema.Record(Schema.String, Schema.Unknown)

/**
 * A match as Mixpeek sends it. Unknown keys are kept.
 * Source: the published API reference 0.82, `AlertMatch`.
 */
export const AlertMatchWire = Schema.StructWithRest(
  Schema.Struct({
    document_id: DocumentId,
    score: Schema.Finite.check(Schema.isBetween({ minimum: 0, maximum: 1 })),
    asset_id: Schema.optionalKey(Schema.NullOr(Schema.String)),
    matched_features: Schema.optionalKey(Schema.NullOr(Fields)),
    metadata: Schema.optionalKey(Schema.NullOr(Fields)),
  }),
  [Fields],
)
export type AlertMatchWire = typeof AlertMatchWire.Type

/** The keys of a match that have a field of their own; every other key goes to `extra`. */
export const matchKeys: ReadonlySet<string> = new Set([
  "document_id",
  "score",
  "asset_id",
  "matched_features",
  "metadata",
])

/** One matched document. */
export interface AlertMatch {
  readonly documentId: DocumentId
  /** How well it matched, from 0 to 1. */
  readonly score: number
  readonly assetId: string | null
  /** What in the document matched: any JSON object, from the retriever. */
  readonly matchedFeatures: JsonObject | null
  /** The document's metadata: any JSON object, untrusted text of any language and length. */
  readonly metadata: JsonObject | null
  /** Keys that the reference does not list, by their wire name. */
  readonly extra: JsonObject
}

export const fromWire = (wire: AlertMatchWire): AlertMatch => ({
  documentId: wire.document_id,
  score: wire.score,
  assetId: wire.asset_id ?? null,
  matchedFeatures: (wire.matched_features ?? null) as JsonObject | null,
  metadata: (wire.metadata ?? null) as JsonObject | null,
  extra: unlisted(wire, matchKeys),
})

export const toWire = (match: AlertMatch): AlertMatchWire => ({
  ...match.extra,
  document_id: match.documentId,
  score: match.score,
  asset_id: match.assetId,
  matched_features: match.matchedFeatures,
  metadata: match.metadata,
})
