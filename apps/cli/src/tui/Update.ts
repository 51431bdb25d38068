/** What every message does to the model, and what it asks for. Pure: no clock, no screen, no network. */
import * as Acting from "./Acting.ts"
import * as Alerting from "./Alerting.ts"
import type { Board } from "./Board.ts"
import * as Chronicling from "./Chronicling.ts"
import { counted, repeated } from "./Counting.ts"
import { withRecord } from "./Detail.ts"
import { type Action, actionOf } from "./Keys.ts"
import { modeOf } from "./Mode.ts"
import * as Layout from "./Layout.ts"
import { arranged } from "./List.ts"
import type { Message } from "./Message.ts"
import type { Model } from "./Model.ts"
import * as Overlay from "./OverlayKeys.ts"
import { failed, known, ready } from "./Remote.ts"
import { type Aim, withPage } from "./Paging.ts"
import { settle } from "./Spot.ts"
import { trendsOf } from "./Trends.ts"
import { nextTick, retryAt, type Step, step } from "./Step.ts"
import * as Watching from "./Watching.ts"

/** No list is longer, and the last line is the last. */
const mostRepeats = 100_000

const tick = (model: Model, now: number): Step => {
  const next = { ...model, now }
  const due = retryAt(next)
  return due !== null && now >= due ? Acting.act(next, "refresh") : step(next, nextTick(next))
}

/** Keeps every scroll position inside what there is to scroll. */
const resized = (model: Model, columns: number, rows: number): Model => {
  const size = { columns, rows }
  const list = arranged(model.list, Layout.listHeight(size))
  const board = model.board === null ? null : resizedBoard({ ...model, size, list }, model.board)
  const { detail } = model
  if (detail === null) return { ...model, size, list, board }
  const split = Layout.matchesSplit(size, detail.matchCount)
  const body = Layout.bodyHeight(size)
  const spots = {
    matches: settle(detail.spots.matches, detail.matchCount, split.table),
    tree: settle(detail.spots.tree, detail.tree.length, split.tree),
    json: settle(detail.spots.json, detail.json.length, body),
    sources: settle(detail.spots.sources, detail.sourceCount, body),
    history: settle(detail.spots.history, detail.history.rows.length, Layout.historyHeight(size)),
    raw: settle(detail.spots.raw, detail.raw.length, body),
  }
  return { ...model, size, list, board, detail: { ...detail, spots } }
}

const resizedBoard = (model: Model, board: Board): Board => {
  switch (board._tag) {
    case "Alerts":
      return { ...board, spot: settle(board.spot, known(board.alerts)?.length ?? 0, Layout.listHeight(model.size)) }
    case "Trends": {
      if (board.table === null) return board
      const { lines } = trendsOf(model, board)
      return { ...board, table: settle(board.table, lines.length, Layout.listHeight(model.size)) }
    }
    case "Compare": {
      const count = board.changes.length + 1
      return { ...board, spot: settle(board.spot, count, Layout.compareSplit(model.size, count).table) }
    }
  }
}

/** An action that a count may stand before. */
const acted = (model: Model, action: Action): Step => {
  const repeat = repeated(model, action)
  let next: Step = Acting.act({ ...model, count: "" }, repeat?.first === true ? "first" : action)
  const again = repeat === null ? null : repeat.first ? "down" : action
  const times = repeat === null ? 0 : Math.min(repeat.first ? repeat.times : repeat.times - 1, mostRepeats)
  for (let time = 0; again !== null && time < times; time++) next = Acting.act(next.model, again)
  return next
}

const pressed = (model: Model, press: string): Step => {
  const fresh = model.notice === "" ? model : { ...model, notice: "" }
  const mode = modeOf(fresh)
  if (fresh.overlay !== null) return Overlay.pressed(fresh, fresh.overlay, press)
  const action = actionOf(mode, press, fresh.keys)
  if (action !== null) return acted(fresh, action)
  const count = counted(fresh.count, press)
  return step(count === null && fresh.count === "" ? fresh : { ...fresh, count: count ?? "" })
}

const loaded = (model: Model, message: Extract<Message, { _tag: "ExecutionLoaded" | "ExecutionFailed" }>): Step => {
  const { detail } = model
  if (detail === null || detail.id !== message.id) return step(model)
  const record =
    message._tag === "ExecutionLoaded"
      ? ready(message.record, message.at)
      : failed(detail.record, message.problem, message.at)
  const next = resized(
    { ...model, now: message.at, detail: withRecord(detail, record) },
    model.size.columns,
    model.size.rows,
  )
  return step(next, nextTick(next))
}

const aimOf = ({ gap, more }: Extract<Message, { _tag: "PageLoaded" }>): Aim =>
  gap !== undefined ? { gap } : more ? "more" : "front"

const pageLoaded = (model: Model, message: Extract<Message, { _tag: "PageLoaded" }>): Step => {
  const height = Layout.listHeight(model.size)
  const aim = aimOf(message)
  const list = withPage(model.list, message.page, aim, message.at, height)
  const next = { ...model, now: message.at, list }
  return aim === "front" ? Watching.asked(model, next, message.page) : step(next, nextTick(next))
}

const updated = (model: Model, message: Message): Step => {
  switch (message._tag) {
    case "Pressed":
      return pressed(model, message.press)
    case "Pasted":
      return Overlay.pasted(model, message.text)
    case "Resized":
      return step(resized(model, message.columns, message.rows))
    case "Ticked":
      return tick(model, message.at)
    case "ExecutionLoaded":
    case "ExecutionFailed":
      return loaded(model, message)
    case "PageLoaded":
      return pageLoaded(model, message)
    case "LookDue":
    case "LookLoaded":
    case "LookFailed":
    case "FocusChanged":
      return Watching.live(model, message)
    case "PageFailed": {
      const items = failed(model.list.items, message.problem, message.at)
      const next = { ...model, now: message.at, list: { ...model.list, items, more: false } }
      return step(next, nextTick(next))
    }
    case "HistoryLoaded":
    case "HistoryFailed":
      return step(Chronicling.answered(model, message))
    case "AlertsLoaded":
    case "AlertsFailed":
    case "LatestLoaded":
    case "LatestFailed": {
      const next = Alerting.answered(model, message)
      return next === model ? step(model) : step(next, nextTick(next))
    }
    case "Noticed":
      return step({ ...model, notice: message.text })
    case "BudgetChanged":
      return Watching.budgeted({ ...model, now: Math.max(model.now, message.at), budget: message.budget }, model.budget)
    case "Copied":
      return step(
        message.route === null
          ? {
              ...model,
              overlay: { _tag: "Text", title: `No clipboard was found: ${message.what}`, text: message.text },
            }
          : { ...model, notice: `Copied ${message.what} (${message.route})` },
      )
  }
}

/** The one function that changes the model. */
export const update = (model: Model, message: Message): Step => Watching.attended(model, updated(model, message))
