/** What the properties are checked with: executions, timestamps and JSON text of every hostile kind. */
import { Arbitrary, Schema } from "effect"
import type { Json, JsonObject } from "../src/Json.ts"

Arbitrary.configureGlobal({ check: { runs: 300 } })

/** Any text, `__proto__` and lone surrogates included. */
export const text = Arbitrary.schema(Schema.String)

/** Pieces that break CSV and JSON readers, strung together. */
export const nastyText = Arbitrary.map(
  Arbitrary.array(
    Arbitrary.schema(
      Schema.Literals(['"', ",", "\r", "\n", "\\", "\uFEFF", "=", "-", "'", " ", "\t", "\0", "{", "]", ":", "é", "😀"]),
    ),
  ),
  (pieces) => pieces.join(""),
)

/**
 * The same value, with no key that starts with a backslash: after such a key, JSON.parse of Node 24 takes an
 * escaped key in the same place of another object for it (https://github.com/nodejs/node/issues/63785).
 */
const tame = <A extends Json>(value: A): A => {
  if (typeof value !== "object" || value === null) return value
  if (Array.isArray(value)) return value.map(tame) as unknown as A
  return Object.fromEntries(Object.entries(value).map(([name, one]) => [tameKey(name), tame(one as Json)])) as A
}
export const tameKey = (name: string): string => name.replace(/^\\/, "/")

export const json: Arbitrary.Arbitrary<Json> = Arbitrary.map(Arbitrary.schema(Schema.Json), tame)
const jsonObject = Schema.Record(Schema.String, Schema.Json)

const whole = (minimum: number, maximum: number) =>
  Arbitrary.schema(Schema.Int.check(Schema.isBetween({ minimum, maximum })))

const two = (value: number): string => String(value).padStart(2, "0")

/** An instant, and one of the many ways to write it. */
export interface Written {
  readonly text: string
  readonly nanos: bigint
}

const writtenBetween = (low: number, high: number): Arbitrary.Arbitrary<Written> =>
  Arbitrary.map(
    Arbitrary.all({
      seconds: whole(low, high),
      digits: whole(0, 9),
      nanos: whole(0, 999_999_999),
      offset: whole(-1439, 1439),
      style: Arbitrary.schema(Schema.Literals(["", "Z", "z", "+hh:mm", "+hhmm"])),
      separator: Arbitrary.schema(Schema.Literals(["T", " "])),
    }),
    ({ digits, nanos, offset, seconds, separator, style }) => {
      const fraction = String(nanos).padStart(9, "0").slice(0, digits)
      const minutes = style.startsWith("+") ? offset : 0
      const local = new Date((seconds + minutes * 60) * 1000).toISOString().slice(0, 19).replace("T", separator)
      const hours = `${minutes < 0 ? "-" : "+"}${two(Math.floor(Math.abs(minutes) / 60))}`
      const zone = `${hours}${style.includes(":") ? ":" : ""}${two(Math.abs(minutes) % 60)}`
      return {
        text: `${local}${digits === 0 ? "" : `.${fraction}`}${style.startsWith("+") ? zone : style}`,
        nanos: BigInt(seconds) * 1_000_000_000n + BigInt(fraction.padEnd(9, "0")),
      }
    },
  )

/** Instants of the years 1 to 9998, with 0 to 9 digits of a second, in any offset or none. */
export const written = writtenBetween(-62_135_000_000, 253_370_000_000)

/** Instants that are at most two seconds apart, written in every way. */
export const writtenClose = writtenBetween(-1, 0)

const Maybe = <S extends Schema.Constraint>(schema: S) => Schema.optionalKey(Schema.NullOr(schema))

const Match = Schema.Struct({
  document_id: Schema.NonEmptyString,
  score: Schema.Finite.check(Schema.isBetween({ minimum: 0, maximum: 1 })),
  asset_id: Maybe(Schema.String),
  matched_features: Maybe(jsonObject),
  metadata: Maybe(jsonObject),
  rerank: Schema.optionalKey(Schema.Json),
})

const count = Schema.Int.check(Schema.isGreaterThanOrEqualTo(0))

const Listed = Schema.Struct({
  alert_id: Schema.NonEmptyString,
  collection_id: Schema.NonEmptyString,
  execution_id: Maybe(Schema.NonEmptyString),
  triggered: Schema.Boolean,
  match_count: count,
  matches: Maybe(Schema.Array(Match)),
  source_documents: Maybe(Schema.Array(Schema.NonEmptyString)),
  duration_ms: count,
})

/** The JSON value of an execution, with fields that nobody listed. */
export const wire: Arbitrary.Arbitrary<JsonObject> = Arbitrary.map(
  Arbitrary.all([Arbitrary.schema(jsonObject), Arbitrary.schema(Listed), written]),
  ([extra, listed, at]) => tame({ ...extra, ...(listed as {}), executed_at: at.text }),
)

/** JSON text of entries, in which a key may occur twice, with the given white space between all tokens. */
export const spacedObject = (entries: ReadonlyArray<readonly [string, Json]>, space: string): string =>
  `${space}{${space}${entries
    .map(([key, value]) => `${JSON.stringify(key)}${space}:${space}${spaced(value, space)}`)
    .join(`${space},${space}`)}${space}}${space}`

/** JSON text of a value, with the given white space between all tokens. */
export const spaced = (value: Json, space: string): string => {
  if (Array.isArray(value)) {
    return `[${space}${value.map((one) => spaced(one as Json, space)).join(`${space},${space}`)}${space}]`
  }
  if (typeof value === "object" && value !== null) return spacedObject(Object.entries(value), space).trim()
  return JSON.stringify(value)
}

export const whiteSpace = Arbitrary.map(
  Arbitrary.array(Arbitrary.schema(Schema.Literals([" ", "\n", "\r", "\t"])), { maxLength: 3 }),
  (pieces) => pieces.join(""),
)
