/** The filter language of the domain, on the rows of the list. A record that did not fit passes no filter. */
import { type Decoded, parseFilter } from "@mixpeek-alerts/domain"
import { Result } from "effect"
import type { Filter } from "./List.ts"

export type Parsed =
  | { readonly filter: Filter | null; readonly complaint: null }
  | { readonly filter: null; readonly complaint: string }

/** Reads a filter; empty text is no filter. */
export const filterOf = (text: string, now: number): Parsed => {
  if (text.trim() === "") return { filter: null, complaint: null }
  const parsed = parseFilter(text, now)
  if (Result.isFailure(parsed)) return { filter: null, complaint: `${parsed.failure.message} ${parsed.failure.hint}` }
  const { success } = parsed
  const test = (record: Decoded) => record._tag === "ExecutionRecord" && success.test(record)
  return { filter: { text, test }, complaint: null }
}
