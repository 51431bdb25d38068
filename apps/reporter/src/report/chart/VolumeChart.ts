/** Executions over time as bars, those that triggered at the foot. */
import { scaleLinear } from "d3-scale"
import type { Html } from "../Html.ts"
import { shortCount } from "../Numbers.ts"
import type { Series } from "../TimeBuckets.ts"
import { bar, below, grid, picture, plotOf, responsive } from "./Frame.ts"
import { timeMarks } from "./TimeAxis.ts"

export const volumeChart = (series: Series, label: string): Html =>
  responsive((place, kind) => {
    const plot = plotOf(place)
    const most = Math.max(1, ...series.buckets.map((one) => one.executions))
    const y = scaleLinear([0, most], [plot.bottom, plot.top]).nice(4)
    const slot = (plot.right - plot.left) / series.buckets.length
    const gap = slot > 6 ? 2 : slot > 3 ? 1 : 0
    return picture(place, kind, label, [
      grid(
        plot,
        y.ticks(4).map((value) => ({ at: y(value), text: shortCount(value) })),
      ),
      ...series.buckets.flatMap(({ executions, triggered }, index) => {
        const x = plot.left + slot * index + gap / 2
        return [
          bar("triggered", x, y(triggered), slot - gap, plot.bottom - y(triggered)),
          bar("quiet", x, y(executions), slot - gap, y(triggered) - y(executions)),
        ]
      }),
      below(plot, timeMarks(series, plot)),
    ])
  })
