/** Small menus that one letter answers: what to copy, what to sort by. */
import type { Decoded } from "@mixpeek-alerts/domain"
import { shellWord } from "../text/Shell.ts"
import { handleOf, mostAsked, selectedAlert } from "./Alerting.ts"
import type { AlertsBoard } from "./Board.ts"
import { type DetailState, focus } from "./Detail.ts"
import { equivalent } from "./Equivalent.ts"
import { columnsToSort, selectedItem } from "./List.ts"
import type { Model } from "./Model.ts"
import { known } from "./Remote.ts"

export interface Choice {
  readonly key: string
  readonly label: string
  /** What choosing it is about: the text to copy, or the column to sort by. */
  readonly value: string
}

export interface Menu {
  readonly title: string
  readonly kind: "copy" | "sort" | "latest"
  readonly choices: ReadonlyArray<Choice>
  readonly index: number
}

const curl = (model: Model, id: string): string =>
  [
    `curl -H "Authorization: Bearer $MIXPEEK_API_KEY"`,
    ...(model.source.namespace === null ? [] : [`-H ${shellWord(`X-Namespace: ${model.source.namespace}`)}`]),
    shellWord(`${model.source.baseUrl.replace(/\/$/, "")}/v1/alerts/executions/${encodeURIComponent(id)}`),
  ].join(" ")

const ofExecution = (model: Model, id: string | null, record: Decoded | null): ReadonlyArray<Choice> => {
  const execution = record?._tag === "ExecutionRecord" ? record.execution : null
  return [
    ...(id === null ? [] : [{ key: "i", label: "execution ID", value: id }]),
    ...(execution === null ? [] : [{ key: "a", label: "alert ID", value: execution.alertId }]),
    ...(record === null ? [] : [{ key: "j", label: "JSON as received", value: record.json }]),
    ...(id === null ? [] : [{ key: "u", label: "curl command", value: curl(model, id) }]),
  ]
}

const ofSelection = (detail: DetailState): ReadonlyArray<Choice> => {
  const record = known(detail.record)
  const execution = record?._tag === "ExecutionRecord" ? record.execution : null
  const at = focus(detail)
  const line =
    at === "tree"
      ? detail.tree[detail.spots.tree.index]
      : at === "json"
        ? detail.json[detail.spots.json.index]
        : undefined
  const document =
    at === "sources"
      ? execution?.sourceDocuments?.[detail.spots.sources.index]
      : detail.tab === "matches"
        ? execution?.matches?.[detail.spots.matches.index]?.documentId
        : undefined
  return [
    ...(document === undefined ? [] : [{ key: "d", label: "document ID", value: document }]),
    ...(line === undefined
      ? []
      : [
          { key: "p", label: "JSON path", value: line.path },
          { key: "v", label: "JSON value", value: line.json },
        ]),
  ]
}

/** What can be copied from where the cursor is. */
export const copyMenu = (model: Model): Menu => {
  const item = selectedItem(model.list)
  const listed = item?.record ?? null
  const listedId =
    listed === null ? null : listed._tag === "ExecutionRecord" ? listed.execution.executionId : listed.executionId
  const choices =
    model.detail === null
      ? ofExecution(model, listedId, listed)
      : [...ofExecution(model, model.detail.id, known(model.detail.record)), ...ofSelection(model.detail)]
  const same = equivalent(model)
  const command = "command" in same ? [{ key: "m", label: "command that prints it", value: same.command }] : []
  return { title: "Copy", kind: "copy", choices: [...(model.board === null ? choices : []), ...command], index: 0 }
}

const names = { time: "t", score: "s", matches: "m", took: "d" } as const

/** What the list can be sorted by. */
export const sortMenu = (model: Model): Menu => ({
  title: "Sort by",
  kind: "sort",
  choices: columnsToSort.map((column) => ({
    key: names[column],
    label: column === "took" ? "duration" : column === "score" ? "top score" : column,
    value: column,
  })),
  index: Math.max(0, columnsToSort.indexOf(model.list.sort.by)),
})

const priced = (count: number): string => (count === 1 ? "1 request" : `${count} requests`)

/** Whose last result to ask for, and what that costs. */
export const latestMenu = (model: Model, board: AlertsBoard): Menu => {
  const selected = selectedAlert(board)
  const alerts = known(board.alerts) ?? []
  const left = model.budget?.remaining ?? null
  const many = Math.min(alerts.length, mostAsked, left ?? mostAsked)
  const first = alerts.slice(board.spot.top, board.spot.top + many)
  const words = first.length === alerts.length ? "all of them" : `the ${first.length} from the top of the screen`
  return {
    title: `Ask for the last result${left === null ? "" : ` (${priced(left)} left)`}`,
    kind: "latest",
    choices: [
      ...(selected === null
        ? []
        : [{ key: "o", label: `of this one: ${priced(1)}`, value: JSON.stringify([handleOf(selected)]) }]),
      ...(first.length < 2
        ? []
        : [{ key: "a", label: `of ${words}: ${priced(first.length)}`, value: JSON.stringify(first.map(handleOf)) }]),
    ],
    index: 0,
  }
}
