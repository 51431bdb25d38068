/** What can cover the list and an open execution: the alerts, the trends, a comparison. */
import type { Alert, Comparison, ExecutionFacts, ExecutionRecord, FieldChange } from "@mixpeek-alerts/domain"
import type { Remote } from "./Remote.ts"
import type { Spot } from "./Spot.ts"

/** The alerts of the namespace. */
export interface AlertsBoard {
  readonly _tag: "Alerts"
  readonly alerts: Remote<ReadonlyArray<Alert>>
  readonly spot: Spot
  /** The last results that were asked for, by the name that they were asked by; `null` of an alert that never ran. */
  readonly latest: ReadonlyMap<string, Remote<ExecutionFacts | null>>
}

/** Pictures of the rows of the list. */
export interface TrendsBoard {
  readonly _tag: "Trends"
  /** The alert that is counted; `null` for all. */
  readonly alert: string | null
  /** The length of a bucket in milliseconds; `null` for the shortest that fits. */
  readonly step: number | null
  /** Where the selected bucket begins; `null` for the last. */
  readonly selected: number | null
  /** Whether it is a table, and where in it the cursor is. */
  readonly table: Spot | null
}

/** Two executions, the earlier first. */
export interface CompareBoard {
  readonly _tag: "Compare"
  readonly before: ExecutionRecord
  readonly after: ExecutionRecord
  /** What differs of the executions themselves. */
  readonly fields: ReadonlyArray<FieldChange>
  readonly changes: ReadonlyArray<Comparison.DocumentChange>
  /** The line: 0 is the executions themselves, then the documents. */
  readonly spot: Spot
}

export type Board = AlertsBoard | TrendsBoard | CompareBoard
