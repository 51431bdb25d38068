/** Pictures of what is loaded: how often it triggered, how long it took, how high it scored. */
import { Stats } from "@mixpeek-alerts/domain"
import { spelled } from "../../text/Glyph.ts"
import { clean } from "../../text/Clean.ts"
import type { TrendsBoard } from "../Board.ts"
import { ruled } from "../Layout.ts"
import type { Model } from "../Model.ts"
import { known } from "../Remote.ts"
import { selectedBucket, type TrendsPicture, trendsOf } from "../Trends.ts"
import { bucketLine, chartLines, stepName } from "./ChartLines.ts"
import { rules } from "./Rule.ts"
import { durations, histograms } from "./Histograms.ts"
import { ends, line, type Lines, type Span, span } from "./Line.ts"
import { waitingView } from "./StateView.ts"
import { trendsTable } from "./TrendsTable.ts"

type Spans = ReadonlyArray<Span>

const percent = (stats: Stats.ExecutionStats): string => `${((Stats.rate(stats) ?? 0) * 100).toFixed(1)}%`

const title = (picture: TrendsPicture, model: Model): Spans => {
  const { stats } = picture
  const [bucket] = picture.buckets
  const step = bucket === undefined ? "" : `per ${stepName(bucket.until - bucket.from)}`
  return ends(
    [
      span(" triggered ", "quiet"),
      span(percent(stats), "fired", { bold: true }),
      span(`  ${stats.triggered} of ${stats.executions}`),
    ],
    [span(step, "quiet")],
    model.size.columns,
  )
}

/** How much of what there is was counted, and what more costs. */
export const coverage = ({ list, size, theme }: Model, { rows, unfit }: TrendsPicture): string => {
  const loaded = known(list.items)?.length ?? 0
  const total = list.total === null || list.total === loaded ? "" : ` of ${list.total}`
  const which = rows === loaded ? `${loaded} loaded${total}` : `${rows} of ${loaded} loaded${total}`
  const left = unfit === 0 ? "" : `, ${unfit} do${unfit === 1 ? "es" : ""} not fit`
  const filter = list.filter === null ? "" : ` · / ${clean(list.filter.text)}`
  if (size.columns < 60)
    return spelled(list.next === null ? which : `${rows}${total} · L 100 more: 1 request`, theme.ascii)
  const more = list.next === null ? " · nothing more" : " · L loads 100 more: 1 request"
  return spelled(`${which}${left}${filter}${more}`, theme.ascii)
}

const fitted = (lines: ReadonlyArray<Spans>, { size }: Model): Lines => lines.map((spans) => line(spans, size.columns))

/** Rows for the chart and the most for what is below it, between the lines that are always there. */
const heights = ({ size }: Model): { readonly room: number; readonly below: number } => {
  const room = size.rows - (ruled(size) ? 11 : 8)
  const below = size.columns < 60 || room < 9 ? 1 : Math.min(12, Math.ceil(room * 0.55))
  return { room, below }
}

const pictures = (board: TrendsBoard, picture: TrendsPicture, model: Model): Lines => {
  const { columns } = model.size
  const most = heights(model)
  const at = selectedBucket(picture, board)
  const below =
    most.below === 1 ? [[span(` took  ${durations(picture)}`, "quiet")]] : histograms(picture, most.below, model)
  const chart = Math.max(1, Math.min(16, most.room - below.length))
  return [
    line(title(picture, model), columns),
    ...fitted(chartLines(picture.buckets, at, { columns, height: chart }, model), model),
    line(bucketLine(picture.buckets[at], model.times, columns < 60), columns),
    ...rules(model),
    ...fitted(below, model),
    line([span(` ${coverage(model, picture)}`, "quiet")], columns),
  ]
}

export const trendsView = (board: TrendsBoard, model: Model): Lines => {
  if (known(model.list.items) === null) return waitingView(model)
  const picture = trendsOf(model, board)
  const note = coverage(model, picture)
  if (picture.buckets.length === 0)
    return fitted(
      [
        [span("   None of the loaded executions is of this alert, or passes the filter.")],
        [],
        [span(`   ${note}`, "quiet")],
      ],
      model,
    )
  return board.table === null ? pictures(board, picture, model) : trendsTable(model, picture, board.table, note)
}
