/** How far a run is: one line on a terminal, a log line now and then elsewhere; always on stderr. */
import type { BudgetState, RequestBudget } from "@mixpeek-alerts/client"
import { Effect, type Scope } from "effect"
import { jsonLine } from "./LogLine.ts"
import { printable } from "./Printable.ts"
import type { Tally } from "./Tally.ts"

export interface Progress {
  /** Takes the newest counts; cheap enough for every unit. */
  readonly report: (tally: Tally) => void
  /** One line for people, kept on the screen. */
  readonly note: (line: string) => void
}

export interface ProgressOptions {
  readonly mode: "line" | "log" | "none"
  readonly format: "pretty" | "json"
  readonly quiet: boolean
  /** How many records there are to come, when that is known before the first page. */
  readonly expected: number | null
  readonly write: (text: string) => void
}

const lineMillis = 250
const logMillis = 30_000
/** The bar has what room the words leave, between these. */
const narrowBar = 4
const wideBar = 20

const two = (value: number): string => String(Math.floor(value)).padStart(2, "0")

const span = (seconds: number): string =>
  seconds >= 3600
    ? `${Math.floor(seconds / 3600)}:${two((seconds % 3600) / 60)}:${two(seconds % 60)}`
    : `${Math.floor(seconds / 60)}:${two(seconds % 60)}`

/** What the rate limit is doing, in words; empty when there is nothing to say. */
export const budgetText = (state: BudgetState, now: number): string => {
  if (state.pausedUntil !== null && state.pausedUntil > now)
    return `rate limit: ${Math.ceil((state.pausedUntil - now) / 1000)} s`
  if (state.limit === null || state.remaining === null) return ""
  if (state.remaining === 0 && state.resetsAt !== null && state.resetsAt > now) {
    return `rate limit: ${Math.ceil((state.resetsAt - now) / 1000)} s`
  }
  return `${state.remaining}/${state.limit} requests left`
}

const bar = (share: number, width: number): string => {
  const filled = Math.round(share * width)
  return `[${"#".repeat(filled)}${".".repeat(width - filled)}] ${Math.floor(share * 100)}%`
}

/** One line about a run that has gone on for `seconds`, in so many columns unless its words take more. */
export const progressText = (
  tally: Tally,
  expected: number | null,
  seconds: number,
  budget: string,
  columns: number,
): string => {
  const done = tally.read + tally.missing + tally.known
  const perSecond = seconds > 0 ? done / seconds : 0
  const share = expected !== null && expected > 0 ? Math.min(1, done / expected) : null
  const parts = [`${tally.executions} executions`, `${perSecond.toFixed(0)}/s`]
  if (share !== null && share < 1 && perSecond > 0) parts.push(`${span(((expected ?? 0) - done) / perSecond)} left`)
  if (tally.failures > 0) parts.push(`${tally.failures} failed`)
  if (budget !== "") parts.push(budget)
  const words = parts.join("  ")
  if (share === null) return words
  const room = columns - words.length - bar(share, 0).length - 2
  return `${bar(share, Math.max(narrowBar, Math.min(wideBar, room)))}  ${words}`
}

/** Shows progress until the scope closes. */
export const make = (options: ProgressOptions, budget: RequestBudget): Effect.Effect<Progress, never, Scope.Scope> =>
  Effect.gen(function* () {
    const began = Date.now()
    let latest: Tally | null = null
    let shown = false
    const clear = () => {
      if (shown) options.write("\r\u001b[2K")
      shown = false
    }
    const json = (fields: object) => options.write(jsonLine("info", fields))
    const show = Effect.gen(function* () {
      if (latest === null) return
      const state = yield* budget.state
      // A terminal that nobody gave a size says 0.
      const columns = (process.stderr.columns || 80) - 1
      const text = progressText(
        latest,
        options.expected ?? latest.totalFirst,
        (Date.now() - began) / 1000,
        budgetText(state, Date.now()),
        columns,
      )
      if (options.mode === "line") {
        options.write(`\r\u001b[2K${text.slice(0, columns)}`)
        shown = true
      } else if (options.format === "json") {
        json({
          event: "progress",
          executions: latest.executions,
          failures: latest.failures,
          requests: state.spent,
        })
      } else options.write(`${text}\n`)
    })
    yield* Effect.addFinalizer(() => Effect.sync(clear))
    if (options.mode !== "none") {
      const pause = Effect.sleep(options.mode === "line" ? lineMillis : logMillis)
      yield* Effect.forkScoped(Effect.forever(Effect.andThen(pause, show)))
    }
    return {
      report: (tally) => {
        latest = tally
      },
      note: (line) => {
        if (options.quiet) return
        clear()
        if (options.format === "json") json({ message: line })
        else options.write(`${printable(line)}\n`)
      },
    }
  })
