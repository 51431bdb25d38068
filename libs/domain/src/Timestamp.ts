/**
 * When something happened, as the server wrote it.
 *
 * A `Timestamp` is the raw ISO 8601 text, checked but never rewritten, so no
 * microsecond is lost. The server is Python: a value without an offset is UTC,
 * whatever the `TZ` of the machine that reads it. Nothing here goes through
 * `Date` parsing, which reads such a value as local time and drops digits.
 */
import { Schema } from "effect"

const pattern = /^(\d{4})-(\d\d)-(\d\d)[T ](\d\d):(\d\d):(\d\d)(?:\.(\d{1,9}))?(Z|z|[+-]\d\d(?::?\d\d)?)?$/

const daysIn = (year: number, month: number): number =>
  month === 2
    ? year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0)
      ? 29
      : 28
    : month === 4 || month === 6 || month === 9 || month === 11
      ? 30
      : 31

const ZERO = 48
const POINT = 46

/** The number that the two characters at `at` spell; NaN when they are not digits. */
const pair = (text: Uint8Array, at: number): number => {
  const tens = (text[at] as number) - ZERO
  const ones = (text[at + 1] as number) - ZERO
  return tens >= 0 && tens <= 9 && ones >= 0 && ones <= 9 ? tens * 10 + ones : Number.NaN
}

/** Where the seconds of the timestamp at `from` end, with their fraction if they have one: its offset starts there. */
export const secondsEnd = (text: Uint8Array, from: number): number => {
  if (text[from + 19] !== POINT) return from + 19
  let at = from + 20
  while ((text[at] as number) >= ZERO && (text[at] as number) <= ZERO + 9) at++
  return at
}

/** The minutes of the offset that is text[from, to): none, `Z`, `z`, `+HH:MM` or `-HH:MM`; NaN for anything else. */
const offsetAt = (text: Uint8Array, from: number, to: number): number => {
  const sign = text[from] as number
  if (to === from || (to === from + 1 && (sign | 32) === 122)) return 0
  const hours = pair(text, from + 1)
  const minutes = pair(text, from + 4)
  const isLong = to === from + 6 && text[from + 3] === 58 && hours <= 23 && minutes <= 59
  return isLong && sign === 43 ? hours * 60 + minutes : isLong && sign === 45 ? -hours * 60 - minutes : Number.NaN
}

/**
 * The minute of the day in UTC of the timestamp at `from`, whose offset is text[seconds, to); -1 when that is another day
 * than the one it names, or when the offset is spelled in another way than `Z` and `+HH:MM`.
 */
export const utcMinutes = (text: Uint8Array, from: number, seconds: number, to: number): number => {
  const minutes = pair(text, from + 11) * 60 + pair(text, from + 14) - offsetAt(text, seconds, to)
  return minutes >= 0 && minutes < 1440 ? minutes : -1
}

const offsetExists = (offset: string): boolean =>
  /^[+-]\d\d(?::?[0-5]\d)?$/.test(offset) && Math.abs(offsetMinutes(offset)) < 24 * 60

/**
 * True when text[from, to) is a date and a time that exist in the calendar. On
 * bytes and without a regular expression, since an export asks it of every record.
 */
export const existsAt = (text: Uint8Array, from: number, to: number): boolean => {
  const separator = text[from + 10]
  if (text[from + 4] !== 45 || text[from + 7] !== 45 || (separator !== 84 && separator !== 32)) return false
  if (text[from + 13] !== 58 || text[from + 16] !== 58) return false
  const year = pair(text, from) * 100 + pair(text, from + 2)
  const month = pair(text, from + 5)
  const day = pair(text, from + 8)
  // Written so that NaN, which is what no digits are, is refused.
  if (!(year >= 0 && month >= 1 && month <= 12 && day >= 1 && day <= daysIn(year, month))) return false
  if (!(pair(text, from + 11) <= 23 && pair(text, from + 14) <= 59 && pair(text, from + 17) <= 59)) return false
  const end = secondsEnd(text, from)
  if (end > to || end === from + 20 || end > from + 29) return false
  return (
    !Number.isNaN(offsetAt(text, end, to)) ||
    offsetExists(String.fromCharCode(...text.subarray(end, Math.min(to, end + 7))))
  )
}

const encoder = new TextEncoder()

const exists = (text: string): boolean => {
  const bytes = encoder.encode(text)
  return existsAt(bytes, 0, bytes.length)
}

const offsetMinutes = (offset: string | undefined): number => {
  if (offset === undefined || offset === "Z" || offset === "z") return 0
  const digits = offset.replace(/[+:-]/g, "")
  const minutes = Number(digits.slice(0, 2)) * 60 + Number(digits.slice(2, 4) || "0")
  return offset.startsWith("-") ? -minutes : minutes
}

/**
 * ISO 8601 text with second precision or finer (up to nanoseconds), with or
 * without an offset. Example: `2026-03-01T09:30:00.123456`.
 */
export const Timestamp = Schema.String.check(
  Schema.makeFilter((text: string) => exists(text) || "Expected an ISO 8601 date and time", {
    identifier: "Timestamp",
  }),
).pipe(Schema.brand("Timestamp"))
export type Timestamp = typeof Timestamp.Type

interface Instant {
  /** Whole seconds since the Unix epoch, as milliseconds. */
  readonly secondMillis: number
  /** The digits after the decimal point, as sent; empty when there were none. */
  readonly fraction: string
}

const instant = (timestamp: Timestamp): Instant => {
  const parts = pattern.exec(timestamp)
  if (parts === null) throw new TypeError("A Timestamp that was not checked by its schema")
  const date = new Date(0)
  date.setUTCFullYear(Number(parts[1]), Number(parts[2]) - 1, Number(parts[3]))
  date.setUTCHours(Number(parts[4]), Number(parts[5]) - offsetMinutes(parts[8]), Number(parts[6]))
  return { secondMillis: date.getTime(), fraction: parts[7] ?? "" }
}

const year = (date: Date): string => {
  const value = date.getUTCFullYear()
  if (value >= 0 && value <= 9999) return String(value).padStart(4, "0")
  return `${value < 0 ? "-" : "+"}${String(Math.abs(value)).padStart(6, "0")}`
}

const two = (value: number): string => (value < 10 ? `0${value}` : String(value))

/** The UTC instant as ISO 8601 with `Z`, with exactly the fraction digits that were sent. */
export const toUtc = (timestamp: Timestamp): string => {
  const { fraction, secondMillis } = instant(timestamp)
  const date = new Date(secondMillis)
  const day = `${year(date)}-${two(date.getUTCMonth() + 1)}-${two(date.getUTCDate())}`
  const time = `${two(date.getUTCHours())}:${two(date.getUTCMinutes())}:${two(date.getUTCSeconds())}`
  return `${day}T${time}${fraction === "" ? "" : `.${fraction}`}Z`
}

/** Milliseconds since the Unix epoch, rounded down; use it to compare with a clock. */
export const toMillis = (timestamp: Timestamp): number => {
  const { fraction, secondMillis } = instant(timestamp)
  return secondMillis + Number(fraction.padEnd(3, "0").slice(0, 3))
}

/** Nanoseconds since the Unix epoch; use it to order two executions exactly. */
export const toNanos = (timestamp: Timestamp): bigint => {
  const { fraction, secondMillis } = instant(timestamp)
  return BigInt(secondMillis) * 1_000_000n + BigInt(fraction.padEnd(9, "0"))
}
