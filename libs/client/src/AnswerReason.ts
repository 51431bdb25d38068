/** Reasons that are read out of an answer of the server, or of something in front of it. */
import { Schema } from "effect"

const Millis = Schema.Finite
const Text = Schema.String

const at = (millis: number): string => new Date(Math.min(millis, 8.64e15)).toISOString().replace(/\.\d+Z$/, "Z")

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

/** An answer longer than the limit, before or after decompression. */
export class BodyTooLarge extends Schema.TaggedError<BodyTooLarge>()("BodyTooLarge", { limit: Schema.Int }) {
  override get message(): string {
    return `The answer is larger than ${Math.round(this.limit / 1_048_576)} MiB.`
  }
  get hint(): string {
    return "Ask for smaller pages with --page-size."
  }
}
