/** Everything that a page says about executions, matches and failures, collected row by row. */
import { DurationCounts } from "./DurationCounts.ts"
import { FrequentKeys } from "./FrequentKeys.ts"
import { TimeBuckets } from "./TimeBuckets.ts"

/** The cells of a row by the names of its columns; `undefined` for a column that the table does not have. */
export type Cells = (column: string) => string | undefined

/** What is known of one alert, or of all alerts beyond those that are told apart. */
export interface AlertTotals {
  readonly id: string
  executions: number
  triggered: number
  readonly durations: DurationCounts
}

export interface FailureSample {
  readonly executionId: string
  readonly reason: string
  readonly where: string
  readonly message: string
  readonly requestId: string
}

export const scoreBins = 20
const mostAlerts = 256
const mostSamples = 25
const documentCapacity = 20_000

export const otherAlerts = "all other alerts"

const totals = (id: string): AlertTotals => ({ id, executions: 0, triggered: 0, durations: new DurationCounts() })

export class Fold {
  readonly alerts: Array<AlertTotals> = []
  private readonly numbers = new Map<string, number>()
  readonly all = totals("all")
  readonly time = new TimeBuckets()
  first: number | null = null
  last: number | null = null
  /** Executions whose time no clock can tell. */
  untimed = 0
  readonly scores = Array.from({ length: scoreBins }, () => 0)
  matches = 0
  /** Matches with a score that is not from 0 to 1. */
  oddScores = 0
  readonly documents = new FrequentKeys(documentCapacity)
  failures = 0
  readonly reasons = new FrequentKeys(100)
  readonly samples: Array<FailureSample> = []
  /** Executions that came in more than one run, counted once. */
  shared = 0

  execution(cells: Cells): void {
    const alert = this.numberOf(cells("alert_id") ?? "")
    const triggered = cells("triggered") === "true" ? 1 : 0
    const duration = Number(cells("duration_ms"))
    for (const one of [this.all, this.alerts[alert] as AlertTotals]) {
      one.executions++
      one.triggered += triggered
      if (duration >= 0) one.durations.add(duration)
    }
    const at = Date.parse(cells("executed_at_utc") ?? "")
    if (Number.isNaN(at)) return void this.untimed++
    this.first = Math.min(this.first ?? at, at)
    this.last = Math.max(this.last ?? at, at)
    const bucket = this.time.at(at)
    bucket.add(alert, 1, triggered)
    if (duration >= 0) bucket.durations.add(duration)
  }

  match(cells: Cells): void {
    const score = Number(cells("score") || Number.NaN)
    this.matches++
    if (score >= 0 && score <= 1) {
      const bin = Math.min(scoreBins - 1, Math.floor(score * scoreBins))
      this.scores[bin] = (this.scores[bin] as number) + 1
    } else this.oddScores++
    this.documents.add(cells("document_id") ?? "", Number.isNaN(score) ? null : score)
  }

  failure(cells: Cells): void {
    this.failures++
    const reason = cells("reason") ?? ""
    this.reasons.add(reason)
    if (this.samples.length >= mostSamples) return
    this.samples.push({
      executionId: cells("execution_id") ?? "",
      reason,
      where: cells("where") ?? "",
      message: [cells("path"), cells("message")].filter((part) => part).join(": "),
      requestId: cells("request_id") ?? "",
    })
  }

  private numberOf(text: string): number {
    const alert = text.toWellFormed()
    const known = this.numbers.get(alert)
    if (known !== undefined) return known
    const isFull = this.alerts.length >= mostAlerts
    if (isFull && this.alerts.length > mostAlerts) return mostAlerts
    const id = isFull ? otherAlerts : Buffer.from(alert).toString()
    if (!isFull) this.numbers.set(id, this.alerts.length)
    this.alerts.push(totals(id))
    return this.alerts.length - 1
  }
}
