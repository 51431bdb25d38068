/** Points in time and stretches of it, as people read them. UTC, unless local time is asked for. */
import { type Timestamp, toMillis, toUtc } from "@mixpeek-alerts/domain"

const minute = 60
const hour = 60 * minute
const day = 24 * hour

/** How long before `now` something happened, in at most eight cells: `2m ago`. */
export const ago = (timestamp: Timestamp, now: number): string => {
  const seconds = Math.round((now - toMillis(timestamp)) / 1000)
  if (seconds < -minute) return "future"
  if (seconds < 1) return "now"
  if (seconds < minute) return `${seconds}s ago`
  if (seconds < hour) return `${Math.floor(seconds / minute)}m ago`
  if (seconds < 2 * day) return `${Math.floor(seconds / hour)}h ago`
  if (seconds < 1000 * day) return `${Math.floor(seconds / day)}d ago`
  return `${Math.floor(seconds / (365 * day))}y ago`
}

/** `2026-11-23 14:02:11 UTC`. */
export const utc = (timestamp: Timestamp): string => `${toUtc(timestamp).slice(0, 19).replace("T", " ")} UTC`

const words = (count: number, unit: string): string => `${count} ${unit}${count === 1 ? "" : "s"} ago`

/** How long before `now` something happened, in words: `2 minutes ago`. */
export const agoWords = (timestamp: Timestamp, now: number): string => {
  const seconds = Math.round((now - toMillis(timestamp)) / 1000)
  if (seconds < -minute) return "in the future"
  if (seconds < 10) return "just now"
  if (seconds < minute) return words(seconds, "second")
  if (seconds < hour) return words(Math.floor(seconds / minute), "minute")
  if (seconds < 2 * day) return words(Math.floor(seconds / hour), "hour")
  if (seconds < 1000 * day) return words(Math.floor(seconds / day), "day")
  return words(Math.floor(seconds / (365 * day)), "year")
}

/** How long something lasts or lasted, roughly: `3 min`. */
export const age = (millis: number): string => {
  const seconds = Math.max(0, Math.round(millis / 1000))
  if (seconds < minute) return `${seconds} s`
  if (seconds < hour) return `${Math.floor(seconds / minute)} min`
  if (seconds < 2 * day) return `${Math.floor(seconds / hour)} h`
  return `${Math.floor(seconds / day)} days`
}

/** `14:02:11`, of milliseconds since the epoch. */
export const clock = (millis: number): string => new Date(millis).toISOString().slice(11, 19)

/** `212 ms`, or `30.4 s` from ten seconds on. */
export const took = (millis: number): string => (millis < 10_000 ? `${millis} ms` : `${(millis / 1000).toFixed(1)} s`)

/** `0:23`, for a countdown. */
export const countdown = (millis: number): string => {
  const seconds = Math.max(0, Math.ceil(millis / 1000))
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`
}

/** How points in time are shown: how long ago, in UTC, or as the clocks here show it. */
export type Times = "relative" | "utc" | "local"

const two = (value: number): string => String(value).padStart(2, "0")

const offsetOf = (date: Date): string => {
  const minutes = -date.getTimezoneOffset()
  const size = Math.abs(minutes)
  return `${minutes < 0 ? "-" : "+"}${two(Math.floor(size / 60))}:${two(size % 60)}`
}

/** `2026-11-23 15:02:11 +01:00`, by the clock of this machine. */
export const local = (timestamp: Timestamp): string => {
  const date = new Date(toMillis(timestamp))
  const day = `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`
  return `${day} ${two(date.getHours())}:${two(date.getMinutes())}:${two(date.getSeconds())} ${offsetOf(date)}`
}

/** In full, and never relative to now. */
export const full = (timestamp: Timestamp, times: Times): string =>
  times === "local" ? local(timestamp) : utc(timestamp)

/** How many cells {@link brief} takes. */
export const briefWidth = (times: Times): number => (times === "relative" ? 8 : 14)

/** As short as a column of a list needs it: `2m ago`, or `11-23 14:02:11`. */
export const brief = (timestamp: Timestamp, times: Times, now: number): string =>
  times === "relative" ? ago(timestamp, now) : full(timestamp, times).slice(5, 19)

/** `2026-11-23 14:02 UTC`, of milliseconds since the epoch. */
export const utcMinute = (millis: number): string =>
  `${new Date(millis).toISOString().slice(0, 16).replace("T", " ")} UTC`

/** `11-23 14:05`, of milliseconds since the epoch. */
export const bucketStart = (millis: number, times: Times): string => {
  const date = new Date(millis)
  if (times !== "local") return date.toISOString().slice(5, 16).replace("T", " ")
  return `${two(date.getMonth() + 1)}-${two(date.getDate())} ${two(date.getHours())}:${two(date.getMinutes())}`
}

/** `11-23 14:05 to 14:10`; days are named twice when they differ. */
export const bucketSpan = (from: number, until: number, times: Times): string => {
  const [start, end] = [bucketStart(from, times), bucketStart(until, times)]
  return `${start} to ${start.slice(0, 5) === end.slice(0, 5) ? end.slice(6) : end}`
}
