/** What `state show`, `state forget` and `state compact` do, each with the text that it comes to. */
import { fingerprint } from "@mixpeek-alerts/domain"
import { Clock, Effect } from "effect"
import { statSync } from "node:fs"
import { resolve } from "node:path"
import { fromArguments } from "./IdList.ts"
import { hold } from "./Lock.ts"
import { fail, type ReporterError, usage } from "./ReporterError.ts"
import { keyOf, unsettle, unsettleRun } from "./SettledKeys.ts"
import { attempt, openState, type StateFile, transaction } from "./StateFile.ts"
import { doubtLists } from "./StateLists.ts"
import { findRun, giveUp, keepRuns } from "./StateRuns.ts"
import { bringUpToDate } from "./StateSession.ts"
import { stateJson, stateText, summarize } from "./StateText.ts"

type Action = Effect.Effect<string, ReporterError>

/** What a state file holds. Needs no lock: a run may go on meanwhile. */
export const show = (path: string, json: boolean): Action =>
  Effect.scoped(
    Effect.gen(function* () {
      const state = yield* openState(resolve(path))
      const summary = yield* attempt(state, () => summarize(state))
      return json ? stateJson(summary) : stateText(summary, yield* Clock.currentTimeMillis)
    }),
  )

const changing = (path: string, change: (state: StateFile) => Action): Action =>
  Effect.scoped(
    Effect.gen(function* () {
      const full = resolve(path)
      const state = yield* openState(full).pipe(Effect.tap(() => hold(full, "another state file")))
      yield* bringUpToDate(state, new Date(yield* Clock.currentTimeMillis).toISOString())
      return yield* change(state)
    }),
  )

/** What was forgotten may lie anywhere, and an unfinished run has left it out already. */
const startOver = (state: StateFile): void => {
  transaction(state.database, () => doubtLists(state, "executions were forgotten since"))
  giveUp(state)
}

/** Forgets executions, or all that a run exported, so that the next run exports them again. */
export const forget = (path: string, texts: ReadonlyArray<string>, run: string | null): Action =>
  changing(path, (state) =>
    Effect.gen(function* () {
      if ((texts.length === 0) === (run === null))
        return yield* usage("It is not said what to forget.", "Give execution IDs, or --run and a run of `state show`.")
      const { ids } = yield* Effect.fromResult(fromArguments(texts))
      if (run === null) {
        const found = yield* attempt(state, () => {
          startOver(state)
          return unsettle(
            state,
            ids.map((id) => keyOf(fingerprint(id))),
          )
        })
        return ids.map((id, index) => `${id}: ${found[index] === true ? "forgotten" : "was not known"}\n`).join("")
      }
      const one = yield* attempt(state, () => findRun(state, run))
      if (one === null)
        return yield* fail("Usage", `${path} knows no run ${run}.`, "`state show` lists the last ones, with their IDs.")
      const gone = yield* attempt(state, () => {
        startOver(state)
        return transaction(state.database, () => unsettleRun(state, one.number))
      })
      return `${run}: ${gone} executions forgotten\n`
    }),
  )

/** Runs that are kept by name; what older ones exported stays known. */
const runsKept = 1000

/** Writes the file anew, without the holes that runs have left. */
export const compact = (path: string): Action =>
  changing(path, (state) =>
    Effect.gen(function* () {
      const before = statSync(state.path).size
      yield* attempt(state, () => {
        keepRuns(state, runsKept)
        state.database.exec("VACUUM")
      })
      return `${before} bytes before, ${statSync(state.path).size} after\n`
    }),
  )
