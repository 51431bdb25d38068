/** What is around every screen: the header with the state of the connection, the rules, the footer. */
import { Box } from "ink"
import type { ReactElement, ReactNode } from "react"
import { clean } from "../../text/Clean.ts"
import { glyphs } from "../../text/Glyph.ts"
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
import { ends, groundOf, Line, type Span, span } from "./Line.tsx"
import { FieldLine } from "./StatusLine.tsx"

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

const Header = ({ model }: { readonly model: Model }): ReactElement => {
  const namespace =
    model.source.namespace === null || model.size.columns < 60 ? "" : `  ${clean(model.source.namespace)}`
  const start = [
    span("mixpeek-alerts", "plain", { bold: true }),
    span(`  ${place(model)}`),
    span(namespace, "plain", { dim: true }),
  ]
  return (
    <Line theme={model.theme} width={model.size.columns} spans={ends(start, connection(model), model.size.columns)} />
  )
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

const Footer = ({ model }: { readonly model: Model }): ReactElement => {
  const { columns } = model.size
  const { overlay } = model
  if (overlay?._tag === "Open" || overlay?._tag === "Go" || overlay?._tag === "Find")
    return <FieldLine model={model} overlay={overlay} />
  const text = overlay === null ? undefined : overlayHints[overlay._tag]
  const spans =
    model.count !== ""
      ? [span(model.count, "accent", { bold: true }), span("  times: a key that moves, or g for that line", "quiet")]
      : model.notice !== ""
        ? [span(clean(model.notice), "accent", { bold: true })]
        : text === undefined
          ? hints(model, columns)
          : [span(model.theme.ascii ? text.replace("↑↓", "up/dn") : text, "plain", { dim: true })]
  return <Line theme={model.theme} width={columns} spans={spans} />
}

export const Rule = ({ model, width }: { readonly model: Model; readonly width: number }): ReactElement => (
  <Line theme={model.theme} width={width} spans={[span(glyphs(model.theme.ascii).rule.repeat(width), "quiet")]} />
)

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

const Banner = ({ model }: { readonly model: Model }): ReactElement => {
  const text = warning(model)
  if (text === "") return <Rule model={model} width={model.size.columns} />
  return (
    <Line
      theme={model.theme}
      width={model.size.columns}
      spans={[span(text, text.startsWith("!") ? "error" : "accent")]}
    />
  )
}

/** A whole screen: `children` fill what is between the header and the footer. */
export const Frame = ({ children, model }: { readonly children: ReactNode; readonly model: Model }): ReactElement => (
  <Box flexDirection="column" width="100%" height={model.size.rows} overflow="hidden" {...groundOf(model.theme)}>
    <Box flexDirection="column" flexShrink={0}>
      <Header model={model} />
      {ruled(model.size) ? <Banner model={model} /> : null}
    </Box>
    <Box flexDirection="column" flexGrow={1} overflow="hidden">
      {children}
    </Box>
    <Box flexDirection="column" flexShrink={0}>
      {ruled(model.size) ? <Rule model={model} width={model.size.columns} /> : null}
      <Footer model={model} />
    </Box>
  </Box>
)
