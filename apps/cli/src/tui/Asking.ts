/** The actions that ask the server for something, or stop asking. */
import { parseExecutionId } from "@mixpeek-alerts/domain"
import { Result } from "effect"
import type { Gap } from "../live/Front.ts"
import * as Alerting from "./Alerting.ts"
import * as Chronicling from "./Chronicling.ts"
import * as Detail from "./Detail.ts"
import * as Layout from "./Layout.ts"
import * as List from "./List.ts"
import { latestMenu } from "./Menu.ts"
import type { Model } from "./Model.ts"
import { known, ready, waiting } from "./Remote.ts"
import { nextTick, type Step, step } from "./Step.ts"
import * as Visit from "./Visit.ts"

/** Asks for an execution and shows it as soon as it is there. */
export const openExecution = (model: Model, text: string): Step | string => {
  const id = parseExecutionId(text)
  if (Result.isFailure(id)) return `${id.failure.message} ${id.failure.hint}`
  const next = { ...model, overlay: null, board: null, detail: Detail.opened(id.success, waiting(null, model.now)) }
  return step(next, { _tag: "LoadExecution", id: id.success }, nextTick(next))
}

/** Goes back to the list, which is asked for when it was never seen. */
export const toList = (model: Model): Step => {
  const next = { ...model, detail: null, board: null }
  const abandoned = [
    { _tag: "Cancel", what: "LoadExecution" },
    { _tag: "Cancel", what: "LoadHistory" },
  ] as const
  if (model.list.pages > 0) return step(next, ...abandoned)
  const asking = { ...next, list: { ...next.list, items: waiting(next.list.items, model.now) } }
  return step(asking, ...abandoned, { _tag: "LoadPage", cursor: null, alert: next.list.alert }, nextTick(asking))
}

/** Asks again for what the screen shows. */
export const refresh = (model: Model): Step => {
  if (model.board?._tag === "Alerts") return Alerting.refresh(model, model.board)
  if (model.detail !== null && model.board === null) {
    const id = parseExecutionId(model.detail.id ?? "")
    if (Result.isFailure(id)) return step({ ...model, notice: "The server sent no ID to ask for this execution by." })
    const next = { ...model, detail: { ...model.detail, record: waiting(model.detail.record, model.now) } }
    return step(next, { _tag: "LoadExecution", id: id.success }, nextTick(next))
  }
  const next = { ...model, list: { ...model.list, more: false, items: waiting(model.list.items, model.now) } }
  return step(next, { _tag: "LoadPage", cursor: null, alert: next.list.alert }, nextTick(next))
}

/** Asks for the next page of what the screen shows. */
export const loadMore = (model: Model): Step => {
  const { board, list } = model
  if (board?._tag === "Alerts") return step({ ...model, overlay: { _tag: "Menu", menu: latestMenu(model, board) } })
  if (board === null && model.detail !== null) return Chronicling.loadMore(model)
  if (list.items._tag === "Waiting") return step({ ...model, notice: "A page is already on its way." })
  if (list.savedAt !== null)
    return step({ ...model, notice: "These are from an earlier run, and the server has not answered yet." })
  if (list.trimmed)
    return step({ ...model, notice: "Older executions were let go; mixpeek-alerts list --until TIME prints them." })
  if (list.next === null) return step({ ...model, notice: "Everything is loaded." })
  const next = { ...model, list: { ...list, more: true, items: waiting(list.items, model.now) } }
  return step(next, { _tag: "LoadPage", cursor: list.next, alert: list.alert }, nextTick(next))
}

/** Asks for what a gap leaves out, from its front on. */
export const fill = (model: Model, gap: Gap): Step => {
  const { list } = model
  if (list.items._tag === "Waiting") return step({ ...model, notice: "A page is already on its way." })
  const next = { ...model, list: { ...list, items: waiting(list.items, model.now) } }
  return step(next, { _tag: "LoadPage", cursor: gap.cursor, alert: list.alert, gap: gap.key }, nextTick(next))
}

/** The list with other rows to show. */
export const arranged = (model: Model, change: Partial<List.ListState>): Model => ({
  ...model,
  list: List.arranged({ ...model.list, ...change }, Layout.listHeight(model.size)),
})

/** Stops a request that is under way; otherwise shows every row again. */
export const clear = (model: Model): Step => {
  if (model.list.items._tag === "Waiting" && model.list.pages > 0) {
    const previous = known(model.list.items) ?? []
    const items = ready(previous, model.now)
    return step(
      { ...model, notice: "Stopped asking.", list: { ...model.list, items } },
      { _tag: "Cancel", what: "LoadPage" },
    )
  }
  if (model.visit === null) return step(arranged(model, { filter: null, triggeredOnly: false }))
  return Visit.isUntouched(model) ? Visit.end(model) : step(arranged(model, { filter: model.visit.filter }))
}
