/** The orders that a list can be put in. */
export const orders = ["time", "score", "matches", "took"] as const
export type Order = (typeof orders)[number]
