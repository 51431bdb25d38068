/** What the screen shows, from the model alone: as many lines as the terminal has rows, none wider than its columns. */
import { tooSmall } from "../Layout.ts"
import type { Model } from "../Model.ts"
import { alertsView } from "./AlertsView.ts"
import { compareView } from "./CompareView.ts"
import { detailView } from "./DetailView.ts"
import { frame } from "./Frame.ts"
import type { Lines } from "./Line.ts"
import { listView } from "./ListView.ts"
import { firstRunView, helpView, menuView } from "./OverlayView.ts"
import { problemView, smallView, textView } from "./StateView.ts"
import { trendsView } from "./TrendsView.ts"

const screen = (model: Model): Lines => {
  if (model.firstRun !== null) return firstRunView(model.firstRun, model)
  switch (model.board?._tag) {
    case "Alerts":
      return alertsView(model.board, model)
    case "Trends":
      return trendsView(model.board, model)
    case "Compare":
      return compareView(model.board, model)
  }
  return model.detail === null ? listView(model) : detailView(model.detail, model)
}

const content = (model: Model): Lines => {
  const { overlay } = model
  switch (overlay?._tag) {
    case "Menu":
      return menuView(overlay.menu, model)
    case "Help":
      return helpView(overlay.field, overlay.index, model)
    case "Problem":
      return problemView(model, overlay.problem, overlay.top)
    case "Text":
      return textView(model, overlay.title, overlay.text)
    default:
      return screen(model)
  }
}

/** The whole screen. */
export const picture = (model: Model): Lines => (tooSmall(model.size) ? smallView(model) : frame(content(model), model))
