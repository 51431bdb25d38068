/** Which of the screens and of what lies on top of them has the keys. */
import type { Board } from "./Board.ts"
import { focus } from "./Detail.ts"
import type { Model } from "./Model.ts"
import { known } from "./Remote.ts"

/** What takes the keys. */
export type Mode =
  | "list"
  | "matches"
  | "tree"
  | "lines"
  | "history"
  | "alerts"
  | "chart"
  | "buckets"
  | "compare"
  | "noList"
  | "noRecord"
  | "noBoard"
  | "text"
  | "menu"
  | "help"
  | "reading"
  | "firstRun"

/** What takes the keys now. */
export const modeOf = (model: Model): Mode => {
  switch (model.overlay?._tag) {
    case "Filter":
    case "Find":
    case "Go":
    case "Open":
      return "text"
    case "Menu":
      return "menu"
    case "Help":
      return "help"
    case "Problem":
    case "Text":
      return "reading"
    case undefined:
      return screenMode(model)
  }
}

/** What takes the keys when nothing lies on top. */
export const screenMode = (model: Model): Mode => {
  if (model.firstRun !== null) return "firstRun"
  if (model.board !== null) return boardMode(model.board)
  // Nothing is there yet, or nothing came: only what does not need data works.
  if (model.detail === null) return known(model.list.items) === null ? "noList" : "list"
  if (known(model.detail.record) === null) return "noRecord"
  const at = focus(model.detail)
  if (at === "history") return "history"
  return at === "matches" ? "matches" : at === "tree" || at === "json" ? "tree" : "lines"
}

const boardMode = (board: Board): Mode => {
  switch (board._tag) {
    case "Alerts":
      return known(board.alerts) === null ? "noBoard" : "alerts"
    case "Trends":
      return board.table === null ? "chart" : "buckets"
    case "Compare":
      return "compare"
  }
}
