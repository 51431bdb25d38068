/** The one error of the client. What went wrong is its `reason`; the rest says where to look. */
import { Schema } from "effect"
import { Reason } from "./Reason.ts"

/** One request that was sent for a call, and how it ended. */
export const Attempt = Schema.Struct({
  /** The HTTP status; `null` when no answer came. */
  status: Schema.NullOr(Schema.Int),
  /** The tag of the reason for which it failed. */
  outcome: Schema.String,
  /** The server's ID for it; `null` when the server gave none. */
  requestId: Schema.NullOr(Schema.String),
  /** How long was waited after it before the next one, in milliseconds; 0 after the last. */
  waitMillis: Schema.Finite,
})
export type Attempt = typeof Attempt.Type

/**
 * Why a call to Mixpeek failed. Tell causes apart with
 * `Effect.catchReason("MixpeekError", "NotFound", …)` or `Effect.catchReasons`.
 * Holds no header, no key and no body.
 */
export class MixpeekError extends Schema.TaggedError<MixpeekError>()("MixpeekError", {
  reason: Reason,
  method: Schema.String,
  /** The path of the request, without its query. */
  path: Schema.String,
  /** The HTTP status of the last attempt; `null` when no answer came. */
  status: Schema.NullOr(Schema.Int),
  /** The server's `error.type`, for example `NotFoundError`. */
  type: Schema.NullOr(Schema.String),
  /** The server's ID of the last attempt, for its support. */
  requestId: Schema.NullOr(Schema.String),
  /** Every request that was sent, the first cause first. */
  attempts: Schema.Array(Attempt),
}) {
  /** What happened, in one sentence. */
  override get message(): string {
    return this.reason.message
  }

  /** What to do, in one sentence. */
  get hint(): string {
    return this.reason.hint
  }

  /** An error that happened before any request was sent. */
  static before(reason: Reason): MixpeekError {
    return new MixpeekError({ reason, method: "", path: "", status: null, type: null, requestId: null, attempts: [] })
  }
}
