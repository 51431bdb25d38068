/** What the service can do, whoever does it. */
import type { Alert, Cursor, Decoded, ExecutionId, ExecutionRecord, Page } from "@mixpeek-alerts/domain"
import type { Effect, Result, Stream } from "effect"
import type { ListQuery } from "./Endpoint.ts"
import type { MixpeekError } from "./MixpeekError.ts"
import type { RequestBudget } from "./RequestBudget.ts"

/** What came of one ID of many. */
export interface Fetched {
  readonly id: ExecutionId
  readonly result: Result.Result<Decoded, MixpeekError>
}

/** A page, and the cursor that it was asked for with (`null` for the first). */
export interface WalkedPage extends Page {
  readonly cursor: Cursor | null
}

/**
 * Every method can fail with `MixpeekError` for the reasons `Unauthorized`,
 * `Forbidden`, `QuotaExceeded`, `InvalidRequest`, `RateLimited`,
 * `ServerFault`, `Unreachable`, `TimedOut`, `NotJson`, `UnexpectedStatus`,
 * `BodyTooLarge`, `BudgetSpent` and `CircuitOpen`; what else one can fail
 * with is said there. Interrupting any of them ends it at once and closes its
 * socket. Source: the published API reference 0.82, tag "Alerts".
 */
export interface MixpeekShape {
  /** One execution. Also fails with `NotFound`, and with `Malformed` when the record does not fit. */
  readonly get: (id: ExecutionId) => Effect.Effect<ExecutionRecord, MixpeekError>
  /** One execution, or the record that did not fit. Also fails with `NotFound`. */
  readonly record: (id: ExecutionId) => Effect.Effect<Decoded, MixpeekError>
  /** Many executions in the order of `ids`; an ID that fails does not end the stream. */
  readonly getMany: (ids: Iterable<ExecutionId>, options?: { readonly concurrency?: number }) => Stream.Stream<Fetched>
  /**
   * Reads the executions that `next` names, one after the other, until it gives `null`; hands what came of each to `put`.
   * For many IDs: it costs no fiber for each. Run it several times at once to have several requests at once.
   * More of them than `concurrency`, and other calls of this service meanwhile, take turns, request by request.
   */
  readonly recordsOf: (
    next: () => ExecutionId | null,
    put: (result: Result.Result<Decoded, MixpeekError>) => void,
  ) => Effect.Effect<void>
  /** One page. Also fails with `NotFound` (the alert) and `Malformed` (the page as a whole). */
  readonly page: (query?: ListQuery) => Effect.Effect<Page, MixpeekError>
  /** All pages from `query.cursor` on. Fails as `page`, and with `CursorLoop`. */
  readonly pages: (query?: ListQuery) => Stream.Stream<WalkedPage, MixpeekError>
  /** All records, decoded or quarantined. Fails as `pages`. */
  readonly executions: (query?: ListQuery) => Stream.Stream<Decoded, MixpeekError>
  /** The latest execution of an alert, by ID or name; `NotFound` when it never ran. */
  readonly latest: (alert: string) => Effect.Effect<Decoded, MixpeekError>
  /** One alert by ID or name. Also fails with `NotFound` and `Malformed`. */
  readonly alert: (idOrName: string) => Effect.Effect<Alert, MixpeekError>
  /** The alerts whose name holds `search`. Also fails with `Malformed` and `CursorLoop`. */
  readonly alerts: (search?: string) => Stream.Stream<Alert, MixpeekError>
  /** What is left of the rate limit. */
  readonly budget: RequestBudget
}
