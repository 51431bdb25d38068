/** When to try again, and how long to wait first. Numbers of the retry rules live here and nowhere else. */
import { Context } from "effect"

/** The most retries of one call, after the first attempt. */
export const maxRetries = 6

/**
 * The most retries of the calls of an effect, 429s included; without end by default, so that the rules above decide.
 * A poll takes 0: its next look is its retry, and each look costs exactly one request of the rate limit.
 */
export const RetryLimit = Context.Reference<number>("@mixpeek-alerts/client/RetryLimit", {
  defaultValue: () => Number.POSITIVE_INFINITY,
})

/** Full jitter on an exponential base, for failures without a hint. */
const baseMillis = 400
const capMillis = 20_000

/** Added on top of a hint, so that workers do not wake in step: a fifth of it, at most this. */
const hintJitterCapMillis = 30_000

/**
 * Milliseconds to wait before retry number `retry` (from 0). Never shorter
 * than the server's hint, and never hot when the hint is zero. `random` is from 0 to 1.
 */
export const delayMillis = (retry: number, hintMillis: number | null, random: number): number => {
  const ceiling = Math.min(capMillis, baseMillis * 2 ** retry)
  const backoff = Math.round(ceiling / 2 + (random * ceiling) / 2)
  if (hintMillis === null) return backoff
  const jitter = Math.min(hintJitterCapMillis, hintMillis * 0.2)
  return Math.max(backoff, Math.round(hintMillis + random * jitter))
}

/**
 * Keeps a client from hammering a server that is down: each retry costs
 * tokens, each success gives some back, and without tokens a call fails at its
 * first failure. Sustained failure of more than about a quarter of the
 * requests empties it.
 */
export class RetryAllowance {
  static readonly capacity = 500
  static readonly retryCost = 5
  static readonly successRefund = 2
  private tokens = RetryAllowance.capacity

  /** Takes the cost of one retry; false when there is not enough. */
  spend(): boolean {
    if (this.tokens < RetryAllowance.retryCost) return false
    this.tokens -= RetryAllowance.retryCost
    return true
  }

  refund(): void {
    this.tokens = Math.min(RetryAllowance.capacity, this.tokens + RetryAllowance.successRefund)
  }
}
