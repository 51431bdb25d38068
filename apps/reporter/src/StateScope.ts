/** The query that a state file is of: what decides which executions are in its runs, and what their rows look like. */
import { parseSpan } from "@mixpeek-alerts/domain"
import { Effect, Option } from "effect"
import type { ExportOptions, StateOptions } from "./ExportOptions.ts"
import type { ExportFlags } from "./Flags.ts"
import { resolve } from "node:path"
import { type ReporterError, usage } from "./ReporterError.ts"

interface Scope {
  readonly place: string
  readonly source: "all" | "ids" | ReadonlyArray<string>
  /** The flags that choose executions, as they were given. */
  readonly filter: ReadonlyArray<string>
  /** The flags that shape rows, as they were given. */
  readonly rows: ReadonlyArray<string>
}

const flag = (name: string, value: Option.Option<string | number>): ReadonlyArray<string> =>
  Option.isSome(value) ? [`--${name} ${value.value}`] : []

const toggle = (name: string, on: boolean): ReadonlyArray<string> => (on ? [`--${name}`] : [])

const sourceOf = (source: ExportOptions["source"]): Scope["source"] =>
  source._tag === "All" ? "all" : source._tag === "Ids" ? "ids" : source.alerts

const scopeOf = (flags: ExportFlags, source: ExportOptions["source"], place: string): Scope => ({
  place,
  source: sourceOf(source),
  filter: [
    ...flag("since", flags.since),
    ...flag("until", flags.until),
    ...toggle("triggered", flags.triggered),
    ...toggle("not-triggered", flags.notTriggered),
    ...flags.collection.toSorted().map((one) => `--collection ${one}`),
    ...flag("min-score", flags.minScore),
    ...flag("where", flags.where),
  ],
  rows: [...toggle("excel", flags.excel), ...flag("flatten", flags.flatten)],
})

/** A scope for people. */
export const scopeText = (text: string): string => {
  const { filter, place, rows, source } = JSON.parse(text) as Scope
  const what = source === "all" ? "--all" : source === "ids" ? "IDs" : source.map((one) => `--alert ${one}`).join(" ")
  return `${[what, ...filter, ...rows].join(" ")} of ${place.trim()}`
}

/** Counted back from when the state began, such an end would stand still, and no run after the first would find anything. */
const hasRelativeEnd = (flags: ExportFlags): boolean => {
  const isSpan = (text: string): boolean => Option.isSome(parseSpan(text))
  const terms = Option.getOrElse(flags.where, () => "").matchAll(/(?:(!)since|(?:^|[^!\w])until):"?([^\s"]+)/gi)
  return (Option.isSome(flags.until) && isSpan(flags.until.value)) || [...terms].some((term) => isSpan(term[2] ?? ""))
}

/** What `--state` and its companions ask for, `null` without it. `place` names the server and the namespace. */
export const readState = Effect.fnUntraced(function* (
  flags: ExportFlags,
  source: ExportOptions["source"],
  place: string,
): Effect.fn.Return<StateOptions | null, ReporterError> {
  if (Option.isNone(flags.state)) {
    return flags.fullWalk ? yield* usage("--full-walk needs --state.", "Without a state every page is read.") : null
  }
  const path = flags.state.value
  if (path.trim() === "") return yield* usage("--state is empty.", "Give a file; the first run makes it.")
  if (Option.isSome(flags.output))
    return yield* usage(
      "--state needs a run directory: one file cannot tell which run wrote it.",
      "Give --out DIR instead of --output.",
    )
  if (hasRelativeEnd(flags))
    return yield* usage(
      "With --state a range of time cannot end at a time that moves.",
      "Leave the end out, or give a date; what is not there yet comes with the next run.",
    )
  return { path: resolve(path), scope: JSON.stringify(scopeOf(flags, source, place)), place, fullWalk: flags.fullWalk }
})

/** Whether a scope is of this server and namespace. */
export const isAt = (scope: string, place: string): boolean => (JSON.parse(scope) as Scope).place === place
