/** How long a server asks to wait, from the places where it may say so. */

/** Response headers by lower-case name. */
export type HeaderMap = Readonly<Record<string, string | undefined>>

/** Longer than any wait that makes sense; keeps absurd numbers inside what a date can say. */
const longestMillis = 10 * 365 * 86_400_000

const wait = (millis: number): number => Math.min(longestMillis, Math.max(0, millis))

/** A number as HTTP writes one: digits, perhaps a fraction. */
const seconds = (text: string | undefined): number | null =>
  text !== undefined && /^\s*\d+(?:\.\d+)?\s*$/.test(text) ? Number(text) : null

/** A date as HTTP writes one, in any of its three forms; never the guesses of `Date.parse`. */
const httpDate = (text: string | undefined): number | null => {
  if (text === undefined || !/^[A-Z][a-z]{2,8},? .*\d\d:\d\d:\d\d/.test(text)) return null
  const millis = Date.parse(/GMT|UTC|[+-]\d{4}$/.test(text) ? text : `${text} GMT`)
  return Number.isNaN(millis) ? null : millis
}

/** The server's own clock, as milliseconds since the epoch; ours when it does not say. */
export const serverNow = (headers: HeaderMap, now: number): number => httpDate(headers["date"]) ?? now

/** `Retry-After` as seconds or as a date, which is read against the server's own clock. */
const retryAfter = (headers: HeaderMap, now: number): number | null => {
  const text = headers["retry-after"]
  const given = seconds(text)
  if (given !== null) return wait(given * 1000)
  const date = httpDate(text)
  return date === null ? null : wait(date - serverNow(headers, now))
}

/** From here on a number is a Unix time in milliseconds, below the other in seconds, and below that a wait. */
const leastUnixMillis = 1e11
const leastUnixSeconds = 1e8

/**
 * Milliseconds from `now` until the window of the rate limit ends, by
 * `X-RateLimit-Reset` (Unix seconds) against the server's own clock, so that a
 * wrong clock on either side does not matter.
 */
export const untilReset = (headers: HeaderMap, now: number): number | null => {
  const reset = seconds(headers["x-ratelimit-reset"])
  if (reset === null) return null
  const server = serverNow(headers, now)
  if (reset >= leastUnixMillis) return wait(reset - server)
  return reset < leastUnixSeconds && server >= leastUnixMillis ? wait(reset * 1000) : wait(reset * 1000 - server)
}

/**
 * The wait that a failed response asks for, in milliseconds: `Retry-After`,
 * else the body's `error.details.retry_after`, else the end of the window.
 * `null` when it does not say. Never clipped here: who calls decides.
 */
export const waitHint = (headers: HeaderMap, bodySeconds: number | null, status: number, now: number): number | null =>
  retryAfter(headers, now) ??
  (bodySeconds === null ? null : wait(bodySeconds * 1000)) ??
  (status === 429 ? untilReset(headers, now) : null)
