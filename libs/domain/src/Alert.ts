/** What an alert is called and where it reports to. */
import { Schema } from "effect"
import { AlertId } from "./Identifier.ts"

const optional = <S extends Schema.Top>(schema: S) => Schema.optionalKey(Schema.NullOr(schema))

const Channel = Schema.Struct({
  channelType: Schema.String,
  channelId: optional(Schema.String),
}).pipe(Schema.encodeKeys({ channelType: "channel_type", channelId: "channel_id" }))

const NotificationConfig = Schema.Struct({
  channels: Schema.Array(Channel),
  includeMatches: Schema.Boolean,
  includeScores: Schema.Boolean,
}).pipe(Schema.encodeKeys({ includeMatches: "include_matches", includeScores: "include_scores" }))

/**
 * An alert. Only the fields that this project shows are decoded.
 * Source: the published API reference 0.82, `AlertResponse`.
 */
export const Alert = Schema.Struct({
  alertId: optional(AlertId),
  /** What people call it, 1 to 200 characters. */
  name: Schema.NonEmptyString,
  description: optional(Schema.String),
  /** Whether it runs when documents arrive. */
  enabled: optional(Schema.Boolean),
  notificationConfig: NotificationConfig,
}).pipe(Schema.encodeKeys({ alertId: "alert_id", notificationConfig: "notification_config" }))
export type Alert = typeof Alert.Type

/** Where and how to look for the next alerts. Source: API reference 0.82, `ListAlertsResponse`. */
export const AlertPage = Schema.Struct({
  results: Schema.Array(Alert),
  pagination: optional(
    Schema.Struct({ nextCursor: optional(Schema.String) }).pipe(Schema.encodeKeys({ nextCursor: "next_cursor" })),
  ),
})
export type AlertPage = typeof AlertPage.Type
