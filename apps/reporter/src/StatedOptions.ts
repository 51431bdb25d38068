/** An export as its state changes it: relative times stand still, and IDs that were exported are not asked for again. */
import { fingerprint } from "@mixpeek-alerts/domain"
import { Effect } from "effect"
import type { ExportOptions } from "./ExportOptions.ts"
import type { ReporterError } from "./ReporterError.ts"
import { keyOf, settledIn } from "./SettledKeys.ts"
import { attempt, type StateFile } from "./StateFile.ts"

/**
 * `--since 24h` counts back from when the state began, in every run: what is
 * new is known by its key, and a run that comes late must not lose the hours
 * that it is late by.
 */
export const standStill = (options: ExportOptions, state: StateFile): ExportOptions => {
  const began = Date.parse(state.began)
  return { ...options, filterAt: () => options.filterAt(began) }
}

/** The options without the IDs that earlier runs settled, and how many those were. */
export const withoutSettled = (
  options: ExportOptions,
  state: StateFile,
): Effect.Effect<readonly [ExportOptions, number], ReporterError> => {
  const { source } = options
  if (source._tag !== "Ids") return Effect.succeed([options, 0])
  return attempt(state, () => {
    const settled = settledIn(state)(source.list.ids.map((id) => keyOf(fingerprint(id))))
    const ids = source.list.ids.filter((_, index) => settled[index] !== true)
    const list = { ...source.list, ids }
    return [{ ...options, source: { _tag: "Ids", list } }, source.list.ids.length - ids.length] as const
  })
}
