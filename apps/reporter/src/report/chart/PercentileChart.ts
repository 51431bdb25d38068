/** How long executions took: the line that half of them kept below, the one that 95 % did, and what lies between. */
import { scaleLinear } from "d3-scale"
import { area, line } from "d3-shape"
import type { DurationCounts } from "../DurationCounts.ts"
import { html, type Html } from "../Html.ts"
import { duration } from "../Numbers.ts"
import type { Series } from "../TimeBuckets.ts"
import { below, grid, type Mark, picture, type Plot, plotOf, responsive } from "./Frame.ts"
import { alone, dot, type Point } from "./Points.ts"
import { timeMarks } from "./TimeAxis.ts"

/** So few points are shown each. */
const fewPoints = 24

const lineOf = line<Point>(
  (one) => one.x,
  (one) => one.y ?? 0,
)
  .defined((one) => one.y !== null)
  .digits(1)

/** The names of the lines at their ends, kept apart. */
const endNames = (p50: Point, p95: Point): Html => {
  const at = (p50.x + 6).toFixed(1)
  const low = p50.y ?? 0
  const high = Math.min(p95.y ?? 0, low - 14)
  return html`<text class="p95-name" x="${at}" y="${high.toFixed(1)}" dy="0.32em">p95</text
    ><text class="p50-name" x="${at}" y="${low.toFixed(1)}" dy="0.32em">p50</text>`
}

/** One point for each of `all`, at equal distances; `marksOf` says what stands below. */
export const percentileChart = (
  all: ReadonlyArray<DurationCounts>,
  label: string,
  marksOf: (plot: Plot) => ReadonlyArray<Mark>,
): Html => {
  const values = all.map((one) => ({ p50: one.percentile(0.5), p95: one.percentile(0.95) }))
  return responsive((place, kind) => {
    const plot = plotOf(place, 36)
    const y = scaleLinear([0, Math.max(1, ...values.map((one) => one.p95 ?? 0))], [plot.bottom, plot.top]).nice(4)
    const points = (key: "p50" | "p95"): ReadonlyArray<Point> =>
      values.map(({ [key]: value }, index) => ({
        x: plot.left + ((plot.right - plot.left) * (index + 0.5)) / values.length,
        y: value === null ? null : y(value),
      }))
    const [low, high] = [points("p50"), points("p95")]
    const band = area<Point>(
      (one) => one.x,
      (one) => one.y ?? 0,
      (_, index) => high[index]?.y ?? 0,
    )
      .defined((one) => one.y !== null)
      .digits(1)
    const shown = (line: ReadonlyArray<Point>) =>
      line.length <= fewPoints ? line.filter((one) => one.y !== null) : alone(line)
    const last = low.findLastIndex((one) => one.y !== null)
    const [end50, end95] = [low[last], high[last]]
    return picture(place, kind, label, [
      grid(
        plot,
        y.ticks(4).map((value) => ({ at: y(value), text: duration(value) })),
      ),
      html`<path class="band" d="${band(low) ?? ""}" />`,
      html`<path class="p95" d="${lineOf(high) ?? ""}" /><path class="p50" d="${lineOf(low) ?? ""}" />`,
      ...shown(high).map((one) => dot("p95-dot", one, 3)),
      ...shown(low).map((one) => dot("p50-dot", one, 3)),
      end50 === undefined || end95 === undefined ? null : endNames(end50, end95),
      below(plot, marksOf(plot)),
    ])
  })
}

/** The same by time. */
export const durationChart = (series: Series, label: string): Html =>
  percentileChart(
    series.buckets.map((one) => one.durations),
    label,
    (plot) => timeMarks(series, plot),
  )
