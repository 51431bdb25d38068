/** The bookkeeping of a request budget: what was sent, what is left, and how long to wait. */
import { type HeaderMap, untilReset } from "./RetryHint.ts"

/** How fast requests may go: as the server allows, without limit, or a number a minute. */
export type Rate = "auto" | "unlimited" | { readonly perMinute: number }

/** How much of the rate limit a client may use. */
export interface RequestBudgetOptions {
  readonly rate: Rate
  /** The part of the server's limit that may be used, from 0 (exclusive) to 1. */
  readonly rateShare: number
  /** The most requests ever; `null` for no end. */
  readonly maxRequests: number | null
}

/** A picture of the budget at one moment. Times are milliseconds since the epoch. */
export interface BudgetState {
  /** Requests per window, by the server's headers; `null` while unknown. */
  readonly limit: number | null
  readonly remaining: number | null
  readonly resetsAt: number | null
  /** Requests sent so far, retries included. */
  readonly spent: number
  /** Until when nothing is sent, after a 429; `null` when nothing is paused. */
  readonly pausedUntil: number | null
  /** How often the server said 429. */
  readonly limited: number
}

/** How far apart requests go that several processes make. */
export interface Pace {
  readonly millis: number
  /** Whether it is still a guess, since the server has not told its limit. */
  readonly isGuess: boolean
}

/** Requests that come evenly need a little room, or one that was slow falls into the window of those after it. */
const paceMargin = 1.02

const slowStartPerSecond = 10
const fastestPerSecond = 1000

/** The server counts in whole seconds: a margin so that the first request of a window is not too early. */
const resetMarginMillis = 250

/** Dates and ends of windows are told in whole seconds. */
const toldInMillis = 1000

/** So far apart can two answers tell the end of one window: a second for the end, one for the date, and the time on the way. */
const resetDoubtMillis = 2500

const header = (headers: HeaderMap, name: string): number | null => {
  const text = headers[name]
  if (text === undefined || text.trim() === "") return null
  const value = Number(text)
  return Number.isFinite(value) && value >= 0 ? value : null
}

/** What was sent and what the server said about it. Told the time by its caller; has no effects of its own. */
export class RequestLedger {
  readonly options: RequestBudgetOptions
  readonly listeners = new Set<(state: BudgetState) => void>()
  limit: number | null = null
  remaining: number | null = null
  resetsAt: number | null = null
  windowMillis = 60_000
  spent = 0
  limited = 0
  pausedUntil = 0
  nextAt = 0
  perSecond = slowStartPerSecond
  doublesAt: number | null = null

  constructor(options: RequestBudgetOptions) {
    this.options = options
  }

  /** Milliseconds until the next request may go; 0 when it may go now. */
  waitFor(now: number): number {
    const { rate } = this.options
    const paused = Math.max(0, this.pausedUntil - now)
    if (rate === "unlimited" || paused > 0) return paused
    if (this.left(now) < 1) {
      return Math.max(1, (this.resetsAt ?? now) + resetMarginMillis - now)
    }
    return Math.max(0, this.nextAt - now)
  }

  /** Requests that this client may still send in the window. */
  left(now: number): number {
    if (this.limit === null || this.remaining === null) return Number.POSITIVE_INFINITY
    if (this.resetsAt !== null && now >= this.resetsAt + resetMarginMillis) {
      this.remaining = this.limit
      this.resetsAt = now + this.windowMillis
    }
    return this.remaining - Math.floor(this.limit * (1 - this.options.rateShare))
  }

  /** The shortest time between two requests. */
  spacing(now: number): number {
    const { rate } = this.options
    if (rate === "unlimited") return 0
    if (rate !== "auto") return 60_000 / rate.perMinute
    if (this.limit !== null) return this.windowMillis / this.limit / 10
    this.doublesAt ??= now + 1000
    if (now >= this.doublesAt) {
      const seconds = Math.floor((now - this.doublesAt) / 1000) + 1
      this.perSecond = Math.min(fastestPerSecond, this.perSecond * 2 ** Math.min(seconds, 20))
      this.doublesAt += seconds * 1000
    }
    return 1000 / this.perSecond
  }

  /** The even pace at which the limit is used up and not passed, whoever makes the requests; 0 for no limit. */
  pace(now: number): Pace {
    const { rate, rateShare } = this.options
    if (rate !== "auto" || this.limit === null) return { millis: this.spacing(now), isGuess: rate === "auto" }
    const most = Math.max(1, Math.floor(this.limit * rateShare))
    return { millis: (this.windowMillis / most) * paceMargin, isGuess: false }
  }

  count(now: number): void {
    this.spent++
    if (this.remaining !== null) this.remaining = Math.max(0, this.remaining - 1)
    this.nextAt = Math.max(now, this.nextAt) + this.spacing(now)
    this.notify(now)
  }

  learn(headers: HeaderMap, now: number): void {
    const limit = header(headers, "x-ratelimit-limit")
    const remaining = header(headers, "x-ratelimit-remaining")
    if (limit === null || limit < 1) return
    const window = header(headers, "x-ratelimit-window")
    if (window !== null && window > 0) this.windowMillis = Math.min(window, 86_400) * 1000
    const resetsAt = this.resetAfter(headers, remaining === limit - 1, now)
    const sameWindow =
      this.resetsAt !== null && Math.abs(resetsAt - this.resetsAt) < Math.min(resetDoubtMillis, this.windowMillis / 2)
    this.limit = limit
    if (remaining !== null) {
      this.remaining = sameWindow ? Math.min(this.remaining ?? remaining, remaining) : remaining
    }
    this.remaining ??= limit
    if (!sameWindow) this.resetsAt = resetsAt
    this.notify(now)
  }

  /**
   * When the window of an answer ends. Its first request opens a window, or comes after it was opened: then the window ends
   * no later than one length from now, even if the server leaves a fraction of a second out of what it tells.
   */
  private resetAfter(headers: HeaderMap, isFirst: boolean, now: number): number {
    const end = now + this.windowMillis
    const told = now + (untilReset(headers, now) ?? this.windowMillis)
    return Math.min(end, isFirst ? told + toldInMillis : told)
  }

  pause(millis: number, now: number): void {
    this.limited++
    const alreadyPaused = this.pausedUntil > now
    this.pausedUntil = Math.max(this.pausedUntil, now + millis)
    if (!alreadyPaused) this.perSecond = Math.max(0.1, this.perSecond / 2)
    this.doublesAt = now + millis + 30_000
    this.notify(now)
  }

  state(now: number): BudgetState {
    return {
      limit: this.limit,
      remaining: this.remaining,
      resetsAt: this.resetsAt,
      spent: this.spent,
      pausedUntil: this.pausedUntil > now ? this.pausedUntil : null,
      limited: this.limited,
    }
  }

  notify(now: number): void {
    if (this.listeners.size === 0) return
    const state = this.state(now)
    for (const listener of this.listeners) listener(state)
  }
}
