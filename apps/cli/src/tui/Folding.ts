/** Folding and unfolding of the focused tree. */
import { type DetailState, focus, withToggled } from "./Detail.ts"
import * as Layout from "./Layout.ts"
import type { Model } from "./Model.ts"
import { settle } from "./Spot.ts"
import type { TreeLine } from "../text/Tree.ts"

const linesOf = (detail: DetailState): ReadonlyArray<TreeLine> => (focus(detail) === "json" ? detail.json : detail.tree)

const spotName = (detail: DetailState): "json" | "tree" => (focus(detail) === "json" ? "json" : "tree")

const selectLine = (model: Model, detail: DetailState, index: number): Model => {
  const name = spotName(detail)
  const spot = settle(
    { index, top: detail.spots[name].top },
    linesOf(detail).length,
    Layout.paneHeight(model.size, detail),
  )
  return { ...model, detail: { ...detail, spots: { ...detail.spots, [name]: spot } } }
}

const turned = (model: Model, paths: ReadonlyArray<string>): Model => {
  const { detail } = model
  if (detail === null || paths.length === 0) return model
  const toggled = new Set(focus(detail) === "json" ? detail.toggled.json : detail.toggled.match)
  for (const path of paths) if (!toggled.delete(path)) toggled.add(path)
  const next = withToggled(detail, toggled)
  const selected = linesOf(detail)[detail.spots[spotName(detail)].index]?.path
  const index = linesOf(next).findIndex(({ path }) => path === selected)
  return selectLine(model, next, index === -1 ? 0 : index)
}

const selectedLine = (model: Model): TreeLine | undefined =>
  model.detail === null ? undefined : linesOf(model.detail)[model.detail.spots[spotName(model.detail)].index]

/** Opens the selected line. */
export const unfold = (model: Model): Model => {
  const line = selectedLine(model)
  return line?.folded === true ? turned(model, [line.path]) : model
}

/** Opens the selected line, or closes it. */
export const toggle = (model: Model): Model => {
  const line = selectedLine(model)
  return line?.foldable === true ? turned(model, [line.path]) : model
}

/** Closes the selected line, or goes to the one it belongs to; from the top level to the table above. */
export const fold = (model: Model): Model => {
  const { detail } = model
  const line = selectedLine(model)
  if (detail === null) return model
  if (line !== undefined && line.foldable && !line.folded) return turned(model, [line.path])
  const lines = linesOf(detail)
  const { index } = detail.spots[spotName(detail)]
  const parent = lines.slice(0, index).findLastIndex(({ depth }) => depth < (line?.depth ?? 0))
  if (parent !== -1) return selectLine(model, detail, parent)
  return detail.pane === "tree" ? { ...model, detail: { ...detail, pane: "table" } } : model
}

/** Closes everything, or opens the top level when everything is closed. */
export const all = (model: Model): Model => {
  if (model.detail === null) return model
  const lines = linesOf(model.detail).filter(({ foldable }) => foldable)
  const open = lines.filter(({ folded }) => !folded)
  return turned(
    model,
    (open.length > 0 ? open : lines).map(({ path }) => path),
  )
}
