/** Where moments lie in a picture. */
import { scaleUtc } from "d3-scale"
import { tick } from "../Numbers.ts"
import type { Series } from "../TimeBuckets.ts"
import type { Mark, Plot } from "./Frame.ts"

export const timeScale = (series: Series, plot: Plot) =>
  scaleUtc([series.start, series.start + series.width * series.buckets.length], [plot.left, plot.right])

const perMark = 90

export const timeMarks = (series: Series, plot: Plot): ReadonlyArray<Mark> => {
  const x = timeScale(series, plot)
  const ticks = x.ticks(Math.max(2, Math.round((plot.right - plot.left) / perMark)))
  const step = ticks.length > 1 ? Number(ticks[1]) - Number(ticks[0]) : series.width
  return ticks.map((at) => ({ at: x(at), text: tick(Number(at), step) }))
}
