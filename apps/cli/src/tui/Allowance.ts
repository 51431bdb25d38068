/** What is left of the rate limit, as it is now: a window that has ended is full again. */
import type { BudgetState } from "@mixpeek-alerts/client"

export interface Allowance {
  /** Requests a minute; `null` while the server has not told. */
  readonly limit: number | null
  readonly left: number | null
  readonly spent: number
}

export const allowanceOf = (budget: BudgetState, now: number): Allowance => {
  const { limit, remaining, resetsAt, spent } = budget
  if (limit === null || remaining === null) return { limit, left: null, spent }
  return { limit, left: resetsAt !== null && now >= resetsAt ? limit : Math.min(remaining, limit), spent }
}

/** `44 of 60 requests left`, for where there are no pictures. */
export const allowanceText = ({ left, limit, spent }: Allowance): string =>
  limit === null || left === null
    ? `${spent} ${spent === 1 ? "request" : "requests"} made`
    : `${left} of ${limit} requests left this minute`
