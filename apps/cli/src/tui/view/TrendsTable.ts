/** The trends as a table, for whoever would rather read numbers than see bars. */
import { Stats } from "@mixpeek-alerts/domain"
import { glyphs } from "../../text/Glyph.ts"
import { took } from "../../text/Moment.ts"
import { left, right } from "../../text/Width.ts"
import { listHeight } from "../Layout.ts"
import type { Model } from "../Model.ts"
import type { Spot } from "../Spot.ts"
import type { TrendLine, TrendsPicture } from "../Trends.ts"
import { rules } from "./Rule.ts"
import { filling, line, type Lines, type Span, span } from "./Line.ts"

const names: Readonly<Record<TrendLine["kind"], string>> = { time: "from", took: "took", score: "score" }

const head = (narrow: boolean): string =>
  `   ${left("what", 6)}${left("bucket", 22)}${right("ran", 6)}${narrow ? "" : `${right("triggered", 11)}${right("rate", 7)}${right("p50", 9)}${right("p95", 9)}`}`

const rowOf = (
  { count, kind, label, stats }: TrendLine,
  selected: boolean,
  narrow: boolean,
  model: Model,
): ReadonlyArray<Span> => {
  const { none, selected: marker } = glyphs(model.theme.ascii)
  const duration = (share: number): string => {
    const millis = stats === null ? null : Stats.percentile(stats, share)
    return millis === null ? none : took(millis)
  }
  const share = stats === null ? null : Stats.rate(stats)
  return [
    span(selected ? `${marker}  ` : "   "),
    span(left(names[kind], 6), "quiet"),
    span(left(label, 22), "name"),
    span(right(String(count), 6), "number"),
    span(
      narrow
        ? ""
        : `${right(stats === null ? none : String(stats.triggered), 11)}${right(share === null ? none : `${Math.round(share * 100)}%`, 7)}${right(duration(0.5), 9)}${right(duration(0.95), 9)}`,
    ),
  ]
}

export const trendsTable = (model: Model, picture: TrendsPicture, spot: Spot, note: string): Lines => {
  const width = model.size.columns
  const narrow = width < 74
  const height = listHeight(model.size)
  const rows = picture.lines.slice(spot.top, spot.top + height).map((one, offset) => {
    const selected = spot.top + offset === spot.index
    return line(rowOf(one, selected, narrow, model), width, selected)
  })
  return [
    line([span(head(narrow), "quiet")], width),
    ...filling(rows, height),
    ...rules(model),
    line([span(note, "quiet")], width),
  ]
}
