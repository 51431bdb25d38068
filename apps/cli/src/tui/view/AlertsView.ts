/** The alerts: what they are called, where they report to, and what they did last. */
import { type Alert, type ExecutionFacts, Stats } from "@mixpeek-alerts/domain"
import { clean } from "../../text/Clean.ts"
import { glyphs, spelled } from "../../text/Glyph.ts"
import { brief, briefWidth } from "../../text/Moment.ts"
import { left, right } from "../../text/Width.ts"
import { handleOf } from "../Alerting.ts"
import type { AlertsBoard } from "../Board.ts"
import { listHeight } from "../Layout.ts"
import type { Model } from "../Model.ts"
import { known, type Remote } from "../Remote.ts"
import { type AlertTally, tallyOf } from "../Tally.ts"
import { rules } from "./Rule.ts"
import { ends, filling, line, type Lines, type Span, span } from "./Line.ts"
import { problemView, waitingView } from "./StateView.ts"

interface Columns {
  readonly name: number
  readonly id: number
  readonly channels: number
  readonly last: number
  readonly rate: number
}

/** What gives way when it gets narrow: the ID, then the channels, then the rate. */
const columnsFor = (width: number, when: number): Columns => {
  const rate = width < 50 ? 0 : 13
  const last = when + 3
  const channels = width < 70 ? 0 : 12
  const room = width - 3 - 4 - last - rate - channels - 2
  const id = room < 46 ? 0 : Math.min(26, Math.floor(room * 0.45))
  return { name: Math.max(8, Math.min(40, room - id)), id, channels, last, rate }
}

const head = (columns: Columns): ReadonlyArray<Span> => [
  span(`   ${left("on", 4)}${left("alert", columns.name)} `, "quiet"),
  span(columns.id === 0 ? "" : `${left("ID", columns.id - 1)} `, "quiet"),
  span(columns.channels === 0 ? "" : `${left("reports to", columns.channels - 1)} `, "quiet"),
  span(left("last result", columns.last), "quiet"),
  span(columns.rate === 0 ? "" : right("triggered", columns.rate), "quiet"),
]

/** What was asked for, or else what the loaded rows say; the later of both. */
const lastOf = (
  asked: Remote<ExecutionFacts | null> | undefined,
  tally: AlertTally | undefined,
): ExecutionFacts | null => {
  const told = asked === undefined ? null : known(asked)
  const seen = tally?.newest ?? null
  return told === null || (seen !== null && seen.millis > told.millis) ? seen : told
}

const lastSpans = (board: AlertsBoard, alert: Alert, tally: AlertTally | undefined, width: number, model: Model) => {
  const { broken, fired, none, quiet } = glyphs(model.theme.ascii)
  const asked = board.latest.get(handleOf(alert))
  const last = lastOf(asked, tally)
  if (asked?._tag === "Waiting") return [span(left("asking", width), "accent")]
  if (asked?._tag === "Failed") return [span(left(`${broken} ${clean(asked.problem.tag)}`, width), "error")]
  if (last === null) return [span(left(asked === undefined ? none : "never ran", width), "quiet")]
  return [
    last.triggered ? span(`${fired} `, "fired") : span(`${quiet} `, "quiet"),
    span(left(brief(last.executedAt, model.times, model.now), width - 2)),
  ]
}

const rateText = (tally: AlertTally | undefined, none: string): string => {
  const share = tally === undefined ? null : Stats.rate(tally.stats)
  return tally === undefined || share === null ? none : `${Math.round(share * 100)}% of ${tally.stats.executions}`
}

const rowOf = (
  alert: Alert,
  selected: boolean,
  columns: Columns,
  board: AlertsBoard,
  model: Model,
): ReadonlyArray<Span> => {
  const { none, selected: marker } = glyphs(model.theme.ascii)
  const tally = tallyOf(known(model.list.items) ?? []).get(alert.alertId ?? "")
  const state = alert.enabled == null ? none : alert.enabled ? "on" : "off"
  const channels = alert.notificationConfig.channels.map(({ channelType }) => channelType).join(", ")
  return [
    span(selected ? `${marker}  ` : "   "),
    span(left(state, 4), alert.enabled === true ? "plain" : "quiet"),
    span(`${left(clean(alert.name), columns.name)} `, "name"),
    span(columns.id === 0 ? "" : `${left(clean(alert.alertId ?? none), columns.id - 1)} `),
    span(columns.channels === 0 ? "" : `${left(clean(channels === "" ? none : channels), columns.channels - 1)} `),
    ...lastSpans(board, alert, tally, columns.last, model),
    span(columns.rate === 0 ? "" : right(rateText(tally, none), columns.rate), "number"),
  ]
}

const rowsOf = (alerts: ReadonlyArray<Alert>, board: AlertsBoard, model: Model): Lines => {
  const width = model.size.columns
  const height = listHeight(model.size)
  const columns = columnsFor(width, briefWidth(model.times))
  const { index: selected, top } = board.spot
  const rows = alerts
    .slice(top, top + height)
    .map((alert, offset) =>
      line(rowOf(alert, top + offset === selected, columns, board, model), width, top + offset === selected),
    )
  const none = alerts.length === 0 ? [line([span("   There are no alerts in this namespace.")], width)] : rows
  return [line(head(columns), width), ...filling(none, height)]
}

export const alertsView = (board: AlertsBoard, model: Model): Lines => {
  const alerts = known(board.alerts)
  const { columns } = model.size
  if (alerts === null)
    return board.alerts._tag === "Failed" ? problemView(model, board.alerts.problem) : waitingView(model)
  const counted = (known(model.list.items) ?? []).length
  const start = span(`${alerts.length} ${alerts.length === 1 ? "alert" : "alerts"}`, "quiet")
  const words =
    columns < 60
      ? `${counted} loaded · L last results`
      : `from the ${counted} loaded executions · L asks for last results`
  const note = span(spelled(words, model.theme.ascii), "quiet")
  return [...rowsOf(alerts, board, model), ...rules(model), line(ends([start], [note], columns), columns)]
}
