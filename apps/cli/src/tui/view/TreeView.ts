/** The visible part of a JSON tree. */
import { glyphs } from "../../text/Glyph.ts"
import type { TreeLine } from "../../text/Tree.ts"
import { left } from "../../text/Width.ts"
import type { Theme } from "../Model.ts"
import type { Spot } from "../Spot.ts"
import type { Tone } from "../Palette.ts"
import { line, type Span, span, type Lines } from "./Line.ts"

const tones: Record<TreeLine["kind"], Tone> = {
  object: "quiet",
  array: "quiet",
  string: "plain",
  number: "number",
  word: "number",
}

/** Siblings line up: the values of one object start in one column, unless a name is very long. */
const widestLabel = 18

const labelWidth = (lines: ReadonlyArray<TreeLine>, line: TreeLine): number => {
  let width = 0
  for (const other of lines) if (other.depth === line.depth) width = Math.max(width, other.label.length)
  return Math.min(widestLabel, width)
}

const spansOf = (line: TreeLine, width: number, theme: Theme): ReadonlyArray<Span> => {
  const { folded, guide, open } = glyphs(theme.ascii)
  const marker = line.foldable ? (line.folded ? folded : open) : " "
  const label = line.label.length > widestLabel ? `${line.label}` : left(line.label, width)
  return [
    span(guide.repeat(line.depth), "quiet"),
    span(`${marker} `),
    span(label, "name"),
    span(`  ${line.value}`, tones[line.kind]),
  ]
}

export interface TreeView {
  readonly lines: ReadonlyArray<TreeLine>
  readonly spot: Spot
  readonly height: number
  readonly width: number
  readonly theme: Theme
  /** Whether the keys go here. */
  readonly focused: boolean
}

export const treeView = ({ focused, height, lines, spot, theme, width }: TreeView): Lines => {
  const shown = lines.slice(spot.top, spot.top + height)
  return shown.map((one, index) =>
    line(spansOf(one, labelWidth(shown, one), theme), width, focused && spot.top + index === spot.index),
  )
}
