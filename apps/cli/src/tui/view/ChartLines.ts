/** The chart of what triggered over time, as lines. */
import { Stats, type Trends } from "@mixpeek-alerts/domain"
import { column } from "../../text/Column.ts"
import { bucketSpan, bucketStart, type Times, took } from "../../text/Moment.ts"
import { left, right } from "../../text/Width.ts"
import type { Model } from "../Model.ts"
import type { Tone } from "../Palette.ts"
import { type Span, span } from "./Line.ts"

type Spans = ReadonlyArray<Span>
type Bucket = Trends.TimeBucket

const axis = 6

/** `5 min`, `1 h`, `7 d`, of milliseconds. */
export const stepName = (millis: number): string => {
  const minutes = millis / 60_000
  if (minutes < 60) return `${minutes} min`
  return minutes < 24 * 60 ? `${minutes / 60} h` : `${minutes / (24 * 60)} d`
}

/** The buckets that fit, as far to the right as it goes with the selected one among them; and which of them that is. */
const visible = (buckets: ReadonlyArray<Bucket>, selected: number, room: number) => {
  const from = Math.max(0, Math.min(buckets.length - room, selected))
  return { shown: buckets.slice(from, from + room), at: selected - from }
}

/** Round shares for the top of the axis: what is above the highest bar is empty. */
const topOf = (buckets: ReadonlyArray<Bucket>): number => {
  const most = Math.max(...buckets.map(({ stats }) => Stats.rate(stats) ?? 0))
  return [0.1, 0.2, 0.4, 0.6, 0.8].find((top) => most <= top) ?? 1
}

const labelAt = (row: number, height: number, top: number): string => {
  const middle = height >= 4 && height % 2 === 0 && row === height / 2 - 1
  const share = row === height - 1 ? top : middle ? top / 2 : row === 0 && height > 1 ? 0 : null
  return share === null ? right("", axis) : `${right(`${Math.round(share * 100)}%`, axis - 1)} `
}

const widestBar = 7

/** How wide a bucket is drawn, with the gap behind it. */
const pitchOf = (count: number, columns: number): number =>
  Math.max(2, Math.min(widestBar + 1, Math.floor((columns - axis - 1) / Math.max(1, count))))

const timeLabels = (shown: ReadonlyArray<Bucket>, pitch: number, times: Times): string => {
  const name = ({ from, until }: Bucket): string => {
    const day = until - from >= 24 * 3_600_000
    return bucketStart(from, times).slice(day ? 0 : 6, day ? 5 : 11)
  }
  const every = Math.ceil(7 / pitch)
  return shown.map((bucket, index) => (index % every === 0 ? left(name(bucket), every * pitch) : "")).join("")
}

export interface ChartSize {
  readonly height: number
  readonly columns: number
}

/** A chart of so many rows, a mark under what is selected, how many ran in each bucket, and the times. */
export const chartLines = (
  buckets: ReadonlyArray<Bucket>,
  selected: number,
  { columns, height }: ChartSize,
  { theme, times }: Pick<Model, "theme" | "times">,
): ReadonlyArray<Spans> => {
  const { ascii } = theme
  const pitch = pitchOf(buckets.length, columns)
  const { at, shown } = visible(buckets, selected, Math.max(1, Math.floor((columns - axis - 1) / pitch)))
  const top = topOf(buckets)
  const most = Math.max(1, ...buckets.map(({ stats }) => stats.executions))
  const barsOf = (text: (bucket: Bucket) => string, tone: Tone): Spans =>
    shown.map((bucket, index) => span(`${text(bucket).repeat(pitch - 1)} `, index === at ? "accent" : tone))
  const rows = Array.from({ length: height }, (_, fromTop) => {
    const row = height - 1 - fromTop
    const bars = barsOf(({ stats }) => column((Stats.rate(stats) ?? 0) / top, row, height, ascii), "fired")
    return [span(labelAt(row, height, top), "quiet"), ...bars]
  })
  const mark = (ascii ? "^" : "▴").repeat(pitch - 1)
  const ran = barsOf(({ stats }) => column(stats.executions / most, 0, 1, ascii), "plain")
  const zone = right(times === "local" ? "local " : "UTC ", axis)
  return [
    ...rows,
    [span(" ".repeat(axis + at * pitch)), span(mark, "accent", { bold: true })],
    [span(`${right("ran", axis - 1)} `, "quiet"), ...ran],
    [span(zone, "quiet"), span(timeLabels(shown, pitch, times), "quiet")],
  ]
}

/** What is in the selected bucket, in words. */
export const bucketLine = (bucket: Bucket | undefined, times: Times, narrow: boolean): Spans => {
  if (bucket === undefined) return []
  const { executions, triggered } = bucket.stats
  const share = Stats.rate(bucket.stats)
  const text =
    share === null
      ? "nothing ran"
      : narrow
        ? `${triggered} of ${executions} (${Math.round(share * 100)}%)`
        : `${executions} ran, ${triggered} triggered (${Math.round(share * 100)}%), p50 ${took(Stats.percentile(bucket.stats, 0.5) ?? 0)}`
  return [span(` ${bucketSpan(bucket.from, bucket.until, times)}  `, "accent", { bold: true }), span(text)]
}
