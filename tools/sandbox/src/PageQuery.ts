/** The query parameters of a list, checked as FastAPI checks them. */
import type { FastApiIssue } from "./ApiError.ts"

export interface PageQuery {
  readonly limit: number
  readonly offset: number
  readonly cursor: string | undefined
  readonly includeTotal: boolean
}

export type ReadQuery = { readonly query: PageQuery } | { readonly issues: ReadonlyArray<FastApiIssue> }

const yes = ["1", "true", "t", "yes", "y", "on"]
const no = ["0", "false", "f", "no", "n", "off"]

interface Bounds {
  readonly least: number
  readonly most: number
  readonly standard: number
}

/** What the numbers of a list may be, and what they are when nobody says. */
export const pageBounds = {
  limit: { least: 1, most: 1000, standard: 100 },
  offset: { least: 0, most: 10_000, standard: 0 },
} as const satisfies Record<string, Bounds>

const wholeNumber = (name: string, text: string | null, bounds: Bounds): number | FastApiIssue => {
  if (text === null) return bounds.standard
  const place = { loc: ["query", name], input: text }
  if (!/^\s*[+-]?\d+\s*$/.test(text)) {
    const msg = "Input should be a valid integer, unable to parse string as an integer"
    return { type: "int_parsing", ...place, msg }
  }
  const value = Number(text)
  if (value < bounds.least) {
    const msg = `Input should be greater than or equal to ${bounds.least}`
    return { type: "greater_than_equal", ...place, msg, ctx: { ge: bounds.least } }
  }
  if (value > bounds.most) {
    const msg = `Input should be less than or equal to ${bounds.most}`
    return { type: "less_than_equal", ...place, msg, ctx: { le: bounds.most } }
  }
  return value
}

const boolean = (name: string, text: string | null): boolean | FastApiIssue => {
  if (text === null || no.includes(text.toLowerCase())) return false
  if (yes.includes(text.toLowerCase())) return true
  const msg = "Input should be a valid boolean, unable to interpret input"
  return { type: "bool_parsing", loc: ["query", name], msg, input: text }
}

/** Reads the query, or says everything that is wrong with it. */
export const readPageQuery = (query: URLSearchParams): ReadQuery => {
  const limit = wholeNumber("limit", query.get("limit"), pageBounds.limit)
  const offset = wholeNumber("offset", query.get("offset"), pageBounds.offset)
  const includeTotal = boolean("include_total", query.get("include_total"))
  if (typeof limit === "number" && typeof offset === "number" && typeof includeTotal === "boolean") {
    return { query: { limit, offset, cursor: query.get("cursor") || undefined, includeTotal } }
  }
  return { issues: [limit, offset, includeTotal].filter((one) => typeof one === "object") }
}
