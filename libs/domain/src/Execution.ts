/** One run of an alert: whether it triggered, what matched, and how long it took. */
import { Result, Schema, SchemaTransformation } from "effect"
import { AlertId, CollectionId, DocumentId, ExecutionId } from "./Identifier.ts"
import { type JsonObject, unlisted } from "./Json.ts"
import { type AlertMatch, AlertMatchWire, fromWire as matchFromWire, toWire as matchToWire } from "./Match.ts"
import { Malformed } from "./Malformed.ts"
import { Timestamp } from "./Timestamp.ts"

const Count = Schema.Int.check(Schema.isGreaterThanOrEqualTo(0))

/**
 * An execution as Mixpeek sends it. Unknown keys are kept.
 * Source: the published API reference 0.82, `AlertExecutionResult`.
 */
export const AlertExecutionWire = Schema.StructWithRest(
  Schema.Struct({
    alert_id: AlertId,
    collection_id: CollectionId,
    execution_id: Schema.optionalKey(Schema.NullOr(ExecutionId)),
    triggered: Schema.Boolean,
    match_count: Count,
    matches: Schema.optionalKey(Schema.NullOr(Schema.Array(AlertMatchWire))),
    source_documents: Schema.optionalKey(Schema.NullOr(Schema.Array(DocumentId))),
    executed_at: Timestamp,
    duration_ms: Count,
  }),
  [Schema.Record(Schema.String, Schema.Unknown)],
)
export type AlertExecutionWire = typeof AlertExecutionWire.Type

/** The keys of an execution that have a field of their own; every other key goes to `extra`. */
export const executionKeys: ReadonlySet<string> = new Set([
  "alert_id",
  "collection_id",
  "execution_id",
  "triggered",
  "match_count",
  "matches",
  "source_documents",
  "executed_at",
  "duration_ms",
])

/** One run of an alert. */
export interface AlertExecution {
  readonly alertId: AlertId
  readonly collectionId: CollectionId
  /** `null` when the server left it out, which it may, in lists too. */
  readonly executionId: ExecutionId | null
  /** Whether the retriever returned results. */
  readonly triggered: boolean
  /** How many matches the server counted, whether or not it sent them. */
  readonly matchCount: number
  /** `null` when the alert is configured without matches; `[]` when there were none. */
  readonly matches: ReadonlyArray<AlertMatch> | null
  /** The documents whose arrival ran the alert; `null` when the server did not say. */
  readonly sourceDocuments: ReadonlyArray<DocumentId> | null
  readonly executedAt: Timestamp
  /** How long the run took, in milliseconds. */
  readonly durationMs: number
  /** Keys that the reference does not list, by their wire name. */
  readonly extra: JsonObject
}

const fromWire = (wire: AlertExecutionWire): AlertExecution => ({
  alertId: wire.alert_id,
  collectionId: wire.collection_id,
  executionId: wire.execution_id ?? null,
  triggered: wire.triggered,
  matchCount: wire.match_count,
  matches: wire.matches?.map(matchFromWire) ?? null,
  sourceDocuments: wire.source_documents ?? null,
  executedAt: wire.executed_at,
  durationMs: wire.duration_ms,
  extra: unlisted(wire, executionKeys),
})

const toWire = (execution: AlertExecution): AlertExecutionWire => ({
  ...execution.extra,
  alert_id: execution.alertId,
  collection_id: execution.collectionId,
  ...(execution.executionId === null ? {} : { execution_id: execution.executionId }),
  triggered: execution.triggered,
  match_count: execution.matchCount,
  matches: execution.matches?.map(matchToWire) ?? null,
  source_documents: execution.sourceDocuments,
  executed_at: execution.executedAt,
  duration_ms: execution.durationMs,
})

/** The codec between the wire and the domain, for use inside other schemas. */
export const AlertExecution = AlertExecutionWire.pipe(
  Schema.decodeTo(
    Schema.declare((value): value is AlertExecution => typeof value === "object" && value !== null),
    SchemaTransformation.transform({ decode: fromWire, encode: toWire }),
  ),
)

const decodeWire = Schema.decodeUnknownResult(AlertExecutionWire)

/**
 * Decodes one record that `JSON.parse` produced. Fails with {@link Malformed},
 * which names the path of the first thing that did not fit and never its value.
 */
export const decode = (input: unknown): Result.Result<AlertExecution, Malformed> => {
  const wire = decodeWire(input)
  return Result.isSuccess(wire)
    ? Result.succeed(fromWire(wire.success))
    : Result.fail(Malformed.fromSchemaError(wire.failure))
}

/** The wire form of an execution, ready for `JSON.stringify`. */
export const encode = toWire

/** The highest score of the matches that were sent; `null` when there were none. */
export const topScore = (execution: AlertExecution): number | null => {
  if (execution.matches === null || execution.matches.length === 0) return null
  let top = 0
  for (const match of execution.matches) if (match.score > top) top = match.score
  return top
}
