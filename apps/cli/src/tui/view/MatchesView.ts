/** The matches of an execution: a table with score bars, and the tree of the selected match. */
import type { AlertExecution } from "@mixpeek-alerts/domain"
import { bar } from "../../text/Bar.ts"
import { clean } from "../../text/Clean.ts"
import { glyphs } from "../../text/Glyph.ts"
import { left, right } from "../../text/Width.ts"
import type { DetailState } from "../Detail.ts"
import { matchesSplit } from "../Layout.ts"
import type { Model, Theme } from "../Model.ts"
import { rules } from "./Rule.ts"
import { line, type Span, span, type Lines } from "./Line.ts"
import { treeView } from "./TreeView.ts"

interface Columns {
  readonly document: number
  readonly asset: number
  readonly bar: number
}

/** The bar goes first when it gets narrow, then the asset. */
const columnsFor = (width: number): Columns => {
  const room = width - 16
  const barWidth = width < 60 ? 0 : Math.min(30, Math.floor(room * 0.3))
  const asset = width < 50 ? 0 : Math.min(24, Math.floor((room - barWidth) * 0.35))
  return { bar: barWidth, asset, document: Math.max(8, Math.min(40, room - barWidth - asset - 2)) }
}

const head = (columns: Columns): ReadonlyArray<Span> => [
  span(`   ${right("#", 3)}  ${left("document", columns.document)}`, "quiet"),
  span(columns.asset === 0 ? "" : ` ${left("asset", columns.asset)}`, "quiet"),
  span("  score", "quiet"),
]

const row = (execution: AlertExecution, index: number, selected: boolean, columns: Columns, theme: Theme) => {
  const match = execution.matches?.[index]
  if (match === undefined) return []
  const { none, selected: marker } = glyphs(theme.ascii)
  return [
    span(selected ? `${marker}  ` : "   "),
    span(right(String(index + 1), 3), "quiet"),
    span(`  ${left(clean(match.documentId), columns.document)}`),
    span(columns.asset === 0 ? "" : ` ${left(clean(match.assetId ?? none), columns.asset)}`),
    span(`  ${match.score.toFixed(3)} `, "number"),
    span(bar(match.score, columns.bar, theme.ascii), "fired"),
  ]
}

const absence = (execution: AlertExecution): string => {
  if (execution.matches === null) {
    return execution.matchCount === 0
      ? "No matches."
      : `${execution.matchCount} matches, which this alert is configured not to send (include_matches).`
  }
  return execution.triggered ? "It triggered, and the server sent no matches." : "It did not trigger: nothing matched."
}

export const matchesView = (model: Model, detail: DetailState, execution: AlertExecution): Lines => {
  const { size, theme } = model
  const width = size.columns
  if (detail.matchCount === 0) return [line([span(`   ${absence(execution)}`)], width)]
  const split = matchesSplit(size, detail.matchCount)
  const columns = columnsFor(width)
  const { index: selected, top } = detail.spots.matches
  const rows = Array.from({ length: Math.min(split.table, detail.matchCount - top) }, (_, offset) => top + offset)
  const match = execution.matches?.[selected]
  const about = [
    span(clean(match?.documentId ?? ""), "plain", { bold: true }),
    span(detail.tree.length === 0 ? "  no features and no metadata" : "", "quiet"),
  ]
  return [
    line(head(columns), width),
    ...rows.map((index) =>
      line(
        row(execution, index, index === selected, columns, theme),
        width,
        detail.pane === "table" && index === selected,
      ),
    ),
    ...rules(model),
    line(about, width),
    ...treeView({
      lines: detail.tree,
      spot: detail.spots.tree,
      height: split.tree,
      width,
      theme,
      focused: detail.pane === "tree",
    }),
  ]
}
