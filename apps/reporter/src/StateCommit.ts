/** The end of a run with a state: what it settled goes into the state, before and after it gets its name. */
import { Clock, Effect } from "effect"
import { join } from "node:path"
import type { ExportOptions } from "./ExportOptions.ts"
import type { Strategy } from "./Fetch.ts"
import { after, type ListFacts, unknownList } from "./ListWalk.ts"
import { fileName } from "./FileName.ts"
import type { Memory } from "./Memory.ts"
import type { ReporterError } from "./ReporterError.ts"
import type { RunDirectory } from "./RunDirectory.ts"
import type { RunState } from "./RunState.ts"
import { attempt, type StateFile } from "./StateFile.ts"
import { listName, readLists } from "./StateLists.ts"
import { commitRun, makeReady, type Outcome } from "./StateRuns.ts"

const ofWalk = (memory: Memory, lists: ReadonlyArray<string | null>, state: RunState): Outcome => ({
  doubt: null,
  lists: lists.map((list, index) => {
    const walk = state.walks[index]
    const facts = memory.lists[index] ?? unknownList
    return { name: listName(list), ...(walk === undefined ? facts : after(walk, facts, memory.run.startedAt)) }
  }),
})

/** IDs that were retried lie somewhere in the lists: with one list, it has so many more settled; with more, who knows in which. */
const ofIds = (memory: Memory, state: RunState): Outcome => {
  const known = [...readLists(memory.state)]
  const [only] = known
  const got = state.tally.executions + state.tally.filtered
  if (only === undefined || got === 0) return { lists: [], doubt: null }
  if (known.length > 1) return { lists: [], doubt: "executions were retried since" }
  const [name, facts] = only
  const more: ListFacts = {
    ...facts,
    settled: facts.settled === null ? null : facts.settled + got,
    late: Math.max(0, facts.late - got),
  }
  return { lists: [{ name, ...more }], doubt: null }
}

/** Puts what the run settled into the state, where it counts as soon as the run has its name. */
export const ready = (
  memory: Memory,
  run: RunDirectory,
  state: RunState,
  strategy: Strategy,
  options: ExportOptions,
): Effect.Effect<void, ReporterError> =>
  attempt(memory.state, () =>
    makeReady(memory.state, memory.run, {
      exported: state.tally.executions,
      failed: state.tally.failures,
      keys: join(run.path, fileName("settled", "none")),
      outcome:
        strategy._tag === "Walk" && options.source._tag !== "Ids"
          ? ofWalk(memory, strategy.lists, state)
          : ofIds(memory, state),
    }),
  )

/** Says that the run which was ready has its name. */
export const commit = (state: StateFile): Effect.Effect<void, ReporterError> =>
  Effect.flatMap(Clock.currentTimeMillis, (now) => attempt(state, () => commitRun(state, new Date(now).toISOString())))

/** What turned up against the order of a list, in one line each. */
export const doubts = (memory: Memory, state: RunState): ReadonlyArray<string> =>
  state.walks.flatMap((walk, index) => {
    const before = memory.lists[index] ?? unknownList
    const { doubt } = after(walk, before, memory.run.startedAt)
    return before.settled !== null && doubt !== null ? [`State: this run and the next read every page: ${doubt}.`] : []
  })
