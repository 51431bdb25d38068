/** The actions that go somewhere: along lines, into an execution, between its panes, and back. */
import * as Alerting from "./Alerting.ts"
import { clear, fill, toList } from "./Asking.ts"
import type { Board } from "./Board.ts"
import * as Charting from "./Charting.ts"
import * as Chronicling from "./Chronicling.ts"
import type { Command } from "./Command.ts"
import * as Detail from "./Detail.ts"
import * as Layout from "./Layout.ts"
import * as List from "./List.ts"
import type { Model } from "./Model.ts"
import { known, ready } from "./Remote.ts"
import { type Move, move } from "./Spot.ts"
import { type Step, step } from "./Step.ts"

/** Moves the cursor of whatever has the keys. */
export const moved = (model: Model, by: Move): Model => {
  const { detail, list, size } = model
  if (model.firstRun !== null) {
    const { index } = move({ index: model.firstRun.index, top: 0 }, by, 3, 3)
    return { ...model, firstRun: { ...model.firstRun, index } }
  }
  if (model.board !== null) return movedOn(model, model.board, by)
  if (detail === null) {
    const height = Layout.listHeight(size)
    return { ...model, list: List.at(list, move(List.spotOf(list), by, list.visible.length, height)) }
  }
  const at = Detail.focus(detail)
  const spot = move(detail.spots[at], by, Detail.lineCount(detail), Layout.paneHeight(size, detail))
  if (at === "matches") return { ...model, detail: Detail.withMatch(detail, spot) }
  return { ...model, detail: { ...detail, spots: { ...detail.spots, [at]: spot } } }
}

/** Moves the cursor of a board. */
const movedOn = (model: Model, board: Board, by: Move): Model => {
  switch (board._tag) {
    case "Alerts": {
      const count = known(board.alerts)?.length ?? 0
      return { ...model, board: { ...board, spot: move(board.spot, by, count, Layout.listHeight(model.size)) } }
    }
    case "Trends":
      return Charting.moved(model, board, by)
    case "Compare": {
      const count = board.changes.length + 1
      const { table } = Layout.compareSplit(model.size, count)
      return { ...model, board: { ...board, spot: move(board.spot, by, count, table) } }
    }
  }
}

/** The list already has the whole record: opening one costs no request. */
const openSelected = (model: Model): Step => {
  const item = List.selectedItem(model.list)
  if (item === null) return step(model)
  const { record } = item
  const id = record._tag === "ExecutionRecord" ? record.execution.executionId : record.executionId
  return step({ ...model, detail: Detail.opened(id, ready(record, model.now)) })
}

/** Opens the selected row, or looks into the selected match. */
export const open = (model: Model): Step => {
  if (model.board?._tag === "Alerts") return Alerting.open(model, model.board)
  if (model.board?._tag === "Trends") return Charting.open(model, model.board)
  if (model.board !== null) return step(model)
  if (model.detail === null) {
    const gap = List.selectedGap(model.list)
    return gap === null ? openSelected(model) : fill(model, gap)
  }
  if (model.detail.tab === "history") return Chronicling.open(model)
  return step(model.detail.tree.length === 0 ? model : { ...model, detail: { ...model.detail, pane: "tree" } })
}

/** One step back. */
export const back = (model: Model): Step => {
  const { board, detail } = model
  if (board !== null) return closed({ ...model, board: null }, board._tag === "Alerts" ? Alerting.abandoned : [])
  if (detail === null) return clear(model)
  if (detail.tab === "matches" && detail.pane === "tree")
    return step({ ...model, detail: { ...detail, pane: "table" } })
  if (detail.behind !== null) return step({ ...model, detail: detail.behind })
  return toList(model)
}

/** What was under a board; the list is asked for when it was never seen. */
const closed = (model: Model, abandoned: ReadonlyArray<Command>): Step => {
  const next = model.detail === null && model.list.pages === 0 ? toList(model) : step(model)
  return { ...next, commands: [...abandoned, ...next.commands] }
}

/** Shows a tab of the open execution. */
export const showTab = (model: Model, tab: Detail.Tab): Model => {
  if (model.detail === null) return model
  const next: Model = { ...model, detail: { ...model.detail, tab, pane: "table" } }
  return tab === "history" ? Chronicling.entered(next) : next
}

/** The other pane of the matches, then the next tab. */
export const nextPane = (model: Model): Model => {
  const { detail } = model
  if (detail === null) return model
  if (detail.tab === "matches" && detail.pane === "table" && detail.tree.length > 0) {
    return { ...model, detail: { ...detail, pane: "tree" } }
  }
  const at = Detail.tabs.indexOf(detail.tab)
  return showTab(model, Detail.tabs[(at + 1) % Detail.tabs.length] ?? "matches")
}
