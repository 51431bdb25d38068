/** One page of the execution list, decoded record by record. */
import { Result, Schema } from "effect"
import { maxJsonDepth, parseJson } from "./BoundedJson.ts"
import { type Decoded, decodeRecord, tooDeep } from "./ExecutionRecord.ts"
import { type Element, elements, isDeeper, members } from "./JsonText.ts"
import { Malformed } from "./Malformed.ts"
import { type Scanned, scanPage } from "./scan/PageScan.ts"

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

/** One page of executions, and where the next one begins. */
export interface Page {
  /** The records in the order of the server. */
  readonly records: ReadonlyArray<Decoded>
  /** `null` on the last page. An empty page may have a next one. */
  readonly next: Cursor | null
  /** How many executions the server says there are in all, when it says so. */
  readonly totalCount: number | null
}

type Envelope = typeof Envelope.Type

const envelopeOf = (text: string): Result.Result<Envelope, Malformed> => {
  let body: unknown
  try {
    body = parseJson(text)
  } catch {
    return Result.fail(new Malformed({ path: "", expected: "Expected JSON" }))
  }
  return Result.mapError(decodeEnvelope(body), (error) => Malformed.fromSchemaError(error))
}

const pageOf = ({ pagination, total_count }: Envelope, records: ReadonlyArray<Decoded>): Page => {
  const next = pagination?.next_cursor ?? ""
  return { records, next: next === "" ? null : Cursor.make(next), totalCount: countOf(total_count) }
}

const recordsOf = (text: string): ReadonlyArray<Element> => {
  try {
    return elements(text, members(text).findLast((member) => member.key === "results")?.start ?? 0)
  } catch {
    return []
  }
}

/** The text with `null` for each record that is nested too deep, and which these are. */
const withoutDeep = (text: string, spans: ReadonlyArray<Element>): readonly [string, ReadonlySet<number>] => {
  const deep = new Set<number>()
  if (!isDeeper(text, maxJsonDepth)) return [text, deep]
  let shallow = ""
  let last = 0
  for (const [index, { end, start }] of spans.entries()) {
    if (!isDeeper(text.slice(start, end), maxJsonDepth)) continue
    deep.add(index)
    shallow += `${text.slice(last, start)}null`
    last = end
  }
  return [shallow + text.slice(last), deep]
}

/** Decodes a page by building all of it. The judge of {@link decodePage}, and its way out when a text is unusual. */
export const buildPage = (text: string): Result.Result<Page, Malformed> => {
  const spans = recordsOf(text)
  const [shallow, deep] = withoutDeep(text, spans)
  return Result.map(envelopeOf(shallow), (envelope) => {
    const records = envelope.results.map((record, index) => {
      const span = spans[index]
      const json = span === undefined ? "" : text.slice(span.start, span.end)
      return deep.has(index) ? tooDeep(json) : decodeRecord(record, json)
    })
    return pageOf(envelope, records)
  })
}

const decoder = new TextDecoder("utf-8", { ignoreBOM: true })
const encoder = new TextEncoder()

const scannedRecord = (bytes: Uint8Array, scanned: Scanned): Decoded => {
  if (scanned._tag === "ExecutionRecord") return scanned
  const json = decoder.decode(bytes.subarray(scanned.start, scanned.end))
  return decodeRecord(JSON.parse(json), json)
}

/**
 * Decodes the body of a list response, text or UTF-8, which is not copied and must not change afterwards. Fails with
 * {@link Malformed} when it is not JSON or has no `results`; a record that does
 * not fit becomes a `Quarantined` and the rest of the page stays.
 */
export const decodePage = (body: string | Uint8Array): Result.Result<Page, Malformed> => {
  const bytes = typeof body === "string" ? encoder.encode(body) : body
  const scanned = scanPage(bytes)
  if (scanned === null) return buildPage(typeof body === "string" ? body : decoder.decode(body))
  const around = `${decoder.decode(bytes.subarray(0, scanned.start))}[]${decoder.decode(bytes.subarray(scanned.end))}`
  return Result.map(envelopeOf(around), (envelope) =>
    pageOf(
      envelope,
      scanned.records.map((record) => scannedRecord(bytes, record)),
    ),
  )
}
