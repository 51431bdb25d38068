/** What every action of the key table does. */
import { ExitCode } from "@mixpeek-alerts/client"
import * as Alerting from "./Alerting.ts"
import { selectedAlert } from "./Alerting.ts"
import { arranged, clear, loadMore, refresh, toList } from "./Asking.ts"
import type { TrendsBoard } from "./Board.ts"
import * as Charting from "./Charting.ts"
import { compare, marked } from "./Comparing.ts"
import { find } from "./Find.ts"
import { choose } from "./FirstRun.ts"
import * as Folding from "./Folding.ts"
import { back, moved, nextPane, open, showTab } from "./Going.ts"
import { handOver } from "./Handing.ts"
import { alertIdOf } from "./History.ts"
import type { Action } from "./Keys.ts"
import { nextTimes, themed } from "./Looks.ts"
import { copyMenu, sortMenu } from "./Menu.ts"
import type { Model } from "./Model.ts"
import { known } from "./Remote.ts"
import { showEquivalent, showProblem } from "./Showing.ts"
import type { Move } from "./Spot.ts"
import { type Step, step } from "./Step.ts"
import { fieldOf } from "./TextField.ts"
import * as Watching from "./Watching.ts"

const moves: ReadonlySet<string> = new Set<Move>([
  "up",
  "down",
  "pageUp",
  "pageDown",
  "halfUp",
  "halfDown",
  "first",
  "last",
])

const quit = (code: number) => ({ _tag: "Quit", code }) as const

/** The alert that the cursor is on; `null` on the list, which is of many. */
const alertHere = ({ board, detail }: Model): string | null => {
  if (board?._tag === "Alerts") return selectedAlert(board)?.alertId ?? null
  const record = board === null && detail !== null ? known(detail.record) : null
  return record === null ? null : alertIdOf(record)
}

const charted = (model: Model, board: TrendsBoard, action: Action): Step => {
  switch (action) {
    case "asTable":
      return step(Charting.tableTurned(model, board))
    case "nextAlert":
      return step(Charting.nextAlert(model, board))
    case "longer":
      return step(Charting.scaled(model, board, 1))
    case "shorter":
      return step(Charting.scaled(model, board, -1))
    default:
      return step(model)
  }
}

/** Does what a key stands for. */
export const act = (model: Model, action: Action): Step => {
  if (moves.has(action)) return step(moved(model, action as Move))
  switch (action) {
    case "open":
      return model.firstRun === null ? open(model) : choose(model)
    case "unfold":
      return step(Folding.unfold(model))
    case "toggleFold":
      return step(Folding.toggle(model))
    case "fold":
      return step(Folding.fold(model))
    case "foldAll":
      return step(Folding.all(model))
    case "back":
      return back(model)
    case "otherPane":
      return step(nextPane(model))
    case "tab1":
      return step(showTab(model, "matches"))
    case "tab2":
      return step(showTab(model, "json"))
    case "tab3":
      return step(showTab(model, "sources"))
    case "tab4":
      return step(showTab(model, "history"))
    case "tab5":
      return step(showTab(model, "raw"))
    case "find":
      return step(
        model.detail === null
          ? model
          : { ...model, overlay: { _tag: "Find", field: fieldOf(""), before: model.detail } },
      )
    case "findNext":
      return step(find(model, model.detail?.find ?? "", 1))
    case "findPrevious":
      return step(find(model, model.detail?.find ?? "", -1))
    case "mark":
      return step(marked(model))
    case "compare":
      return step(compare(model))
    case "alerts":
      return Alerting.show(model)
    case "trends":
      return step(Charting.show(model, alertHere(model)))
    case "times":
      return step(nextTimes(model))
    case "editor":
    case "pager":
      return handOver(model, action)
    case "equivalent":
      return step(showEquivalent(model))
    case "go":
      return step({ ...model, overlay: { _tag: "Go", field: fieldOf(""), complaint: "" } })
    case "filter": {
      const before = model.list.filter?.text ?? ""
      return step({
        ...model,
        overlay: { _tag: "Filter", field: fieldOf(before), before, selected: model.list.selected },
      })
    }
    case "clear":
      return clear(model)
    case "sort":
      return step({ ...model, overlay: { _tag: "Menu", menu: sortMenu(model) } })
    case "triggeredOnly":
      return step(arranged(model, { triggeredOnly: !model.list.triggeredOnly }))
    case "loadMore":
      return loadMore(model)
    case "preview":
      return step({ ...model, list: { ...model.list, preview: !model.list.preview } })
    case "openById":
      return step({ ...model, overlay: { _tag: "Open", field: fieldOf(""), complaint: "" } })
    case "copy":
      return step({ ...model, overlay: { _tag: "Menu", menu: copyMenu(model) } })
    case "refresh":
      return refresh(model)
    case "live":
      return Watching.toggle(model)
    case "follow":
      return Watching.follow(model)
    case "theme":
      return step(themed(model))
    case "problem":
      return step(showProblem(model))
    case "help":
      return step({ ...model, overlay: { _tag: "Help", field: fieldOf(""), index: 0 } })
    case "repaint":
      return step(model, { _tag: "Repaint" })
    case "suspend":
      return step(model, { _tag: "Suspend" })
    case "quit":
      if (model.firstRun !== null) return step(model, quit(ExitCode.noPermission))
      if (model.board !== null) return back(model)
      return model.detail !== null && model.list.pages > 0 ? toList(model) : step(model, quit(ExitCode.ok))
    case "interrupt":
      return step(model, quit(ExitCode.interrupted))
    default:
      return model.board?._tag === "Trends" ? charted(model, model.board, action) : step(model)
  }
}
