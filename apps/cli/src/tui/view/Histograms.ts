/** How long executions took and how high they scored, as bars. */
import { Stats } from "@mixpeek-alerts/domain"
import { bar } from "../../text/Bar.ts"
import { took } from "../../text/Moment.ts"
import { left, right } from "../../text/Width.ts"
import type { Model } from "../Model.ts"
import type { TrendLine, TrendsPicture } from "../Trends.ts"
import { ends, type Span, span } from "./Line.ts"

type Spans = ReadonlyArray<Span>

/** The usual and the slow. */
export const durations = ({ stats }: TrendsPicture): string =>
  [0.5, 0.95].map((share) => `p${share * 100} ${took(Stats.percentile(stats, share) ?? 0)}`).join("  ")

interface BarRow {
  readonly label: string
  readonly count: number
}

const barRows = (picture: TrendsPicture, kind: TrendLine["kind"]): ReadonlyArray<BarRow> =>
  picture.lines.filter((line) => line.kind === kind)

/** So many rows at most: what is too much is one row together. */
const limited = (rows: ReadonlyArray<BarRow>, most: number): ReadonlyArray<BarRow> => {
  if (rows.length <= most) return rows
  const rest = rows.slice(most - 1)
  return [...rows.slice(0, most - 1), { label: "beyond", count: rest.reduce((sum, { count }) => sum + count, 0) }]
}

/** From the best score down to the worst that there is; two steps in one row when there is no room for all. */
const scoreRows = (picture: TrendsPicture, most: number): ReadonlyArray<BarRow> => {
  const rows = barRows(picture, "score")
  const used = rows.slice(0, rows.findLastIndex(({ count }) => count > 0) + 1)
  if (used.length <= most) return used
  return rows.flatMap((upper, index) => {
    const lower = rows[index + 1]
    if (index % 2 === 1 || lower === undefined) return []
    return [{ label: `${lower.label.slice(0, 3)}${upper.label.slice(3)}`, count: upper.count + lower.count }]
  })
}

/** Bars as lines of `width` cells. */
const histogram = (rows: ReadonlyArray<BarRow>, width: number, ascii: boolean): ReadonlyArray<Spans> => {
  const most = Math.max(1, ...rows.map(({ count }) => count))
  const label = Math.max(0, ...rows.map((row) => row.label.length))
  const number = String(most).length + 1
  const room = Math.max(1, width - label - number - 3)
  return rows.map(({ count, label: name }) => [
    span(` ${right(name, label)} `, "quiet"),
    span(left(bar(count / most, room, ascii), room), "fired"),
    span(`${right(String(count), number)} `, "number"),
  ])
}

/** The two beside each other, in so many lines at most. */
export const histograms = (picture: TrendsPicture, height: number, model: Model): ReadonlyArray<Spans> => {
  const { ascii } = model.theme
  const half = Math.floor(model.size.columns / 2)
  const times = histogram(limited(barRows(picture, "took"), height - 1), half - 2, ascii)
  const scores = histogram(limited(scoreRows(picture, height - 1), height - 1), model.size.columns - half, ascii)
  const none = [span(" no matches were sent", "quiet")]
  const head = [...ends([span(" took  ", "quiet"), span(durations(picture))], [], half), span(" top score", "quiet")]
  const lines = Array.from({ length: Math.max(times.length, scores.length, 1) }, (_, row) => [
    ...ends(times[row] ?? [], [], half),
    ...(scores[row] ?? (row === 0 && scores.length === 0 ? none : [])),
  ])
  return [head, ...lines]
}
