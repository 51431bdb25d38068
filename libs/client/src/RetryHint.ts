/** How long a server asks to wait, from the places where it may say so. */

/** Response headers by lower-case name. */
export type HeaderMap = Readonly<Record<string, string | undefined>>

const finite = (text: string | undefined): number | null => {
  if (text === undefined || text.trim() === "") return null
  const value = Number(text)
  return Number.isFinite(value) ? value : null
}

/** The server's own clock, as milliseconds since the epoch; ours when it does not say. */
export const serverNow = (headers: HeaderMap, now: number): number => {
  const date = Date.parse(headers["date"] ?? "")
  return Number.isNaN(date) ? now : date
}

/** `Retry-After` as seconds or as a date, which is read against the server's own clock. */
const retryAfter = (headers: HeaderMap, now: number): number | null => {
  const text = headers["retry-after"]
  if (text === undefined) return null
  const seconds = finite(text)
  if (seconds !== null) return seconds < 0 ? null : seconds * 1000
  const date = Date.parse(text)
  return Number.isNaN(date) ? null : Math.max(0, date - serverNow(headers, now))
}

/**
 * Milliseconds from `now` until the window of the rate limit ends, by
 * `X-RateLimit-Reset` (Unix seconds) against the server's own clock, so that a
 * wrong clock on either side does not matter.
 */
export const untilReset = (headers: HeaderMap, now: number): number | null => {
  const reset = finite(headers["x-ratelimit-reset"])
  return reset === null ? null : Math.max(0, reset * 1000 - serverNow(headers, now))
}

/**
 * The wait that a failed response asks for, in milliseconds: `Retry-After`,
 * else the body's `error.details.retry_after`, else the end of the window.
 * `null` when it does not say. Never clipped here: who calls decides.
 */
export const waitHint = (headers: HeaderMap, bodySeconds: number | null, status: number, now: number): number | null =>
  retryAfter(headers, now) ??
  (bodySeconds === null ? null : bodySeconds * 1000) ??
  (status === 429 ? untilReset(headers, now) : null)
