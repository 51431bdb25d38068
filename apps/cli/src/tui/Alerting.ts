/** What the keys and the answers do to the alerts. */
import type { Alert, ExecutionFacts } from "@mixpeek-alerts/domain"
import type { AlertsBoard } from "./Board.ts"
import type { Command } from "./Command.ts"
import type { Message } from "./Message.ts"
import type { Model } from "./Model.ts"
import { failed, known, ready, type Remote, waiting } from "./Remote.ts"
import { settle, start } from "./Spot.ts"
import * as Layout from "./Layout.ts"
import { nextTick, type Step, step } from "./Step.ts"
import { toAlert } from "./Visit.ts"

/** More last results than this are not asked for at once: each is a request. */
export const mostAsked = 20

/** What an alert is asked for by. */
export const handleOf = ({ alertId, name }: Alert): string => alertId ?? name

const asking = (model: Model, board: AlertsBoard): Step => {
  const next: Model = { ...model, board: { ...board, alerts: waiting(board.alerts, model.now) } }
  return step(next, { _tag: "LoadAlerts" }, nextTick(next))
}

/** Shows the alerts, which are asked for: one request. */
export const show = (model: Model): Step =>
  asking(model, { _tag: "Alerts", alerts: waiting(null, model.now), spot: start, latest: new Map() })

/** Asks again for what alerts there are. */
export const refresh = asking

export const selectedAlert = ({ alerts, spot }: AlertsBoard): Alert | null => known(alerts)?.[spot.index] ?? null

/** Lists the executions of the selected alert. */
export const open = (model: Model, board: AlertsBoard): Step => {
  const alert = selectedAlert(board)
  return alert === null ? step(model) : toAlert(model, handleOf(alert))
}

/** Asks for the last results of these alerts, and for those that are still on their way. */
export const askLatest = (model: Model, board: AlertsBoard, alerts: ReadonlyArray<string>): Step => {
  const under = [...board.latest].filter(([, remote]) => remote._tag === "Waiting").map(([alert]) => alert)
  const all = [...new Set([...under, ...alerts])]
  const latest = new Map(board.latest)
  for (const alert of all) latest.set(alert, waiting(latest.get(alert) ?? null, model.now))
  const next: Model = { ...model, overlay: null, board: { ...board, latest } }
  return step(next, { _tag: "LoadLatest", alerts: all }, nextTick(next))
}

const arrived = (board: AlertsBoard, model: Model, alerts: Remote<ReadonlyArray<Alert>>): Model => {
  const before = selectedAlert(board)
  const rows = known(alerts) ?? []
  const found = rows.findIndex((alert) => before !== null && handleOf(alert) === handleOf(before))
  const spot = settle(
    { ...board.spot, index: found === -1 ? board.spot.index : found },
    rows.length,
    Layout.listHeight(model.size),
  )
  return { ...model, board: { ...board, alerts, spot } }
}

const withLatest = (board: AlertsBoard, model: Model, alert: string, facts: Remote<ExecutionFacts | null>): Model => ({
  ...model,
  board: { ...board, latest: new Map(board.latest).set(alert, facts) },
})

type Answer = Extract<Message, { _tag: "AlertsLoaded" | "AlertsFailed" | "LatestLoaded" | "LatestFailed" }>

/** What came back; nothing changes when the alerts are not shown any more. */
export const answered = (model: Model, message: Answer): Model => {
  const { board } = model
  const next = { ...model, now: message.at }
  if (board?._tag !== "Alerts") return model
  switch (message._tag) {
    case "AlertsLoaded":
      return arrived(board, next, ready(message.alerts, message.at))
    case "AlertsFailed":
      return arrived(board, next, failed(board.alerts, message.problem, message.at))
    case "LatestLoaded":
      return withLatest(board, next, message.alert, ready(message.facts, message.at))
    case "LatestFailed": {
      const before = board.latest.get(message.alert) ?? waiting<ExecutionFacts | null>(null, message.at)
      return withLatest(board, next, message.alert, failed(before, message.problem, message.at))
    }
  }
}

/** Stops what the board asked for. */
export const abandoned: ReadonlyArray<Command> = [
  { _tag: "Cancel", what: "LoadAlerts" },
  { _tag: "Cancel", what: "LoadLatest" },
]
