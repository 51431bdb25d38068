/** The newest executions as a text that can be kept, and back. Whatever does not fit is taken for nothing. */
import { type Decoded, parseRecord } from "@mixpeek-alerts/domain"
import { Option, Result, Schema } from "effect"

export interface SavedPage {
  readonly records: ReadonlyArray<Decoded>
  readonly total: number | null
  /** Milliseconds since the epoch. */
  readonly savedAt: number
}

/** More is not kept: enough for the first screens, and read in a few milliseconds. */
const mostRecords = 100
export const mostBytes = 1_000_000

const Wire = Schema.Struct({
  format: Schema.Literal(1),
  identity: Schema.String,
  savedAt: Schema.Int.check(Schema.isGreaterThan(0)),
  total: Schema.NullOr(Schema.Int.check(Schema.isGreaterThanOrEqualTo(0))),
  /** The text of each record, as the server sent it. */
  records: Schema.Array(Schema.String),
})

const decodeWire = Schema.decodeUnknownOption(Wire)

/** The text to keep: the newest records that fit into it. */
export const savedText = ({ records, savedAt, total }: SavedPage, identity: string): string => {
  const texts: Array<string> = []
  let bytes = 0
  for (const { json } of records.slice(0, mostRecords)) {
    bytes += Buffer.byteLength(JSON.stringify(json)) + 1
    if (bytes > mostBytes - 1000) break
    texts.push(json)
  }
  return JSON.stringify({ format: 1, identity, savedAt, total, records: texts })
}

const parsed = (text: string): unknown => {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}

/** What was kept; `null` when the text is damaged, somebody else's, or from the future. */
export const savedFrom = (text: string, identity: string, now: number): SavedPage | null => {
  const wire = Option.getOrNull(decodeWire(parsed(text)))
  if (wire === null || wire.identity !== identity || wire.savedAt > now + 60_000) return null
  const records: Array<Decoded> = []
  for (const json of wire.records) {
    const record = parseRecord(Buffer.from(json))
    if (Result.isFailure(record)) return null
    records.push(record.success)
  }
  return records.length === 0 ? null : { records, total: wire.total, savedAt: wire.savedAt }
}
