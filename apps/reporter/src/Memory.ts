/** What a run knows of earlier runs, through the state file that it was given. */
import type { Effect } from "effect"
import type { ExportOptions } from "./ExportOptions.ts"
import type { Strategy } from "./Fetch.ts"
import { type ListFacts, whyWhole } from "./ListWalk.ts"
import type { ReporterError } from "./ReporterError.ts"
import { countSettled, type Key, settledIn } from "./SettledKeys.ts"
import { attempt, type StateFile } from "./StateFile.ts"
import { listName, readList } from "./StateLists.ts"
import type { StateRun } from "./StateRuns.ts"

export interface Memory {
  readonly state: StateFile
  readonly run: StateRun
  /** Executions that earlier runs settled. */
  readonly settled: number
  /** Which of these keys earlier runs settled. */
  readonly find: (keys: ReadonlyArray<Key>) => ReadonlyArray<boolean>
  /** What is known of each list of the walk, in its order; none when IDs are looked for. */
  readonly lists: ReadonlyArray<ListFacts>
  /** Why every page is read; `null` when a list may end early. */
  readonly whole: string | null
  /** How many settled executions must come in a row before a list may end early. */
  readonly margin: number
}

/** Fewer than so many settled executions in a row say nothing. */
const leastMargin = 100

export interface WalkKnowledge {
  readonly lists: ReadonlyArray<ListFacts>
  readonly whole: string | null
}

/** What the state says of the lists that are to be walked, in a run that began at `startedAt`. */
export const knowledgeOf = (
  state: StateFile,
  lists: ReadonlyArray<string | null>,
  startedAt: string,
  fullWalk: boolean,
): WalkKnowledge => {
  const facts = lists.map((list) => readList(state, listName(list)))
  const reasons = facts.map((one) => whyWhole(one, Date.parse(startedAt)))
  const reason = reasons.includes(null) ? null : (reasons[0] ?? null)
  return { lists: facts, whole: fullWalk ? "as asked with --full-walk" : reason }
}

/** The memory of a run that has begun. */
export const remember = (
  state: StateFile,
  run: StateRun,
  strategy: Strategy,
  options: ExportOptions,
): Effect.Effect<Memory, ReporterError> =>
  attempt(state, () => ({
    state,
    run,
    settled: countSettled(state),
    find: settledIn(state),
    ...(strategy._tag === "Walk" && options.source._tag !== "Ids"
      ? {
          ...knowledgeOf(state, strategy.lists, run.startedAt, options.state?.fullWalk === true),
          margin: Math.max(leastMargin, strategy.pageSize),
        }
      : { lists: [], whole: null, margin: leastMargin }),
  }))

/** One line for people about what the state makes of this run. */
export const memoryText = ({ lists, settled, whole }: Pick<Memory, "lists" | "settled" | "whole">): string => {
  if (settled === 0) return "State: nothing was exported before."
  const known = `State: ${settled} are known from earlier runs`
  if (lists.length === 0) return `${known}.`
  return whole === null ? `${known}; the walk ends at what is known.` : `${known}; every page is read: ${whole}.`
}
