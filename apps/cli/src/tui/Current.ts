/** What the screen waits for, whichever screen it is. */
import type { Model } from "./Model.ts"
import { ready, type Remote } from "./Remote.ts"

/** Where what is on the screen comes from. A comparison comes from nowhere: it has both of its executions. */
export const currentRemote = ({ board, detail, list, now }: Model): Remote<unknown> => {
  if (board?._tag === "Alerts") return board.alerts
  if (board?._tag === "Compare") return ready(true, now)
  if (board !== null || detail === null) return list.items
  return detail.tab === "history" && detail.history.request?._tag === "Waiting" ? detail.history.request : detail.record
}

/** Whether anything is on its way. */
export const isWaiting = (model: Model): boolean => {
  const { board, list } = model
  return (
    currentRemote(model)._tag === "Waiting" ||
    list.items._tag === "Waiting" ||
    (board?._tag === "Alerts" && [...board.latest.values()].some(({ _tag }) => _tag === "Waiting"))
  )
}
