/** The alerts of the namespace: found by ID or name, searched, filtered and sorted. */
import { alerts, type SampleAlert } from "@mixpeek-alerts/domain/Sample"
import type { AlertResponse, ListAlertsRequest } from "./contract/WireSchema.ts"

/** The position of an alert in the sample by its ID or name; -1 when there is none. */
export const findAlert = (identifier: string): number =>
  alerts.findIndex((alert) => alert.alertId === identifier || alert.name === identifier)

const responseOf = (alert: SampleAlert, position: number, namespace: string): AlertResponse => ({
  alert_id: alert.alertId,
  namespace_id: namespace,
  name: alert.name,
  description: position % 3 === 2 ? null : `Runs when documents arrive: ${alert.name}`,
  retriever_id: `ret_${alert.alertId.slice("alt_".length)}`,
  enabled: position % 4 !== 3,
  notification_config: {
    channels: [
      { channel_type: "webhook", channel_id: `ch_${position}`, config: {} },
      ...(position % 2 === 0 ? [{ channel_type: "email", config: { to: "ops@example.com" } }] : []),
    ],
    include_matches: alert.includeMatches,
    include_scores: true,
    template_id: null,
  },
  created_at: `2026-01-0${position + 1}T08:00:00.000123`,
  updated_at: "2026-02-01T12:30:00",
  metadata: {},
})

export const allAlerts = (namespace: string): ReadonlyArray<AlertResponse> =>
  alerts.map((alert, position) => responseOf(alert, position, namespace))

/** A field by the name that a request gives it. */
const fieldOf = (alert: AlertResponse, field: string): unknown => (alert as Readonly<Record<string, unknown>>)[field]

const fits = (alert: AlertResponse, { case_sensitive, filters, search }: ListAlertsRequest): boolean => {
  const fold = (text: string): string => (case_sensitive === true ? text : text.toLowerCase())
  const texts = [alert.alert_id ?? "", alert.name, alert.description ?? ""]
  const found = texts.some((text) => fold(text).includes(fold(search ?? "")))
  return found && Object.entries(filters ?? {}).every(([field, value]) => fieldOf(alert, field) === value)
}

const byField = (field: string) => (left: AlertResponse, right: AlertResponse) => {
  const [one, other] = [String(fieldOf(left, field)), String(fieldOf(right, field))]
  return one < other ? -1 : one > other ? 1 : 0
}

/** The alerts that fit a search, in the order it asks for. */
export const searchAlerts = (namespace: string, search: ListAlertsRequest): ReadonlyArray<AlertResponse> => {
  const found = allAlerts(namespace).filter((alert) => fits(alert, search))
  if (search.sort === undefined || search.sort === null) return found
  const sorted = found.toSorted(byField(search.sort.field))
  return search.sort.direction === "desc" ? sorted.reverse() : sorted
}
