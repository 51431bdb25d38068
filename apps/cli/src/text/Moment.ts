/** Points in time and stretches of it, as people read them. Everything is UTC. */
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
