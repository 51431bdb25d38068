/** Finding text in the pane that has the keys. In trees it is also found in what is folded, which then opens. */
import { clean } from "../text/Clean.ts"
import type { TreeLine } from "../text/Tree.ts"
import { type DetailState, focus, openDepth, wholeTree, withMatch, withToggled } from "./Detail.ts"
import * as Layout from "./Layout.ts"
import type { Model } from "./Model.ts"
import { known } from "./Remote.ts"
import { settle } from "./Spot.ts"

/** A place in the pane and the text that it is found by. */
interface Place {
  readonly text: string
  /** In trees, the line; it may be folded away. */
  readonly line: TreeLine | null
}

const treeOf = (detail: DetailState): "tree" | "json" | null => {
  const at = focus(detail)
  return at === "tree" || at === "json" ? at : null
}

const placesOf = (detail: DetailState): ReadonlyArray<Place> => {
  const tree = treeOf(detail)
  if (tree !== null) return wholeTree(detail, tree).map((line) => ({ text: `${line.label} ${line.value}`, line }))
  const record = known(detail.record)
  const execution = record?._tag === "ExecutionRecord" ? record.execution : null
  const plain = (text: string): Place => ({ text: clean(text), line: null })
  switch (detail.tab) {
    case "matches":
      return (execution?.matches ?? []).map((match) => plain(`${match.documentId} ${match.assetId ?? ""}`))
    case "sources":
      return (execution?.sourceDocuments ?? []).map(plain)
    case "history":
      return detail.history.rows.map(({ key }) => plain(key))
    default:
      return detail.raw.map((text) => ({ text, line: null }))
  }
}

/** The index of the line that the cursor is on, among all places. */
const here = (detail: DetailState, places: ReadonlyArray<Place>): number => {
  const tree = treeOf(detail)
  if (tree === null) return detail.spots[focus(detail)].index
  const path = (tree === "json" ? detail.json : detail.tree)[detail.spots[tree].index]?.path
  return Math.max(
    0,
    places.findIndex(({ line }) => line?.path === path),
  )
}

/** The folded lines that a line is hidden in. */
const hiddenIn = (
  detail: DetailState,
  tree: "tree" | "json",
  places: ReadonlyArray<Place>,
  at: number,
): Set<string> => {
  const toggled = tree === "json" ? detail.toggled.json : detail.toggled.match
  const folded = new Set<string>()
  let depth = places[at]?.line?.depth ?? 0
  for (let index = at - 1; index >= 0 && depth > 0; index--) {
    const line = places[index]?.line
    if (line == null || line.depth >= depth) continue
    depth = line.depth
    if (line.depth >= openDepth[tree] !== toggled.has(line.path)) folded.add(line.path)
  }
  return folded
}

const opened = (detail: DetailState, places: ReadonlyArray<Place>, at: number): DetailState => {
  const tree = treeOf(detail)
  if (tree === null) return detail
  const toggled = new Set(tree === "json" ? detail.toggled.json : detail.toggled.match)
  for (const path of hiddenIn(detail, tree, places, at)) if (!toggled.delete(path)) toggled.add(path)
  return withToggled(detail, toggled)
}

const select = (model: Model, detail: DetailState, places: ReadonlyArray<Place>, at: number): DetailState => {
  const shown = opened(detail, places, at)
  const tree = treeOf(shown)
  const lines = tree === "json" ? shown.json : shown.tree
  const index = tree === null ? at : lines.findIndex(({ path }) => path === places[at]?.line?.path)
  const count = tree === null ? places.length : lines.length
  const name = focus(shown)
  const spot = settle({ index, top: shown.spots[name].top }, count, Layout.paneHeight(model.size, shown))
  return name === "matches" ? withMatch(shown, spot) : { ...shown, spots: { ...shown.spots, [name]: spot } }
}

/** The model with the cursor on the next hit of what is looked for, counting from here; `by` 0 stays on a hit. */
export const find = (model: Model, text: string, by: 1 | -1 | 0): Model => {
  const { detail } = model
  if (detail === null) return model
  const looking = { ...detail, find: text }
  const wanted = text.trim().toLowerCase()
  if (wanted === "") return { ...model, detail: looking }
  const places = placesOf(looking)
  const hits = places.flatMap((place, index) => (place.text.toLowerCase().includes(wanted) ? [index] : []))
  if (hits.length === 0) return { ...model, detail: looking, notice: `"${clean(text)}" is not in here.` }
  const from = here(looking, places)
  const after =
    by === -1 ? hits.findLastIndex((hit) => hit < from) : hits.findIndex((hit) => (by === 0 ? hit >= from : hit > from))
  const chosen = after === -1 ? (by === -1 ? hits.length - 1 : 0) : after
  return {
    ...model,
    detail: select(model, looking, places, hits[chosen] ?? 0),
    notice: `${chosen + 1} of ${hits.length}: n next, N previous`,
  }
}
