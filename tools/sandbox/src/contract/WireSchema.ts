/** What goes over the wire, as schemas: the source of the types here and of `/openapi.json`. */
import { AlertExecutionWire, ErrorEnvelope, FastApiValidation } from "@mixpeek-alerts/domain"
import { Schema } from "effect"

const optional = <S extends Schema.Top>(schema: S) => Schema.optionalKey(Schema.NullOr(schema))
const Count = Schema.Int.check(Schema.isGreaterThanOrEqualTo(0))
const Fields = Schema.Record(Schema.String, Schema.Unknown)

/** One execution. The domain says what it is. */
export const AlertExecutionResult = AlertExecutionWire.annotate({ identifier: "AlertExecutionResult" })

/** Where in a list a page is; every field may be missing. */
export const Pagination = Schema.Struct({
  total: optional(Count),
  page: optional(Count),
  page_size: optional(Count),
  total_pages: optional(Count),
  next_page: optional(Count),
  previous_page: optional(Count),
  next_cursor: optional(Schema.String),
}).annotate({ identifier: "PaginationResponse" })

const pageOf = <S extends Schema.Top>(results: S) =>
  Schema.Struct({ results: Schema.Array(results), pagination: Pagination, total_count: Count })

export const AlertExecutionListResponse = pageOf(AlertExecutionResult).annotate({
  identifier: "AlertExecutionListResponse",
})

const Channel = Schema.Struct({
  channel_type: Schema.String,
  channel_id: optional(Schema.String),
  config: optional(Fields),
})

const NotificationConfig = Schema.Struct({
  channels: Schema.Array(Channel),
  include_matches: Schema.Boolean,
  include_scores: Schema.Boolean,
  template_id: optional(Schema.String),
})

/** An alert. Source: the published API reference 0.82, `AlertResponse`. */
export const AlertResponse = Schema.Struct({
  name: Schema.String.check(Schema.isMinLength(1), Schema.isMaxLength(200)),
  notification_config: NotificationConfig,
  alert_id: optional(Schema.String),
  namespace_id: optional(Schema.String),
  description: optional(Schema.String),
  retriever_id: optional(Schema.String),
  enabled: optional(Schema.Boolean),
  created_at: optional(Schema.String),
  updated_at: optional(Schema.String),
  metadata: optional(Fields),
  source: optional(Schema.String),
  trigger_on: optional(Schema.Unknown),
}).annotate({ identifier: "AlertResponse" })
export type AlertResponse = typeof AlertResponse.Type

export const ListAlertsResponse = pageOf(AlertResponse).annotate({ identifier: "ListAlertsResponse" })

/** The body of `POST /v1/alerts/list`. */
export const ListAlertsRequest = Schema.Struct({
  search: optional(Schema.String),
  filters: optional(Fields),
  sort: optional(
    Schema.Struct({ field: Schema.String, direction: Schema.optionalKey(Schema.Literals(["asc", "desc"])) }),
  ),
  case_sensitive: optional(Schema.Boolean),
}).annotate({ identifier: "ListAlertsRequest" })
export type ListAlertsRequest = typeof ListAlertsRequest.Type

export const ErrorResponse = ErrorEnvelope.annotate({ identifier: "ErrorResponse" })

export const HTTPValidationError = FastApiValidation.annotate({ identifier: "HTTPValidationError" })
