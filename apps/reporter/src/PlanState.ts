/** What `plan` says about the state of an export, and about the older runs that it would remove. Changes nothing. */
import { Clock, Effect } from "effect"
import { existsSync } from "node:fs"
import type { ExportOptions } from "./ExportOptions.ts"
import type { Strategy } from "./Fetch.ts"
import { surplus } from "./Keep.ts"
import { memoryText, knowledgeOf } from "./Memory.ts"
import { countSettled } from "./SettledKeys.ts"
import type { ReporterError } from "./ReporterError.ts"
import { attempt, openState } from "./StateFile.ts"
import { pendingRun } from "./StateRuns.ts"
import { sameScope } from "./StateSession.ts"

const line = (name: string, value: string): string => `  ${name.padEnd(13)} ${value}\n`

const ofState = Effect.fnUntraced(function* (
  { source, state }: ExportOptions,
  strategy: Strategy,
  now: number,
): Effect.fn.Return<string, ReporterError> {
  if (state === null) return ""
  if (!existsSync(state.path)) return line("state", `${state.path} is made; everything counts as new`)
  const file = yield* Effect.scoped(
    Effect.gen(function* () {
      const opened = yield* openState(state.path)
      yield* sameScope(opened, state.scope)
      return yield* attempt(opened, () => ({
        began: opened.began,
        settled: countSettled(opened),
        pending: pendingRun(opened),
        ...(strategy._tag === "Walk" && source._tag !== "Ids"
          ? knowledgeOf(opened, strategy.lists, new Date(now).toISOString(), state.fullWalk)
          : { lists: [], whole: null }),
      }))
    }),
  )
  const early = file.lists.length > 0 && file.whole === null ? " (then it takes fewer requests)" : ""
  return (
    line("state", `${memoryText(file).replace(/^State: /, "")}${early}`) +
    line("times", `relative ones count back from ${file.began}`) +
    (file.pending === null ? "" : line("unfinished", `${file.pending.path}, begun at ${file.pending.startedAt}`))
  )
})

const ofKeep = Effect.fnUntraced(function* ({ keep, query, target }: ExportOptions, now: number) {
  if (keep === null || target._tag !== "Directory") return ""
  const { gone } = yield* surplus(target.path, keep, query, now)
  return gone.length === 0
    ? line("removes", "no old run")
    : gone.map((path, index) => line(index === 0 ? "removes" : "", path)).join("")
})

export const planState = Effect.fnUntraced(function* (options: ExportOptions, strategy: Strategy) {
  const now = yield* Clock.currentTimeMillis
  return (yield* ofState(options, strategy, now)) + (yield* ofKeep(options, now))
})
