/** The rate limit of each key: so many requests per window, which opens with the first of them. */

export interface Admission {
  readonly allowed: boolean
  readonly limit: number
  readonly remaining: number
  /** When the window ends, in milliseconds since the epoch. */
  readonly resetsAt: number
  readonly windowSeconds: number
}

export interface RateLimit {
  readonly admit: (key: string, now: number) => Admission
}

interface Window {
  readonly endsAt: number
  used: number
}

export const rateLimit = (limit: number, windowSeconds: number): RateLimit => {
  const windows = new Map<string, Window>()
  const windowOf = (key: string, now: number): Window => {
    const open = windows.get(key)
    if (open !== undefined && now < open.endsAt) return open
    const fresh: Window = { endsAt: now + windowSeconds * 1000, used: 0 }
    windows.set(key, fresh)
    return fresh
  }
  return {
    admit: (key, now) => {
      const window = windowOf(key, now)
      const allowed = window.used < limit
      if (allowed) window.used++
      return { allowed, limit, remaining: limit - window.used, resetsAt: window.endsAt, windowSeconds }
    },
  }
}

/** The headers of guide A; `skew` is how far the server's clock is off, in milliseconds. */
export const rateHeaders = (admission: Admission, skew: number): Record<string, string> => ({
  "X-RateLimit-Limit": String(admission.limit),
  "X-RateLimit-Remaining": String(admission.remaining),
  "X-RateLimit-Reset": String(Math.ceil((admission.resetsAt + skew) / 1000)),
  "X-RateLimit-Window": String(admission.windowSeconds),
})

/** Whole seconds until the window ends, at least one. */
export const secondsLeft = (admission: Admission, now: number): number =>
  Math.max(1, Math.ceil((admission.resetsAt - now) / 1000))
