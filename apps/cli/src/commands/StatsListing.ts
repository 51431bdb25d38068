/** How statistics are printed: one line for all executions and one for each alert, or one object. */
import { Stats } from "@mixpeek-alerts/domain"
import type { Listing } from "../output/Listing.ts"
import { type Surface, painted } from "../output/Surface.ts"
import { bar } from "../text/Bar.ts"
import { clean } from "../text/Clean.ts"
import { glyphs } from "../text/Glyph.ts"
import { took } from "../text/Moment.ts"
import { right } from "../text/Width.ts"

/** The statistics of one alert, or of all (`alertId` null). */
export interface StatsRow {
  readonly alertId: string | null
  readonly stats: Stats.ExecutionStats
  readonly json: string
}

/** A line of its own. */
export const statsRow = (alertId: string | null, stats: Stats.ExecutionStats): StatsRow => ({
  alertId,
  stats,
  json: JSON.stringify(objectOf(alertId, stats)),
})

/** One object for programs: of all executions, with the alerts in it, and how much was counted. */
export const statsObject = (all: StatsRow, alerts: ReadonlyArray<StatsRow>, coverage: object): StatsRow => ({
  ...all,
  json: JSON.stringify({
    ...objectOf(null, all.stats),
    alerts: alerts.map(({ alertId, stats }) => objectOf(alertId, stats)),
    coverage,
  }),
})

const rounded = (value: number | null): number | null => (value === null ? null : Math.round(value * 10_000) / 10_000)

const stepName = (step: number): string =>
  `${(step / Stats.scoreSteps).toFixed(1)}-${((step + 1) / Stats.scoreSteps).toFixed(1)}`

const objectOf = (alertId: string | null, stats: Stats.ExecutionStats): object => ({
  ...(alertId === null ? {} : { alert_id: alertId }),
  executions: stats.executions,
  triggered: stats.triggered,
  triggered_rate: rounded(Stats.rate(stats)),
  duration_ms: {
    p50: Stats.percentile(stats, 0.5),
    p95: Stats.percentile(stats, 0.95),
    p99: Stats.percentile(stats, 0.99),
    max: Stats.percentile(stats, 1),
  },
  top_score: stats.scores.map((count, step) => ({
    from: step / Stats.scoreSteps,
    to: (step + 1) / Stats.scoreSteps,
    count,
  })),
  first_executed_at: stats.first,
  last_executed_at: stats.last,
})

const percent = (stats: Stats.ExecutionStats): string => {
  const share = Stats.rate(stats)
  return share === null ? "" : `${(share * 100).toFixed(1)}%`
}

const duration = (stats: Stats.ExecutionStats, share: number, none: string): string => {
  const millis = Stats.percentile(stats, share)
  return millis === null ? none : took(millis)
}

export const statsListing: Listing<StatsRow> = {
  noun: "statistics",
  columns: [
    { name: "alert_id", type: "string" },
    { name: "executions", type: "integer" },
    { name: "triggered", type: "integer" },
    { name: "triggered_rate", type: "number" },
    { name: "duration_p50_ms", type: "integer" },
    { name: "duration_p95_ms", type: "integer" },
    { name: "duration_p99_ms", type: "integer" },
    { name: "duration_max_ms", type: "integer" },
    { name: "first_executed_at", type: "datetime" },
    { name: "last_executed_at", type: "datetime" },
  ],
  members: ["duration_ms", "top_score"],
  cells: ({ alertId, stats }) => [
    alertId,
    stats.executions,
    stats.triggered,
    rounded(Stats.rate(stats)),
    Stats.percentile(stats, 0.5),
    Stats.percentile(stats, 0.95),
    Stats.percentile(stats, 0.99),
    Stats.percentile(stats, 1),
    stats.first,
    stats.last,
  ],
  json: ({ json }) => json,
  id: null,
  view: [
    { title: "alert", align: "left", text: ({ alertId }) => clean(alertId ?? "all"), least: 8, drop: 0 },
    { title: "executions", align: "right", text: ({ stats }) => String(stats.executions), drop: 0 },
    { title: "triggered", align: "right", text: ({ stats }) => String(stats.triggered), drop: 0 },
    { title: "rate", align: "right", text: ({ stats }) => percent(stats), drop: 2 },
    { title: "p50", align: "right", text: ({ stats }, { ascii }) => duration(stats, 0.5, glyphs(ascii).none), drop: 3 },
    {
      title: "p95",
      align: "right",
      text: ({ stats }, { ascii }) => duration(stats, 0.95, glyphs(ascii).none),
      drop: 4,
    },
  ],
}

const barWidth = 30

/** The top scores as bars, the highest first. */
export const scoreBars = ({ scores }: Stats.ExecutionStats, surface: Surface): string => {
  const most = Math.max(...scores)
  if (most === 0) return ""
  const lines = scores.map((count, step) => {
    const drawn = bar(count / most, Math.max(0, Math.min(barWidth, surface.columns - 20)), surface.ascii)
    return `  ${stepName(step)}  ${right(String(count), 7)}  ${painted(surface, "33", drawn)}`.trimEnd()
  })
  return `\n${painted(surface, "2", "top score of the executions that sent matches")}\n${lines.toReversed().join("\n")}\n`
}
