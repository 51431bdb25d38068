/** A list that was gone to from somewhere else, of one alert or one bucket; esc leads back there. */
import type { Board } from "./Board.ts"
import type { DetailState } from "./Detail.ts"
import * as Layout from "./Layout.ts"
import { arranged, empty, type Filter, type ListState } from "./List.ts"
import type { Model } from "./Model.ts"
import { nextTick, type Step, step } from "./Step.ts"

export interface Visit {
  readonly board: Board | null
  readonly detail: DetailState | null
  /** The list as it was. */
  readonly list: ListState
  /** The visit before this one. */
  readonly visit: Visit | null
  /** The filter that the visit began with. */
  readonly filter: Filter | null
}

const leave = ({ board, detail, list, visit }: Model, filter: Filter | null): Visit => ({
  board,
  detail,
  list,
  visit,
  filter,
})

/** Lists the executions of one alert, which are asked for. */
export const toAlert = (model: Model, alert: string): Step => {
  const list = { ...empty(model.now), alert, preview: model.list.preview }
  const next = { ...model, board: null, detail: null, list, visit: leave(model, null) }
  return step(next, { _tag: "LoadPage", cursor: null, alert }, nextTick(next))
}

/** Lists those of the loaded executions that pass a filter. */
export const toFilter = (model: Model, filter: Filter): Model => ({
  ...model,
  board: null,
  detail: null,
  visit: leave(model, filter),
  list: arranged({ ...model.list, filter }, Layout.listHeight(model.size)),
})

/** Whether the list shows what the visit began with, so that the next step back ends it. */
export const isUntouched = ({ list, visit }: Model): boolean =>
  visit !== null && (list.filter?.text ?? "") === (visit.filter?.text ?? "")

/** Goes back to where the visit came from. What was loaded of the same list stays. */
export const end = (model: Model): Step => {
  const { visit } = model
  if (visit === null) return step(model)
  const same = visit.list.alert === model.list.alert
  const { gaps, items, more, next: cursor, pages, savedAt, total, trimmed } = model.list
  const loaded = same ? { ...visit.list, gaps, items, more, next: cursor, pages, savedAt, total, trimmed } : visit.list
  const list = arranged(loaded, Layout.listHeight(model.size))
  const next = { ...model, board: visit.board, detail: visit.detail, visit: visit.visit, list }
  if (same) return step(next)
  // What it was waiting for has been given up for the sake of the visit.
  return list.items._tag === "Waiting"
    ? step(next, { _tag: "LoadPage", cursor: list.more ? list.next : null, alert: list.alert }, nextTick(next))
    : step(next, { _tag: "Cancel", what: "LoadPage" })
}
