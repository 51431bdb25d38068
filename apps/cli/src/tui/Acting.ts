/** What every action of the key table does. */
import { ExitCode } from "@mixpeek-alerts/client"
import { arranged, clear, loadMore, refresh, toList } from "./Asking.ts"
import { choose } from "./FirstRun.ts"
import * as Folding from "./Folding.ts"
import { back, moved, nextPane, open, showTab } from "./Going.ts"
import type { Action } from "./Keys.ts"
import { copyMenu, sortMenu } from "./Menu.ts"
import type { Model } from "./Model.ts"
import { nextPalette, palettes } from "./Palette.ts"
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

const showProblem = (model: Model): Model => {
  const remote = model.detail === null ? model.list.items : model.detail.record
  const problem = remote._tag === "Failed" ? remote.problem : (model.live.trouble?.problem ?? null)
  return problem !== null
    ? { ...model, overlay: { _tag: "Problem", problem, top: 0 } }
    : { ...model, notice: "There is no error." }
}

/** The next theme. Whoever presses the key wants colours, whatever NO_COLOR says; `mono` has none. */
const themed = (model: Model): Model => {
  const palette = nextPalette(model.theme.palette)
  return {
    ...model,
    theme: { ...model.theme, color: palette !== "mono", palette },
    notice: `Theme ${palette}: ${palettes[palette].about}. To keep it: mixpeek-alerts config set theme ${palette}`,
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
      return step(showTab(model, "raw"))
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
      return model.detail !== null && model.list.pages > 0 ? toList(model) : step(model, quit(ExitCode.ok))
    case "interrupt":
      return step(model, quit(ExitCode.interrupted))
    default:
      return step(model)
  }
}
