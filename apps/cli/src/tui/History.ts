/** The executions of one alert, the newest first: those that are loaded anyway, and those that were asked for. */
import type { Cursor, Decoded } from "@mixpeek-alerts/domain"
import { itemOf } from "./List.ts"
import type { Item } from "./Model.ts"
import type { Remote } from "./Remote.ts"

export interface HistoryState {
  readonly rows: ReadonlyArray<Item>
  /** The request for a page of them; `null` when none was made. */
  readonly request: Remote<true> | null
  /** Where the next page begins; `null` when nothing was asked for, or nothing is left. */
  readonly next: Cursor | null
  /** How many the server says there are. */
  readonly total: number | null
}

export const unasked: HistoryState = { rows: [], request: null, next: null, total: null }

/** The alert that a record is of; `null` when that cannot be read. */
export const alertIdOf = (record: Decoded): string | null => {
  if (record._tag === "ExecutionRecord") return record.execution.alertId
  try {
    const { alert_id } = JSON.parse(record.json) as { alert_id?: unknown }
    return typeof alert_id === "string" ? alert_id : null
  } catch {
    return null
  }
}

const newestFirst = (one: Item, other: Item): number =>
  (other.facts?.millis ?? Number.NEGATIVE_INFINITY) - (one.facts?.millis ?? Number.NEGATIVE_INFINITY)

/** The history with more rows: those of the execution's alert among `items`, each once. */
export const withRows = (history: HistoryState, items: ReadonlyArray<Item>, present: Decoded): HistoryState => {
  const alert = alertIdOf(present)
  const byKey = new Map(history.rows.map((item) => [item.key, item] as const))
  for (const item of [itemOf(present), ...items])
    if (!byKey.has(item.key) && (item.facts?.alertId ?? alertIdOf(item.record)) === alert) byKey.set(item.key, item)
  return byKey.size === history.rows.length ? history : { ...history, rows: [...byKey.values()].sort(newestFirst) }
}
