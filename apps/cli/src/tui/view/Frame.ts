/** What is around every screen: the header with the state of the connection, the rules, the footer. */
import { clean } from "../../text/Clean.ts"
import { age, clock } from "../../text/Moment.ts"
import { cells } from "../../text/Width.ts"
import { currentRemote } from "../Current.ts"
import { bindingsOf } from "../Keys.ts"
import { keyFor } from "../Help.ts"
import { modeOf, screenMode } from "../Mode.ts"
import { showKey } from "../Press.ts"
import { ruled } from "../Layout.ts"
import type { Model } from "../Model.ts"
import { connection } from "./ConnectionSpans.ts"
import { ends, filling, type Line, line, type Lines, type Span, span } from "./Line.ts"
import { rules } from "./Rule.ts"
import { fieldLine } from "./StatusLine.ts"

const place = (model: Model): string => {
  if (model.firstRun !== null) return "welcome"
  switch (model.board?._tag) {
    case "Alerts":
      return "alerts"
    case "Trends":
      return `trends › ${clean(model.board.alert ?? model.list.alert ?? "all alerts")}`
    case "Compare":
      return "compare"
    case undefined: {
      const list = model.list.alert === null ? "executions" : `executions of ${clean(model.list.alert)}`
      return model.detail === null ? list : `executions › ${clean(model.detail.id ?? "without an ID")}`
    }
  }
}

const header = (model: Model): Line => {
  const { columns } = model.size
  const namespace = model.source.namespace === null || columns < 60 ? "" : `  ${clean(model.source.namespace)}`
  const start = [
    span("mixpeek-alerts", "plain", { bold: true }),
    span(`  ${place(model)}`),
    span(namespace, "plain", { dim: true }),
  ]
  return line(ends(start, connection(model), columns), columns)
}

const gap = "  "

/** The most important keys that fit, in the order of the table. */
export const hints = (model: Model, width: number): ReadonlyArray<Span> => {
  const mode = modeOf(model)
  const rows = bindingsOf(mode === "help" || mode === "menu" || mode === "text" ? screenMode(model) : mode, model.keys)
    .filter(({ keys, rank }) => rank > 0 && keys.length > 0)
    .sort((a, b) => a.rank - b.rank)
    .map(({ action, keys, label }) => ({
      action,
      key: model.theme.ascii ? (keys[0] ?? "") : showKey(keys[0] ?? ""),
      label,
    }))
  const always = rows.filter(({ action }) => action === "help" || action === "quit")
  const sizeOf = ({ key, label }: { key: string; label: string }) => cells(key) + 1 + cells(label) + gap.length
  let room = width - always.reduce((sum, row) => sum + sizeOf(row), 0)
  const kept = rows.filter((row) => {
    if (always.includes(row)) return true
    if (sizeOf(row) > room) return false
    room -= sizeOf(row)
    return true
  })
  return kept.flatMap(({ key, label }, index) => [
    span(index === 0 ? "" : gap),
    span(key, "name", { bold: true }),
    span(` ${label}`, "plain", { dim: true }),
  ])
}

const overlayHints: Partial<Record<NonNullable<Model["overlay"]>["_tag"], string>> = {
  Filter: "enter keep  esc undo  ↑↓ move in the list",
  Menu: "letter or enter choose  esc cancel",
  Help: "type to search  ↑↓ move  enter do it  esc close",
}

const footer = (model: Model): Line => {
  const { columns } = model.size
  const { overlay } = model
  if (overlay?._tag === "Open" || overlay?._tag === "Go" || overlay?._tag === "Find") return fieldLine(overlay, model)
  const text = overlay === null ? undefined : overlayHints[overlay._tag]
  const spans =
    model.count !== ""
      ? [span(model.count, "accent", { bold: true }), span("  times: a key that moves, or g for that line", "quiet")]
      : model.notice !== ""
        ? [span(clean(model.notice), "accent", { bold: true })]
        : text === undefined
          ? hints(model, columns)
          : [span(model.theme.ascii ? text.replace("↑↓", "up/dn") : text, "plain", { dim: true })]
  return line(spans, columns)
}

const ended = (text: string): string => clean(text).replace(/[^.!?]$/, "$&.")

/** What is wrong with what is shown: it is old, because a request failed or none was answered yet. */
const warning = (model: Model): string => {
  const remote = currentRemote(model)
  const { list, live } = model
  const saved =
    model.detail === null && model.board === null && list.savedAt !== null ? age(model.now - list.savedAt) : null
  const details = `${keyFor(model, "problem")} details`
  if (remote._tag === "Failed" && remote.previous !== null) {
    const since = saved === null ? "What you see is older." : `What you see was saved ${saved} ago.`
    return `! ${ended(remote.problem.message)} ${since} ${keyFor(model, "refresh")} try again  ${details}`
  }
  if (saved !== null) return `Saved ${saved} ago by an earlier run; what is new is on its way.`
  if (live.trouble !== null && model.detail === null && model.board === null)
    return `! ${ended(live.trouble.problem.message)} Nothing new since ${clock(live.trouble.since)} UTC.  ${details}`
  return ""
}

/** What is wrong, in the place of a rule where there is one. */
const banner = (model: Model): Lines => {
  const text = ruled(model.size) ? warning(model) : ""
  return text === ""
    ? rules(model)
    : [line([span(text, text.startsWith("!") ? "error" : "accent")], model.size.columns)]
}

/** A whole screen: `content` fills what is between the header and the footer. */
export const frame = (content: Lines, model: Model): Lines => {
  const above = [header(model), ...banner(model)]
  const below = [...rules(model), footer(model)]
  return [...above, ...filling(content, model.size.rows - above.length - below.length), ...below]
}
