/** One page of the execution list, decoded record by record. */
import { Result, Schema } from "effect"
import { type Decoded, decodeRecord } from "./ExecutionRecord.ts"
import { elements, members } from "./JsonText.ts"
import { Malformed } from "./Malformed.ts"

/** Where the next page starts: opaque text that only the server understands. */
export const Cursor = Schema.String.check(Schema.isNonEmpty()).pipe(Schema.brand("Cursor"))
export type Cursor = typeof Cursor.Type

const nullable = <S extends Schema.Top>(schema: S) => Schema.optionalKey(Schema.NullOr(schema))

/** The part of `AlertExecutionListResponse` around its records; every other field of `pagination` is optional and unused. */
const Envelope = Schema.Struct({
  results: Schema.Array(Schema.Unknown),
  pagination: nullable(Schema.Struct({ next_cursor: nullable(Schema.String) })),
  total_count: Schema.optionalKey(Schema.Unknown),
})

const decodeEnvelope = Schema.decodeUnknownResult(Envelope)

/** A count that makes no sense is no count: it must not cost the page. */
const countOf = (value: unknown): number | null =>
  typeof value === "number" && Number.isSafeInteger(value) && value >= 0 ? value : null

export interface Page {
  /** The records in the order of the server. */
  readonly records: ReadonlyArray<Decoded>
  /** `null` on the last page. An empty page may have a next one. */
  readonly next: Cursor | null
  /** How many executions the server says there are in all, when it says so. */
  readonly totalCount: number | null
}

/**
 * Decodes the body of a list response. Fails with {@link Malformed} when it is
 * not JSON or has no `results`; a record that does not fit becomes a
 * `Quarantined` and the rest of the page stays.
 */
export const decodePage = (text: string): Result.Result<Page, Malformed> => {
  let body: unknown
  try {
    body = JSON.parse(text)
  } catch {
    return Result.fail(new Malformed({ path: "", expected: "Expected JSON" }))
  }
  const envelope = decodeEnvelope(body)
  if (Result.isFailure(envelope)) return Result.fail(Malformed.fromSchemaError(envelope.failure))
  const { pagination, results, total_count } = envelope.success
  const at = members(text).findLast((member) => member.key === "results")?.start ?? 0
  const spans = elements(text, at)
  const next = pagination?.next_cursor ?? ""
  return Result.succeed({
    records: results.map((record, index) => {
      const span = spans[index]
      return decodeRecord(record, span === undefined ? "" : text.slice(span.start, span.end))
    }),
    next: next === "" ? null : Cursor.make(next),
    totalCount: countOf(total_count),
  })
}
