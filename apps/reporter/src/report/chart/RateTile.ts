/** The share of an alert's executions that triggered, small, for a place beside those of other alerts. */
import { scaleLinear } from "d3-scale"
import { area, line } from "d3-shape"
import { html, type Html } from "../Html.ts"
import type { Series } from "../TimeBuckets.ts"
import { below, grid, picture, type Place, type Plot } from "./Frame.ts"
import { alone, dot } from "./Points.ts"
import { rateMarks, rateOf } from "./RateScale.ts"
import { timeMarks, timeScale } from "./TimeAxis.ts"

const place: Place = { width: 300, height: 96 }
const plot: Plot = { left: 42, right: place.width - 2, top: 8, bottom: place.height - 20, edge: place.width }

/** A gap is a time without executions. `top` is the rate at the top of the picture. */
export const rateTile = (series: Series, alerts: ReadonlySet<number>, top: number, label: string): Html => {
  const x = timeScale(series, plot)
  const y = scaleLinear([0, top], [plot.bottom, plot.top])
  const points = series.buckets.map((bucket, index) => {
    const rate = rateOf(bucket, alerts)
    return { x: x(series.start + series.width * (index + 0.5)), y: rate === null ? null : y(rate) }
  })
  const under = area<(typeof points)[number]>(
    (one) => one.x,
    plot.bottom,
    (one) => one.y ?? 0,
  )
  const edge = line<(typeof points)[number]>(
    (one) => one.x,
    (one) => one.y ?? 0,
  )
  const isThere = (one: (typeof points)[number]) => one.y !== null
  return picture(place, "tile", label, [
    grid(plot, rateMarks(top, y)),
    html`<path class="rate" d="${under.defined(isThere).digits(1)(points) ?? ""}" />`,
    html`<path class="edge" d="${edge.defined(isThere).digits(1)(points) ?? ""}" />`,
    ...alone(points).map((one) => dot("dot", one, 2)),
    below(plot, timeMarks(series, plot)),
  ])
}
