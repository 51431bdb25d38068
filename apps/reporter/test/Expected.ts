/** What the tables must hold, computed from the sample's JSON alone: nothing here comes from the program. */
import { make } from "@mixpeek-alerts/domain/Sample"

/** A cell as a reader that tells null from empty text sees it. */
export type Read = string | null

export type Json = Readonly<Record<string, unknown>>

export interface ExpectedTables {
  readonly executions: ReadonlyArray<ReadonlyArray<Read>>
  readonly matches: ReadonlyArray<ReadonlyArray<Read>>
  readonly source_documents: ReadonlyArray<ReadonlyArray<Read>>
}

const json = JSON as unknown as {
  rawJSON: (text: string) => unknown
  isRawJSON: (value: unknown) => boolean
}

/** Parses and keeps every number as it was spelled. */
export const parseExact = (text: string): Json =>
  (JSON.parse as (text: string, revive: (key: string, value: unknown, at: { source: string }) => unknown) => Json)(
    text,
    (_key, value, { source }) => (typeof value === "number" ? json.rawJSON(source) : value),
  )

const spelled = (value: unknown): string => JSON.stringify(value)

const number = (value: unknown): string => String(Number(spelled(value)))

const text = (value: unknown): Read => (value === undefined || value === null ? null : (value as string))

const jsonCell = (value: unknown): Read => (value === undefined || value === null ? null : spelled(value))

const rest = (value: Json, listed: ReadonlyArray<string>): Read => {
  const others = Object.entries(value).filter(([name]) => !listed.includes(name))
  return others.length === 0 ? null : spelled(Object.fromEntries(others))
}

/** The UTC instant with the digits that were sent. */
export const utc = (timestamp: string): string => {
  const [, seconds, fraction = "", offset = "Z"] = /^(.{19})(\.\d+)?(Z|[+-]\d\d:\d\d)?$/.exec(timestamp) ?? []
  return `${new Date(Date.parse(`${seconds}${offset}`)).toISOString().slice(0, 19)}${fraction}Z`
}

const listed = [
  "execution_id",
  "alert_id",
  "collection_id",
  "triggered",
  "match_count",
  "matches",
  "source_documents",
  "executed_at",
  "duration_ms",
]
const listedOfMatch = ["document_id", "score", "asset_id", "matched_features", "metadata"]

const at = (value: unknown, path: ReadonlyArray<string>): Read => {
  const found = path.reduce<unknown>((here, key) => (here as Json | null | undefined)?.[key], value)
  if (found === undefined || found === null) return null
  return typeof found === "string" ? found.toWellFormed() : spelled(found)
}

export interface Wanted {
  readonly seed: number
  /** Indexes in the order in which their rows come. */
  readonly indexes: ReadonlyArray<number>
  /** The key of a record without an ID. */
  readonly synthetic: (position: number) => string
  readonly flatten?: ReadonlyArray<string>
}

/** The rows of the three tables for records as `parseExact` reads them. */
export const expectedOf = (
  records: ReadonlyArray<Json>,
  synthetic: (position: number) => string,
  flatten: ReadonlyArray<string> = [],
): ExpectedTables => {
  const tables = {
    executions: [] as Array<Array<Read>>,
    matches: [] as Array<Array<Read>>,
    source_documents: [] as Array<Array<Read>>,
  }
  for (const [position, record] of records.entries()) {
    const matches = (record["matches"] ?? null) as ReadonlyArray<Json> | null
    const documents = (record["source_documents"] ?? null) as ReadonlyArray<string> | null
    const scores = (matches ?? []).map((match) => Number(spelled(match["score"])))
    const key = text(record["execution_id"]) ?? synthetic(position)
    tables.executions.push([
      key,
      text(record["execution_id"]),
      text(record["alert_id"]),
      text(record["collection_id"]),
      String(record["triggered"]),
      number(record["match_count"]),
      String(matches !== null),
      matches === null ? null : String(matches.length),
      scores.length === 0 ? null : String(Math.max(...scores)),
      text(record["executed_at"]),
      utc(record["executed_at"] as string),
      number(record["duration_ms"]),
      documents === null ? null : String(documents.length),
      rest(record, listed),
    ])
    for (const [matchIndex, match] of (matches ?? []).entries()) {
      tables.matches.push([
        key,
        String(matchIndex),
        text(match["document_id"]),
        number(match["score"]),
        text(match["asset_id"]),
        jsonCell(match["matched_features"]),
        jsonCell(match["metadata"]),
        rest(match, listedOfMatch),
        ...flatten.map((path) => at(match, path.split("."))),
      ])
    }
    for (const [place, id] of (documents ?? []).entries()) tables.source_documents.push([key, String(place), id])
  }
  return tables
}

/** The rows of the three tables. */
export const expected = ({ flatten = [], indexes, seed, synthetic }: Wanted): ExpectedTables => {
  const sample = make(seed)
  return expectedOf(
    indexes.map((index) => parseExact(sample.json(index))),
    synthetic,
    flatten,
  )
}

/** Whether a JSON text holds a number that a double would change. */
export const holdsLongNumber = (cell: Read): boolean => cell !== null && /[:[,]-?\d{17,}[,}\]]|1e400|:-0[,}]/.test(cell)
