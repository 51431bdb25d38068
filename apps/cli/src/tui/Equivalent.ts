/** The command that prints what is on the screen. */
import { defaultBaseUrl } from "@mixpeek-alerts/client"
import { shellWord } from "../text/Shell.ts"
import type { TrendsBoard } from "./Board.ts"
import type { DetailState } from "./Detail.ts"
import { alertIdOf } from "./History.ts"
import { shownItems } from "./List.ts"
import type { Item, Model } from "./Model.ts"
import { known } from "./Remote.ts"
import { trendsOf } from "./Trends.ts"

type Words = ReadonlyArray<string>

/** `--name value`, in one word where the value could be taken for a flag. */
const flag = (name: string, value: string): Words =>
  value.startsWith("-") ? [`--${name}=${value}`] : [`--${name}`, value]

const sourceFlags = ({ source }: Model): Words =>
  source.demo
    ? ["--demo"]
    : [
        ...(source.namespace === null ? [] : flag("namespace", source.namespace)),
        ...(source.baseUrl.replace(/\/$/, "") === defaultBaseUrl ? [] : flag("base-url", source.baseUrl)),
      ]

const filterFlags = ({ list }: Model): Words => [
  ...(list.triggeredOnly ? ["--triggered"] : []),
  ...(list.filter === null ? [] : flag("where", list.filter.text)),
]

/** As many as there are on the screen; what the command reads ends where it has found them. */
const amount = (count: number, everything: boolean): Words =>
  everything ? ["--all"] : flag("limit", String(Math.max(1, count)))

/** The order, when it is not that in which the server sends them. */
const orderFlags = ({ list }: Model): Words => {
  const places = new Map((known(list.items) ?? []).map(({ key }, index) => [key, index] as const))
  const place = ({ key }: Item): number => places.get(key) ?? 0
  const rows = shownItems(list)
  const asSent = rows.every((item, index) => index === 0 || place(rows[index - 1] as Item) < place(item))
  return asSent ? [] : [...flag("sort", list.sort.by), ...(list.sort.descending ? [] : ["--reverse"])]
}

const listWords = (model: Model): Words => {
  const { alert, next } = model.list
  return [
    "list",
    ...(alert === null ? [] : flag("alert", alert)),
    ...filterFlags(model),
    ...orderFlags(model),
    ...amount(shownItems(model.list).length, next === null),
  ]
}

const detailWords = (detail: DetailState): Words => {
  const record = known(detail.record)
  const id = detail.id ?? ""
  switch (detail.tab) {
    case "matches":
      return ["matches", id]
    case "sources":
      return ["get", id, ...flag("pick", "source_documents[]")]
    case "history": {
      const { next, request, rows } = detail.history
      const alert = record === null ? null : alertIdOf(record)
      const everything = request?._tag === "Ready" && next === null
      return alert === null ? ["get", id] : ["list", ...flag("alert", alert), ...amount(rows.length, everything)]
    }
    default:
      return ["get", id, "--json"]
  }
}

const trendsWords = (model: Model, board: TrendsBoard): Words => {
  const { rows } = trendsOf(model, board)
  const alert = board.alert ?? model.list.alert
  return [
    "stats",
    ...(alert === null ? [] : flag("alert", alert)),
    ...filterFlags(model),
    ...amount(rows, model.list.next === null),
  ]
}

const wordsOf = (model: Model): Words | string => {
  const { board, detail } = model
  switch (board?._tag) {
    case "Alerts":
      return ["alerts"]
    case "Trends":
      return trendsWords(model, board)
    case "Compare": {
      const [before, after] = [board.before.execution.executionId, board.after.execution.executionId]
      return before === null || after === null ? noId : ["compare", before, after]
    }
    case undefined:
      if (detail === null) return listWords(model)
      return detail.id === null && detail.tab !== "history" ? noId : detailWords(detail)
  }
}

const noId = "The server sent no ID for this execution, so no command can name it."

/** The command as a shell takes it; or, as `reason`, why there is none. */
export const equivalent = (model: Model): { readonly command: string } | { readonly reason: string } => {
  const words = wordsOf(model)
  return typeof words === "string"
    ? { reason: words }
    : { command: ["mixpeek-alerts", ...words, ...sourceFlags(model)].map(shellWord).join(" ") }
}
