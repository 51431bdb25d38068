/**
 * Why a call failed: one class per cause that a caller may want to tell apart.
 * Each says in `message` what happened and in `hint` what to do.
 */
import { Schema } from "effect"

const Millis = Schema.Finite
const Text = Schema.String

const at = (millis: number): string => new Date(millis).toISOString().replace(/\.\d+Z$/, "Z")

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

/** 401: the key is missing on the server's side, or not valid. */
export class Unauthorized extends Schema.TaggedError<Unauthorized>()("Unauthorized", { said: Text }) {
  override get message(): string {
    return `Mixpeek did not accept the API key: ${this.said}`
  }
  get hint(): string {
    return "Check MIXPEEK_API_KEY: it may be mistyped, revoked, or of another environment."
  }
}

/** 403: the key is valid and may not do this. */
export class Forbidden extends Schema.TaggedError<Forbidden>()("Forbidden", { said: Text }) {
  override get message(): string {
    return `This API key may not read that: ${this.said}`
  }
  get hint(): string {
    return "Ask the owner of the organisation for access, or use a key that has it."
  }
}

/** 403 of type `QuotaExceededError`: a plan's limit, which waiting does not lift. */
export class QuotaExceeded extends Schema.TaggedError<QuotaExceeded>()("QuotaExceeded", {
  said: Text,
  resource: Schema.NullOr(Text),
  limit: Schema.NullOr(Schema.Finite),
}) {
  override get message(): string {
    return `The quota of this organisation is used up: ${this.said}`
  }
  get hint(): string {
    return "Waiting does not help: raise the plan's quota in the Mixpeek dashboard."
  }
}

/** 404: no such ID or name, or the wrong namespace. */
export class NotFound extends Schema.TaggedError<NotFound>()("NotFound", {
  resource: Schema.NullOr(Text),
  id: Schema.NullOr(Text),
}) {
  override get message(): string {
    return this.id === null
      ? "Mixpeek does not know it."
      : `Mixpeek does not know ${this.resource ?? "the"} ${this.id}.`
  }
  get hint(): string {
    return "Check the ID and the namespace (MIXPEEK_NAMESPACE); a server older than API 0.82 finds no execution by ID."
  }
}

/** 400, 409, 422: the request has a shape that the server rejects. */
export class InvalidRequest extends Schema.TaggedError<InvalidRequest>()("InvalidRequest", {
  said: Text,
  /** Where and what, from either of the two 422 shapes. */
  issues: Schema.Array(Schema.Struct({ location: Text, message: Text })),
}) {
  override get message(): string {
    const first = this.issues[0]
    return first === undefined || first.location === ""
      ? `Mixpeek rejected the request: ${this.said}`
      : `Mixpeek rejected the request: ${first.message} (${first.location})`
  }
  get hint(): string {
    return "Check the values that were given; if they are right, the API may have changed."
  }
}

/** 429, and the wait it asks for is longer than the time that is left. */
export class RateLimited extends Schema.TaggedError<RateLimited>()("RateLimited", {
  /** When to come back, as milliseconds since the Unix epoch; `null` when the server did not say. */
  retryAt: Schema.NullOr(Millis),
}) {
  override get message(): string {
    return "The rate limit of this API key is used up."
  }
  get hint(): string {
    return this.retryAt === null
      ? "Wait a minute and try again, or lower the request rate."
      : `Try again after ${at(this.retryAt)}, or lower the request rate.`
  }
}

/** 5xx, after the retries. */
export class ServerFault extends Schema.TaggedError<ServerFault>()("ServerFault", { said: Text }) {
  override get message(): string {
    return `Mixpeek failed to answer: ${this.said}`
  }
  get hint(): string {
    return "Try again later; if it goes on, give the request ID to Mixpeek's support."
  }
}

/** How far a request came before the connection broke. */
export const Phase = Schema.Literals(["dns", "connect", "tls", "headers", "body"])
export type Phase = typeof Phase.Type

/** The network failed, after the retries. */
export class Unreachable extends Schema.TaggedError<Unreachable>()("Unreachable", { phase: Phase, code: Text }) {
  override get message(): string {
    const what = {
      dns: "The host name of the API could not be resolved",
      connect: "No connection to the API could be made",
      tls: "No trusted connection to the API could be made",
      headers: "The connection broke before the API answered",
      body: "The connection broke in the middle of the answer",
    }
    return `${what[this.phase]} (${this.code}).`
  }
  get hint(): string {
    return this.phase === "tls"
      ? "Check the clock and the certificates; a private CA goes into NODE_EXTRA_CA_CERTS."
      : "Check the network, MIXPEEK_BASE_URL and the proxy variables (HTTPS_PROXY, NO_PROXY)."
  }
}

/** Which of the time limits ran out. */
export const TimeLimit = Schema.Literals(["connect", "headers", "body", "attempt", "total"])
export type TimeLimit = typeof TimeLimit.Type

/** A time limit ran out, after the retries. */
export class TimedOut extends Schema.TaggedError<TimedOut>()("TimedOut", { which: TimeLimit, millis: Millis }) {
  override get message(): string {
    return `The API took too long (${this.which} limit of ${this.millis / 1000} s).`
  }
  get hint(): string {
    return "Try again later, or allow more time with --timeout."
  }
}

/** JSON that does not fit the schema. */
export class Malformed extends Schema.TaggedError<Malformed>()("Malformed", {
  /** Where, as in `.results`; empty when the whole thing is wrong. */
  path: Text,
  expected: Text,
  /** The first characters of the text, without control characters. */
  excerpt: Text,
}) {
  override get message(): string {
    return `The API sent something that does not fit: ${this.expected}${this.path === "" ? "" : ` at ${this.path}`}.`
  }
  get hint(): string {
    return "The API may have changed; look at the raw answer, and report it with the request ID."
  }
}

/** Something other than JSON where JSON was due, such as a proxy's page. */
export class NotJson extends Schema.TaggedError<NotJson>()("NotJson", { contentType: Text, excerpt: Text }) {
  override get message(): string {
    return `The answer is not JSON but ${this.contentType === "" ? "of no declared type" : this.contentType}.`
  }
  get hint(): string {
    return "A proxy or a login page may be in the way: check MIXPEEK_BASE_URL and the proxy variables."
  }
}

/** A status that this client has no meaning for, such as a redirect to another host. */
export class UnexpectedStatus extends Schema.TaggedError<UnexpectedStatus>()("UnexpectedStatus", {
  status: Schema.Int,
  detail: Text,
}) {
  override get message(): string {
    return `The API answered with status ${this.status}${this.detail === "" ? "" : `: ${this.detail}`}.`
  }
  get hint(): string {
    return "Check MIXPEEK_BASE_URL: it should be the API itself, with no redirect in front."
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
    return "This is a fault of the server; try again later and report it with the request ID."
  }
}

/** An answer longer than the limit, before or after decompression. */
export class BodyTooLarge extends Schema.TaggedError<BodyTooLarge>()("BodyTooLarge", { limit: Schema.Int }) {
  override get message(): string {
    return `The answer is larger than ${Math.round(this.limit / 1_048_576)} MiB.`
  }
  get hint(): string {
    return "Ask for smaller pages with --page-size."
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

/** Too many calls failed in a row, so this one was not sent. */
export class CircuitOpen extends Schema.TaggedError<CircuitOpen>()("CircuitOpen", { retryAfterMillis: Millis }) {
  override get message(): string {
    return "The API has failed repeatedly, so no more requests are sent for a while."
  }
  get hint(): string {
    return `Try again in ${Math.ceil(this.retryAfterMillis / 1000)} s.`
  }
}

/** Every way in which a call can fail. */
export const Reason = Schema.Union([
  NoKey,
  InvalidConfig,
  Unauthorized,
  Forbidden,
  QuotaExceeded,
  NotFound,
  InvalidRequest,
  RateLimited,
  ServerFault,
  Unreachable,
  TimedOut,
  Malformed,
  NotJson,
  UnexpectedStatus,
  CursorLoop,
  BodyTooLarge,
  BudgetSpent,
  CircuitOpen,
])
export type Reason = typeof Reason.Type
