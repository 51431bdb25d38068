/** What the keys and the answers do to the history of an open execution's alert. */
import { keyOf } from "../live/RecordKey.ts"
import * as Detail from "./Detail.ts"
import { alertIdOf, withRows } from "./History.ts"
import * as Layout from "./Layout.ts"
import { itemsOf } from "./List.ts"
import type { Message } from "./Message.ts"
import type { Item, Model } from "./Model.ts"
import { failed, known, ready, waiting } from "./Remote.ts"
import { settle } from "./Spot.ts"
import { nextTick, type Step, step } from "./Step.ts"

/** The row of the open execution, on which the cursor begins. */
const presentRow = (detail: Detail.DetailState): number => {
  const record = known(detail.record)
  const key = record === null ? null : keyOf(record)
  return Math.max(
    0,
    detail.history.rows.findIndex((row) => row.key === key),
  )
}

/** The history with more rows; the cursor stays on its execution. */
const extended = (model: Model, detail: Detail.DetailState, items: ReadonlyArray<Item>): Detail.DetailState => {
  const record = known(detail.record)
  if (record === null) return detail
  const { rows } = detail.history
  const selected = rows[detail.spots.history.index]?.key
  const history = withRows(detail.history, items, record)
  const next = { ...detail, history }
  const index = rows.length === 0 ? presentRow(next) : history.rows.findIndex(({ key }) => key === selected)
  const spot = settle({ index, top: detail.spots.history.top }, history.rows.length, Layout.historyHeight(model.size))
  return { ...next, spots: { ...detail.spots, history: spot } }
}

/** Shows what is loaded anyway: no request. */
export const entered = (model: Model): Model => {
  const { detail, list } = model
  if (detail === null) return model
  return { ...model, detail: extended(model, detail, known(list.items) ?? []) }
}

/** Asks for a page of the alert's executions. */
export const loadMore = (model: Model): Step => {
  const { detail } = model
  const record = detail === null ? null : known(detail.record)
  if (detail === null || record === null) return step(model)
  const { next: cursor, request } = detail.history
  const alert = alertIdOf(record)
  if (alert === null) return step({ ...model, notice: "The record does not say which alert it is of." })
  if (request?._tag === "Waiting") return step({ ...model, notice: "A page is already on its way." })
  if (request?._tag === "Ready" && cursor === null) return step({ ...model, notice: "Everything is loaded." })
  const history = { ...detail.history, request: waiting(request, model.now) }
  const next = { ...model, detail: { ...detail, history } }
  return step(next, { _tag: "LoadHistory", cursor, alert }, nextTick(next))
}

/** A page of history, or why there is none; ignored when it is of another alert than what is open. */
export const answered = (
  model: Model,
  message: Extract<Message, { _tag: "HistoryLoaded" | "HistoryFailed" }>,
): Model => {
  const { detail } = model
  const record = detail === null ? null : known(detail.record)
  if (detail === null || record === null || alertIdOf(record) !== message.alert) return model
  const { history } = detail
  if (message._tag === "HistoryFailed") {
    const request = failed(history.request ?? waiting<true>(null, message.at), message.problem, message.at)
    return {
      ...model,
      now: message.at,
      notice: message.problem.message,
      detail: { ...detail, history: { ...history, request } },
    }
  }
  const { next, records, totalCount } = message.page
  const asked = { ...history, request: ready(true as const, message.at), next, total: totalCount }
  return { ...model, now: message.at, detail: extended(model, { ...detail, history: asked }, itemsOf(records)) }
}

/** Opens the selected execution; esc comes back to this one. */
export const open = (model: Model): Step => {
  const { detail } = model
  const row = detail?.history.rows[detail.spots.history.index]
  if (detail === null || row === undefined) return step(model)
  if (presentRow(detail) === detail.spots.history.index) return step({ ...model, notice: "This one is open." })
  const { record } = row
  const id = record._tag === "ExecutionRecord" ? record.execution.executionId : record.executionId
  return step({ ...model, detail: { ...Detail.opened(id, ready(record, model.now)), behind: detail } })
}
