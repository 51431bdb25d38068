/** Points in time and lengths of time as people write them: `24h`, `7d`, `2026-03-01`, an ISO timestamp. */
import { Option, Schema } from "effect"
import { Timestamp, toMillis } from "./Timestamp.ts"

const units: Readonly<Record<string, number>> = {
  ms: 1,
  s: 1000,
  m: 60_000,
  min: 60_000,
  h: 3_600_000,
  d: 86_400_000,
  w: 604_800_000,
}

/** A length of time in milliseconds: a number and one of ms, s, m, min, h, d, w. */
export const parseSpan = (text: string): Option.Option<number> => {
  const parts = /^(\d+(?:\.\d+)?)(ms|s|min|m|h|d|w)$/.exec(text.trim())
  if (parts === null) return Option.none()
  const millis = Number(parts[1]) * (units[parts[2] as string] as number)
  return millis <= Number.MAX_SAFE_INTEGER ? Option.some(millis) : Option.none()
}

const isTimestamp = Schema.is(Timestamp)

/**
 * A point in time as milliseconds since the epoch: a span means that long
 * before `nowMillis`; a date means its first moment in UTC; a timestamp
 * without an offset is UTC.
 */
export const parseMoment = (text: string, nowMillis: number): Option.Option<number> => {
  const trimmed = text.trim()
  const span = parseSpan(trimmed)
  if (Option.isSome(span)) return Option.some(nowMillis - span.value)
  const full = /^\d{4}-\d\d-\d\d$/.test(trimmed)
    ? `${trimmed}T00:00:00Z`
    : /^\d{4}-\d\d-\d\d[T ]\d\d:\d\d(Z|[+-].*)?$/.test(trimmed)
      ? trimmed.replace(/^(.{16})/, "$1:00")
      : trimmed
  return isTimestamp(full) ? Option.some(toMillis(full)) : Option.none()
}
