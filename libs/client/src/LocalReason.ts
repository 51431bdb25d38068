/** Reasons that this client finds by itself, without the server saying so. */
import { Schema } from "effect"

const Millis = Schema.Finite
const Text = Schema.String

/** No API key was given. */
export class NoKey extends Schema.TaggedError<NoKey>()("NoKey", {}) {
  override get message(): string {
    return "No Mixpeek API key was given."
  }
  get hint(): string {
    return "Set MIXPEEK_API_KEY, or MIXPEEK_API_KEY_FILE to a file that holds the key."
  }
}

/** A setting that cannot work: a key with a line break, a base URL that would leak the key. */
export class InvalidConfig extends Schema.TaggedError<InvalidConfig>()("InvalidConfig", {
  setting: Text,
  problem: Text,
  remedy: Text,
}) {
  override get message(): string {
    return this.problem
  }
  get hint(): string {
    return this.remedy
  }
}

/** The server handed out a cursor that it had handed out before: following it would never end. */
export class CursorLoop extends Schema.TaggedError<CursorLoop>()("CursorLoop", {
  /** How many pages had been read. */
  pages: Schema.Int,
  problem: Text,
}) {
  override get message(): string {
    return `The list does not end: ${this.problem} after ${this.pages} pages.`
  }
  get hint(): string {
    return "This is a fault of the server: try again later, and tell Mixpeek's support when it goes on."
  }
}

/** The number of requests that the caller allowed is used up. */
export class BudgetSpent extends Schema.TaggedError<BudgetSpent>()("BudgetSpent", { limit: Schema.Int }) {
  override get message(): string {
    return `The ${this.limit} requests that were allowed are used up.`
  }
  get hint(): string {
    return "Allow more with --max-requests."
  }
}

/** The limiter that processes share did not answer, so nothing was sent: going on alone could break the limit of all. */
export class LimiterUnavailable extends Schema.TaggedError<LimiterUnavailable>()("LimiterUnavailable", {
  problem: Text,
}) {
  override get message(): string {
    return `The shared rate limiter did not answer (${this.problem}).`
  }
  get hint(): string {
    return "Check that it runs and can be reached, then run the same command again."
  }
}

/** Too many calls failed in a row, so this one was not sent. */
export class CircuitOpen extends Schema.TaggedError<CircuitOpen>()("CircuitOpen", { retryAfterMillis: Millis }) {
  override get message(): string {
    return "The API has failed repeatedly, so no more requests are sent for a while."
  }
  get hint(): string {
    return `Try again in ${Math.ceil(this.retryAfterMillis / 1000)} s.`
  }
}
