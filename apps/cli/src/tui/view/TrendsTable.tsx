/** The trends as a table, for whoever would rather read numbers than see bars. */
import { Stats } from "@mixpeek-alerts/domain"
import type { ReactElement } from "react"
import { glyphs } from "../../text/Glyph.ts"
import { took } from "../../text/Moment.ts"
import { left, right } from "../../text/Width.ts"
import { listHeight, ruled } from "../Layout.ts"
import type { Model } from "../Model.ts"
import type { Spot } from "../Spot.ts"
import type { TrendLine, TrendsPicture } from "../Trends.ts"
import { Rule } from "./Frame.tsx"
import { Line, type Span, span } from "./Line.tsx"

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

export const TrendsTable = (props: {
  readonly model: Model
  readonly note: string
  readonly picture: TrendsPicture
  readonly spot: Spot
}): ReactElement => {
  const { model, note, picture, spot } = props
  const { theme } = model
  const width = model.size.columns
  const narrow = width < 74
  const height = listHeight(model.size)
  const shown = picture.lines.slice(spot.top, spot.top + height)
  return (
    <>
      <Line theme={theme} width={width} spans={[span(head(narrow), "quiet")]} />
      {shown.map((line, offset) => (
        <Line
          key={`${line.kind}${line.label}`}
          theme={theme}
          width={width}
          selected={spot.top + offset === spot.index}
          spans={rowOf(line, spot.top + offset === spot.index, narrow, model)}
        />
      ))}
      {Array.from({ length: height - shown.length }, (_, index) => (
        <Line key={index} theme={theme} width={width} spans={[]} />
      ))}
      {ruled(model.size) ? <Rule model={model} width={width} /> : null}
      <Line theme={theme} width={width} spans={[span(note, "quiet")]} />
    </>
  )
}
