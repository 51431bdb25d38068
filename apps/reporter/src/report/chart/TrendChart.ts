/** The share that triggered, from run to run. */
import { scaleLinear } from "d3-scale"
import { line } from "d3-shape"
import { html, type Html } from "../Html.ts"
import { below, grid, type Mark, picture, type Plot, plotOf, responsive } from "./Frame.ts"
import { dot, type Point } from "./Points.ts"
import { rateMarks, scaleTop } from "./RateScale.ts"

/** Where each run lies in a trend, with what stands below it. */
export const runMarks =
  (names: ReadonlyArray<string>) =>
  (plot: Plot): ReadonlyArray<Mark> =>
    names.map((text, index) => ({ at: plot.left + ((plot.right - plot.left) * (index + 0.5)) / names.length, text }))

/** The share of each run's executions that triggered; `null` for a run without any. */
export const rateTrend = (rates: ReadonlyArray<number | null>, names: ReadonlyArray<string>, label: string): Html =>
  responsive((place, kind) => {
    const plot = plotOf(place, 36)
    const top = scaleTop(rates.map((rate) => rate ?? 0))
    const y = scaleLinear([0, top], [plot.bottom, plot.top])
    const marks = runMarks(names)(plot)
    const points: ReadonlyArray<Point> = marks.map(({ at }, index) => {
      const rate = rates[index] ?? null
      return { x: at, y: rate === null ? null : y(rate) }
    })
    const edge = line<Point>(
      (one) => one.x,
      (one) => one.y ?? 0,
    )
      .defined((one) => one.y !== null)
      .digits(1)
    return picture(place, kind, label, [
      grid(plot, rateMarks(top, y)),
      html`<path class="edge" d="${edge(points) ?? ""}" />`,
      ...points.filter((one) => one.y !== null).map((one) => dot("dot", one, 3)),
      below(plot, marks),
    ])
  })
