/**
 * How Mixpeek says that a request failed: its own envelope, or FastAPI's bare
 * 422 body, which comes without an envelope. Both are read into one shape.
 * Source: the published API reference 0.82 and its error guide.
 */
import { Option, Schema } from "effect"

const optional = <S extends Schema.Top>(schema: S) => Schema.optionalKey(Schema.NullOr(schema))
const Segment = Schema.Union([Schema.String, Schema.Number])

const ValidationError = Schema.Struct({
  type: optional(Schema.String),
  location: optional(Schema.Union([Schema.String, Schema.Array(Segment)])),
  message: Schema.String,
})

const Details = Schema.Record(Schema.String, Schema.Unknown)

/** `{"success": false, "status": 404, "error": {"message", "type", "details"}}` */
export const ErrorEnvelope = Schema.Struct({
  success: optional(Schema.Boolean),
  status: optional(Schema.Int),
  error: Schema.Struct({
    message: Schema.String,
    type: optional(Schema.String),
    details: optional(Schema.Unknown),
  }),
})

/** `{"detail": [{"loc": ["query", "limit"], "msg": "…", "type": "…"}]}` */
export const FastApiValidation = Schema.Struct({
  detail: Schema.Array(
    Schema.Struct({ loc: Schema.Array(Segment), msg: Schema.String, type: optional(Schema.String) }),
  ),
})

/** `{"detail": "Not Found"}`, FastAPI's body for everything else. */
const FastApiDetail = Schema.Struct({ detail: Schema.NonEmptyString })

/** One thing that the server did not like about a request. */
export interface FaultIssue {
  /** Where, as in `query.limit`; empty when the server did not say. */
  readonly location: string
  readonly message: string
}

/** What a response that reports a failure says, whichever shape it came in. */
export interface ApiFault {
  readonly message: string
  /** The server's `error.type`, for example `NotFoundError`. */
  readonly type: string | null
  readonly issues: ReadonlyArray<FaultIssue>
  /** Seconds to wait before the next try, when the body says so. */
  readonly retryAfterSeconds: number | null
  /** `error.details`, whatever was in it. */
  readonly details: Readonly<Record<string, unknown>>
}

const decodeEnvelope = Schema.decodeUnknownOption(ErrorEnvelope)
const decodeDetails = Schema.decodeUnknownOption(Details)
const decodeValidationError = Schema.decodeUnknownOption(ValidationError)
const decodeDetail = Schema.decodeUnknownOption(FastApiDetail)
const decodeFastApi = Schema.decodeUnknownOption(FastApiValidation)

const place = (location: string | ReadonlyArray<string | number> | null | undefined): string =>
  location === null || location === undefined ? "" : typeof location === "string" ? location : location.join(".")

const seconds = (value: unknown): number | null => {
  const parsed = typeof value === "string" && /^\s*\d+(\.\d+)?\s*$/.test(value) ? Number(value) : value
  return typeof parsed === "number" && Number.isFinite(parsed) && parsed >= 0 ? parsed : null
}

/** The entries of `details.validation_errors` that can be read; the others cost nobody else. */
const issuesOf = (errors: unknown): ReadonlyArray<FaultIssue> =>
  (Array.isArray(errors) ? errors : []).flatMap((error) =>
    Option.match(decodeValidationError(error), {
      onNone: () => [],
      onSome: ({ location, message }) => [{ location: place(location), message }],
    }),
  )

/** Reads a parsed body; `None` when it is neither of the two shapes. */
export const decodeFault = (body: unknown): Option.Option<ApiFault> => {
  const envelope = decodeEnvelope(body)
  if (Option.isSome(envelope)) {
    const { details, message, type } = envelope.value.error
    const known = Option.getOrElse(decodeDetails(details), () => ({}) as Record<string, unknown>)
    return Option.some({
      message,
      type: type ?? null,
      issues: issuesOf(known["validation_errors"]),
      retryAfterSeconds: seconds(known["retry_after"]),
      details: known,
    })
  }
  const plain = decodeDetail(body)
  if (Option.isSome(plain)) {
    return Option.some({ message: plain.value.detail, type: null, issues: [], retryAfterSeconds: null, details: {} })
  }
  return Option.map(decodeFastApi(body), ({ detail }) => ({
    message: detail[0]?.msg ?? "The server rejected the request.",
    type: null,
    issues: detail.map((issue) => ({ location: place(issue.loc), message: issue.msg })),
    retryAfterSeconds: null,
    details: {},
  }))
}
