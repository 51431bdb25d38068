/** The state of an open execution: its tabs, what is selected in each, what is folded. */
import { type Decoded, JsonText } from "@mixpeek-alerts/domain"
import { cleanLines } from "../text/Clean.ts"
import { indented } from "../text/Indented.ts"
import { type Toggled, type TreeLine, type TreeRoot, treeLines } from "../text/Tree.ts"
import { type HistoryState, unasked } from "./History.ts"
import { known, type Remote } from "./Remote.ts"
import { type Spot, start } from "./Spot.ts"

export type Tab = "matches" | "json" | "sources" | "history" | "raw"
export const tabs: ReadonlyArray<Tab> = ["matches", "json", "sources", "history", "raw"]

export interface DetailState {
  /** `null` when the server sent none: then it cannot be asked for again. */
  readonly id: string | null
  readonly record: Remote<Decoded>
  readonly tab: Tab
  /** Which half of the matches tab has the keys. */
  readonly pane: "table" | "tree"
  readonly matchCount: number
  readonly sourceCount: number
  readonly spots: Readonly<Record<Tab | "tree", Spot>>
  readonly toggled: { readonly match: Toggled; readonly json: Toggled }
  /** Made from the record and what is folded. */
  readonly tree: ReadonlyArray<TreeLine>
  readonly json: ReadonlyArray<TreeLine>
  readonly raw: ReadonlyArray<string>
  /** What was last looked for in it; empty when nothing was. */
  readonly find: string
  readonly history: HistoryState
  /** The execution from whose history this one was opened. */
  readonly behind: DetailState | null
}

const nothing: Toggled = new Set()

/** An execution that was just opened. */
export const opened = (id: string | null, record: Remote<Decoded>): DetailState =>
  withRecord(
    {
      id,
      record: { _tag: "Waiting", since: 0, previous: null },
      tab: "matches",
      pane: "table",
      matchCount: 0,
      sourceCount: 0,
      spots: { matches: start, json: start, sources: start, history: start, raw: start, tree: start },
      toggled: { match: nothing, json: nothing },
      tree: [],
      json: [],
      raw: [],
      find: "",
      history: unasked,
      behind: null,
    },
    record,
  )

/** The text of one match in the text of its execution. */
export const matchJson = (json: string, index: number): string | undefined => {
  const span = JsonText.elements(json, JsonText.members(json).findLast(({ key }) => key === "matches")?.start ?? 0)[
    index
  ]
  return span === undefined ? undefined : json.slice(span.start, span.end)
}

// The document, the asset and the score stand in the table above the tree.
const inTable = new Set(["document_id", "asset_id", "score"])

/** Lines from this depth on start folded. */
export const openDepth = { tree: 2, json: 1 } as const

const matchRoots = (record: Decoded, index: number): ReadonlyArray<TreeRoot> => {
  const json = matchJson(record.json, index)
  if (json === undefined) return []
  return JsonText.members(json)
    .filter(({ key }) => !inTable.has(key))
    .map(({ end, key, start }) => ({ label: key, path: `.matches[${index}].${key}`, json: json.slice(start, end) }))
}

const jsonRoots = (record: Decoded): ReadonlyArray<TreeRoot> =>
  JsonText.members(record.json).map(({ end, key, start }) => ({
    label: key,
    path: `.${key}`,
    json: record.json.slice(start, end),
  }))

const matchTree = (record: Decoded, index: number, toggled: Toggled): ReadonlyArray<TreeLine> =>
  treeLines(matchRoots(record, index), toggled, openDepth.tree)

const jsonTree = (record: Decoded, toggled: Toggled): ReadonlyArray<TreeLine> =>
  treeLines(jsonRoots(record), toggled, openDepth.json)

/** The lines of a tree with nothing folded. */
export const wholeTree = (detail: DetailState, tree: "tree" | "json"): ReadonlyArray<TreeLine> => {
  const record = known(detail.record)
  if (record === null) return []
  const roots = tree === "json" ? jsonRoots(record) : matchRoots(record, detail.spots.matches.index)
  return treeLines(roots, nothing, Number.POSITIVE_INFINITY)
}

const sourceCount = (record: Decoded): number =>
  record._tag === "ExecutionRecord" ? (record.execution.sourceDocuments?.length ?? 0) : 0

const matchCountOf = (record: Decoded): number =>
  record._tag === "ExecutionRecord" ? (record.execution.matches?.length ?? 0) : 0

/** The same execution with what its record has become. */
export const withRecord = (detail: DetailState, record: Remote<Decoded>): DetailState => {
  const before = known(detail.record)
  const now = known(record)
  if (now === null || before === now) return { ...detail, record }
  return {
    ...detail,
    record,
    matchCount: matchCountOf(now),
    sourceCount: sourceCount(now),
    tree: matchTree(
      now,
      Math.min(detail.spots.matches.index, Math.max(0, matchCountOf(now) - 1)),
      detail.toggled.match,
    ),
    json: jsonTree(now, detail.toggled.json),
    raw: cleanLines(indented(now.json)),
  }
}

/** The same execution with another match selected. */
export const withMatch = (detail: DetailState, spot: Spot): DetailState => {
  const record = known(detail.record)
  const spots = { ...detail.spots, matches: spot }
  if (record === null || spot.index === detail.spots.matches.index) return { ...detail, spots }
  return { ...detail, spots: { ...spots, tree: start }, tree: matchTree(record, spot.index, detail.toggled.match) }
}

/** The same execution with other lines folded in the focused tree. */
export const withToggled = (detail: DetailState, toggled: Toggled): DetailState => {
  const record = known(detail.record)
  if (record === null) return detail
  return focus(detail) === "json"
    ? { ...detail, toggled: { ...detail.toggled, json: toggled }, json: jsonTree(record, toggled) }
    : {
        ...detail,
        toggled: { ...detail.toggled, match: toggled },
        tree: matchTree(record, detail.spots.matches.index, toggled),
      }
}

/** Which of the spots the keys move. */
export const focus = (detail: DetailState): Tab | "tree" =>
  detail.tab === "matches" && detail.pane === "tree" ? "tree" : detail.tab

/** How many lines the focused pane has. */
export const lineCount = (detail: DetailState): number => {
  switch (focus(detail)) {
    case "matches":
      return detail.matchCount
    case "tree":
      return detail.tree.length
    case "json":
      return detail.json.length
    case "raw":
      return detail.raw.length
    case "sources":
      return detail.sourceCount
    case "history":
      return detail.history.rows.length
  }
}
