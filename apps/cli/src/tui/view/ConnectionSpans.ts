/** The right end of the header: what the connection is doing, live mode, and what is left of the rate limit. */
import { bar } from "../../text/Bar.ts"
import { cells } from "../../text/Width.ts"
import { countdown } from "../../text/Moment.ts"
import { allowanceOf } from "../Allowance.ts"
import { paceOf } from "../Live.ts"
import { currentRemote } from "../Current.ts"
import type { Model } from "../Model.ts"
import { intervalOf } from "../../live/Pace.ts"
import { type Span, span, widthOf } from "./Line.ts"

/** What the program's own name takes at the left. */
const nameWidth = 16

/** Below this there is hardly room for a word. */
const narrow = 60

/** From here on there is room for a bar. */
const wide = 72

const budgetSpans = ({ budget, now, size, theme }: Model): ReadonlyArray<Span> => {
  if (budget === null || budget.spent === 0) return []
  const { left, limit, spent } = allowanceOf(budget, now)
  if (limit === null || left === null) return [span(`${spent} ${spent === 1 ? "request" : "requests"}`, "quiet")]
  const count = `${left}/${limit}`
  if (size.columns < wide) return [span(count, "quiet")]
  const drawn = bar(left / limit, 8, theme.ascii)
  const empty = theme.ascii ? "." : "░"
  // A part of a cell is drawn as a whole one: what is left is what counts.
  const gauge = drawn + empty.repeat(Math.max(0, 8 - cells(drawn)))
  const [open, close] = theme.ascii ? ["[", "]"] : ["▕", "▏"]
  return [
    span(`${open}${gauge}${close}`, left === 0 ? "error" : "quiet"),
    span(` ${count} rpm`, "plain", { dim: true }),
  ]
}

/** `15s`, or `1.5s` when it is that short. */
const seconds = (millis: number): string =>
  `${millis < 10_000 ? Math.round(millis / 100) / 10 : Math.round(millis / 1000)}s`

const liveSpans = (model: Model): ReadonlyArray<Span> => {
  const { live, now, size } = model
  if (!live.on)
    return model.budget !== null && model.budget.spent > 0 && size.columns >= wide ? [span("live off", "quiet")] : []
  const pace = paceOf(model)
  const every = seconds(intervalOf(pace.chosenMillis, pace.limit) * (live.focused ? 1 : 4))
  const mark = live.trouble === null ? "" : "! "
  const next = live.nextAt === null ? "" : seconds(Math.max(0, Math.ceil((live.nextAt - now) / 1000) * 1000))
  // In a narrow window only the countdown: what is left of the limit needs the room.
  if (size.columns < narrow)
    return [span(mark, "error", { bold: true }), span(`live ${live.looking ? "now" : next}`, "accent", { bold: true })]
  return [
    span(mark, "error", { bold: true }),
    span(live.follow ? `following ${every}` : `live ${every}`, "accent", { bold: true }),
    span(live.looking ? "  looking" : next === "" ? "" : `  next ${next}`, "accent"),
  ]
}

const stateSpans = (model: Model): ReadonlyArray<Span> => {
  const remote = currentRemote(model)
  const pausedUntil = model.budget?.pausedUntil ?? (remote._tag === "Failed" ? remote.problem.retryAt : null)
  if (pausedUntil !== null && pausedUntil > model.now)
    return [span("! ", "error"), span(`rate limited, again in ${countdown(pausedUntil - model.now)}`)]
  if (remote._tag === "Waiting") {
    const waited = Math.floor((model.now - remote.since) / 1000)
    return [span(waited < 1 ? "loading" : `loading ${waited} s`, "accent")]
  }
  if (remote._tag === "Failed") return [span("! error", "error", { bold: true })]
  return liveSpans(model)
}

/** Groups of spans with room between them. */
const spaced = (groups: ReadonlyArray<ReadonlyArray<Span>>): ReadonlyArray<Span> =>
  groups.filter((group) => group.length > 0).flatMap((group, index) => [span(index === 0 ? "" : "  "), ...group])

/** What the connection is doing, and what is left of the limit. */
export const connection = (model: Model): ReadonlyArray<Span> => {
  if (model.firstRun !== null) return [span("no key", "error")]
  const state = stateSpans(model)
  const both = spaced([state, model.source.demo ? [span("demo data", "accent")] : budgetSpans(model)])
  // Where there is no room for both, what happens now comes first.
  return widthOf(both) <= model.size.columns - nameWidth ? both : state
}
