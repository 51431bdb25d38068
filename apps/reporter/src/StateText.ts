/** A state file for people, and for programs. */
import { statSync } from "node:fs"
import { type ListFacts, whyWhole } from "./ListWalk.ts"
import { countSettled } from "./SettledKeys.ts"
import { type StateFile, stateVersion } from "./StateFile.ts"
import { readLists } from "./StateLists.ts"
import { countRuns, pendingRun, publishedRuns, type StateRun } from "./StateRuns.ts"
import { scopeText } from "./StateScope.ts"

/** How many runs are shown. */
const shown = 5

export interface StateSummary {
  readonly path: string
  readonly version: number
  readonly bytes: number
  readonly began: string
  readonly scope: string
  readonly settled: number
  readonly runs: number
  readonly last: ReadonlyArray<StateRun>
  readonly pending: StateRun | null
  readonly lists: ReadonlyMap<string, ListFacts>
}

/** Reads all that is shown of a state file. */
export const summarize = (state: StateFile): StateSummary => ({
  path: state.path,
  version: stateVersion,
  bytes: statSync(state.path).size,
  began: state.began,
  scope: state.scope,
  settled: countSettled(state),
  runs: countRuns(state),
  last: publishedRuns(state, shown),
  pending: pendingRun(state),
  lists: readLists(state),
})

/** How the next run walks a list, in words. */
export const walkText = (facts: ListFacts, now: number): string => {
  const whole = whyWhole(facts, now)
  return whole === null
    ? `ends at what is known: newest first, as the walk to the end at ${facts.wholeAt} proved`
    : `every page: ${whole}`
}

const runText = (run: StateRun): string =>
  `${run.publishedAt}  ${String(run.exported).padStart(7)} exported, ${run.failed} failed  ${run.path}  ${run.id}`

const line = (name: string, value: string): string => `  ${name.padEnd(13)} ${value}\n`

export const stateText = (summary: StateSummary, now: number): string => {
  const { began, bytes, last, lists, pending, runs, scope, settled } = summary
  const each = settled === 0 ? "" : `, ${(bytes / settled).toFixed(1)} for each`
  return [
    line("query", scopeText(scope)),
    line("began", `${began}; relative times count back from then`),
    line("known", `${settled} executions need no further run; ${bytes} bytes${each}`),
    ...[...lists].map(([name, facts]) => line(name === "" ? "walk" : `walk ${name}`, walkText(facts, now))),
    ...(pending === null ? [] : [line("unfinished", `${pending.path}, begun at ${pending.startedAt}`)]),
    line("runs", `${runs}${runs > last.length ? `, of which the last ${last.length} are` : ""}`),
    ...last.map((run) => line("", runText(run))),
  ].join("")
}

/** The same as one JSON object. */
export const stateJson = ({ lists, scope, ...summary }: StateSummary): string =>
  `${JSON.stringify({ ...summary, scope: JSON.parse(scope) as unknown, lists: Object.fromEntries(lists) })}\n`
