/** The scores of all matches, from 0 to 1. */
import { scaleLinear } from "d3-scale"
import type { Html } from "../Html.ts"
import { shortCount } from "../Numbers.ts"
import { bar, below, grid, picture, plotOf, responsive } from "./Frame.ts"

export const scoreChart = (bins: ReadonlyArray<number>, label: string): Html =>
  responsive((place, kind) => {
    const plot = plotOf(place, 14)
    const x = scaleLinear([0, 1], [plot.left, plot.right])
    const y = scaleLinear([0, Math.max(1, ...bins)], [plot.bottom, plot.top]).nice(4)
    const slot = (plot.right - plot.left) / bins.length
    return picture(place, kind, label, [
      grid(
        plot,
        y.ticks(4).map((value) => ({ at: y(value), text: shortCount(value) })),
      ),
      ...bins.map((value, index) =>
        bar("score", plot.left + slot * index + 1, y(value), slot - 2, plot.bottom - y(value)),
      ),
      below(
        plot,
        [0, 0.2, 0.4, 0.6, 0.8, 1].map((value) => ({ at: x(value), text: String(value) })),
      ),
    ])
  })
