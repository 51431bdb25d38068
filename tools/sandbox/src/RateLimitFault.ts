/** The fault `429`: too many requests, with a hint about the wait in one of the many places it may be. */
import { tooManyRequests } from "./ApiError.ts"
import type { Playing } from "./FaultBoard.ts"
import type { Reply } from "./Reply.ts"

const httpDate = (millis: number): string => new Date(millis).toUTCString()

const hintHeaders = (hint: string, seconds: number, now: number): Record<string, string> => {
  switch (hint) {
    case "retry-after":
      return { "Retry-After": String(seconds) }
    case "http-date":
      return { "Retry-After": httpDate(now + seconds * 1000) }
    case "past-date":
      return { "Retry-After": httpDate(now - 3_600_000) }
    case "zero":
      return { "Retry-After": "0" }
    case "invalid":
      return { "Retry-After": "abc" }
    case "30-days":
      return { "Retry-After": String(30 * 86_400) }
    case "reset":
      return {
        "X-RateLimit-Limit": "60",
        "X-RateLimit-Remaining": "0",
        "X-RateLimit-Reset": String(Math.ceil(now / 1000 + seconds)),
      }
    default:
      return {}
  }
}

/** `now` is the server's own clock, which `clock-skew` may have shifted. */
export const limited = (playing: Playing, now: number): Reply => {
  const hint = playing.text("hint")
  const seconds = playing.number("seconds")
  const details = { limit: 60, window: 60, ...(hint === "body" ? { retry_after: seconds } : {}) }
  return tooManyRequests(details, hintHeaders(hint, seconds, now))
}
