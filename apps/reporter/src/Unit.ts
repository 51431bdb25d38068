/** What is fetched, written and counted as one: a page of a list, or a block of IDs. */
import type { Decoded, ExecutionId } from "@mixpeek-alerts/domain"
import type { MixpeekError } from "@mixpeek-alerts/client"

/** Where an export goes on: the next ID, or the next page of the n-th list. */
export type Position =
  | { readonly _tag: "Id"; readonly index: number }
  | { readonly _tag: "Page"; readonly list: number; readonly cursor: string | null }
  | { readonly _tag: "End" }

export interface Missing {
  readonly id: ExecutionId
  readonly error: MixpeekError
}

export interface Unit {
  readonly records: ReadonlyArray<Decoded>
  /** IDs that could not be had. */
  readonly missing: ReadonlyArray<Missing>
  readonly next: Position
  /** The server's count for the list this page is of; `null` when it did not say, or for IDs. */
  readonly totalCount: number | null
  /** Where the unit came from, for `failures.csv`. */
  readonly origin: string
}
