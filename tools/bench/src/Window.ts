/** A rate limit that counts in fixed windows of a minute, as the API's guide describes it. */

const windowMillis = 60_000

export class Window {
  private readonly limit: number
  private used = 0
  private endsAt = 0

  constructor(limit: number) {
    this.limit = limit
  }

  /** Counts a request; false when it is one too many. */
  admit(now: number): boolean {
    if (now >= this.endsAt) {
      this.used = 0
      this.endsAt = now + windowMillis
    }
    this.used++
    return this.used <= this.limit
  }

  /** The header lines of an answer. */
  headers(now: number): string {
    const wait = Math.max(1, Math.ceil((this.endsAt - now) / 1000))
    const remaining = Math.max(0, this.limit - this.used)
    return [
      `x-ratelimit-limit: ${this.limit}`,
      `x-ratelimit-remaining: ${remaining}`,
      `x-ratelimit-reset: ${Math.ceil(this.endsAt / 1000)}`,
      `x-ratelimit-window: ${windowMillis / 1000}`,
      `date: ${new Date(now).toUTCString()}`,
      ...(this.used > this.limit ? [`retry-after: ${wait}`] : []),
      "",
    ].join("\r\n")
  }
}
