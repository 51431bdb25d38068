/** What every message does to the model, and what it asks for. Pure: no clock, no screen, no network. */
import * as Acting from "./Acting.ts"
import { withRecord } from "./Detail.ts"
import { actionOf, modeOf } from "./Keys.ts"
import * as Layout from "./Layout.ts"
import { arranged } from "./List.ts"
import type { Message } from "./Message.ts"
import type { Model } from "./Model.ts"
import * as Overlay from "./OverlayKeys.ts"
import { failed, ready } from "./Remote.ts"
import { type Aim, withPage } from "./Paging.ts"
import { settle } from "./Spot.ts"
import { nextTick, retryAt, type Step, step } from "./Step.ts"
import * as Watching from "./Watching.ts"

const tick = (model: Model, now: number): Step => {
  const next = { ...model, now }
  const due = retryAt(next)
  return due !== null && now >= due ? Acting.act(next, "refresh") : step(next, nextTick(next))
}

/** Keeps every scroll position inside what there is to scroll. */
const resized = (model: Model, columns: number, rows: number): Model => {
  const size = { columns, rows }
  const list = arranged(model.list, Layout.listHeight(size))
  const { detail } = model
  if (detail === null) return { ...model, size, list }
  const split = Layout.matchesSplit(size, detail.matchCount)
  const body = Layout.bodyHeight(size)
  const spots = {
    matches: settle(detail.spots.matches, detail.matchCount, split.table),
    tree: settle(detail.spots.tree, detail.tree.length, split.tree),
    json: settle(detail.spots.json, detail.json.length, body),
    sources: settle(detail.spots.sources, detail.sourceCount, body),
    raw: settle(detail.spots.raw, detail.raw.length, body),
  }
  return { ...model, size, list, detail: { ...detail, spots } }
}

const pressed = (model: Model, press: string): Step => {
  const fresh = model.notice === "" ? model : { ...model, notice: "" }
  const mode = modeOf(fresh)
  if (fresh.overlay !== null) return Overlay.pressed(fresh, fresh.overlay, press)
  const action = actionOf(mode, press, fresh.keys)
  return action === null ? step(fresh) : Acting.act(fresh, action)
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
