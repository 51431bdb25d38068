/**
 * The runs of a state file. One that begins is written down before it writes
 * anything; before it is published its keys are put into the state and it is
 * `ready`; after it has its name it is `published`. Whoever opens the state
 * and finds a run that is not published can tell from the disk what became of
 * it. There is never more than one such run.
 */
import { Schema } from "effect"
import { settleFile, unsettleRun } from "./SettledKeys.ts"
import { type StateFile, transaction } from "./StateFile.ts"
import { doubtLists, writeList } from "./StateLists.ts"

export interface StateRun {
  readonly number: number
  /** Written into the run's journal and manifest, by which the run is known again. */
  readonly id: string
  readonly path: string
  readonly startedAt: string
  readonly phase: "begun" | "ready" | "published"
  readonly publishedAt: string | null
  readonly exported: number
  readonly failed: number
}

const ListOutcome = Schema.Struct({
  name: Schema.String,
  settled: Schema.NullOr(Schema.Int),
  late: Schema.Int,
  wholeAt: Schema.NullOr(Schema.String),
  doubt: Schema.NullOr(Schema.String),
})

/** What a run has found out about lists; counts from the moment when the run is published. */
export const Outcome = Schema.Struct({
  lists: Schema.Array(ListOutcome),
  /** Why all other lists have to be walked to their end, if they have to. */
  doubt: Schema.NullOr(Schema.String),
})
export type Outcome = typeof Outcome.Type

const decodeOutcome = Schema.decodeUnknownSync(Schema.fromJsonString(Outcome))

const runOf = (row: Readonly<Record<string, unknown>>): StateRun => ({
  number: Number(row["number"]),
  id: String(row["id"]),
  path: String(row["path"]),
  startedAt: String(row["started_at"]),
  phase: row["phase"] as StateRun["phase"],
  publishedAt: typeof row["published_at"] === "string" ? row["published_at"] : null,
  exported: Number(row["exported"]),
  failed: Number(row["failed"]),
})

/** The run that is not published, if there is one. */
export const pendingRun = ({ database }: StateFile): StateRun | null => {
  const row = database.prepare("SELECT * FROM run WHERE phase <> 'published'").get()
  return row === undefined ? null : runOf(row)
}

/** The last published runs, newest first. */
export const publishedRuns = ({ database }: StateFile, count: number): ReadonlyArray<StateRun> =>
  database.prepare("SELECT * FROM run WHERE phase = 'published' ORDER BY number DESC LIMIT ?").all(count).map(runOf)

export const countRuns = ({ database }: StateFile): number =>
  Number(database.prepare("SELECT count(*) AS n FROM run WHERE phase = 'published'").get()?.["n"])

const remove = (state: StateFile, run: StateRun): void => {
  if (run.phase === "ready") unsettleRun(state, run.number)
  state.database.prepare("DELETE FROM run WHERE number = ?").run(run.number)
}

/** Gives a run up that was not published: it can never be published any more. */
export const giveUp = (state: StateFile): void =>
  transaction(state.database, () => {
    const run = pendingRun(state)
    if (run !== null) remove(state, run)
  })

/** Begins a run, in the place of one that was not published. */
export const beginRun = (state: StateFile, run: Pick<StateRun, "id" | "path" | "startedAt">): StateRun =>
  transaction(state.database, () => {
    const before = pendingRun(state)
    if (before !== null) remove(state, before)
    state.database
      .prepare("INSERT INTO run (id, path, started_at, phase) VALUES (?, ?, ?, 'begun')")
      .run(run.id, run.path, run.startedAt)
    return pendingRun(state) as StateRun
  })

/** Goes on with a run, at the place where it was found; unless it is whole, it will have to be made ready again. */
export const goOn = (state: StateFile, run: StateRun, path: string, whole: boolean): void =>
  transaction(state.database, () => {
    state.database.prepare("UPDATE run SET path = ? WHERE number = ?").run(path, run.number)
    if (whole || run.phase !== "ready") return
    unsettleRun(state, run.number)
    state.database.prepare("UPDATE run SET phase = 'begun', outcome = NULL WHERE number = ?").run(run.number)
  })

export interface Ready {
  readonly exported: number
  readonly failed: number
  /** The file of the run that holds the keys it settled. */
  readonly keys: string
  readonly outcome: Outcome
}

/** Takes in what a run settled; it counts only if the run is published after this. */
export const makeReady = (state: StateFile, run: StateRun, ready: Ready): void =>
  transaction(state.database, () => {
    settleFile(state, ready.keys, run.number)
    state.database
      .prepare("UPDATE run SET phase = 'ready', exported = ?, failed = ?, outcome = ? WHERE number = ?")
      .run(ready.exported, ready.failed, JSON.stringify(ready.outcome), run.number)
  })

/** Says that the run which was ready has been published. */
export const commitRun = (state: StateFile, publishedAt: string): void =>
  transaction(state.database, () => {
    const row = state.database.prepare("SELECT number, outcome FROM run WHERE phase = 'ready'").get()
    if (row === undefined) return
    const outcome = decodeOutcome(row["outcome"])
    if (outcome.doubt !== null) doubtLists(state, outcome.doubt)
    for (const { name, ...facts } of outcome.lists) writeList(state, name, facts)
    state.database
      .prepare("UPDATE run SET phase = 'published', published_at = ?, outcome = NULL WHERE number = ?")
      .run(publishedAt, Number(row["number"]))
  })

/** A published run by its ID. */
export const findRun = ({ database }: StateFile, id: string): StateRun | null => {
  const row = database.prepare("SELECT * FROM run WHERE id = ? AND phase = 'published'").get(id)
  return row === undefined ? null : runOf(row)
}

/** Forgets which older runs there were, all but the newest so many, but not what they exported. */
export const keepRuns = ({ database }: StateFile, count: number): void => {
  database
    .prepare(
      `DELETE FROM run WHERE phase = 'published' AND number NOT IN
        (SELECT number FROM run WHERE phase = 'published' ORDER BY number DESC LIMIT ?)`,
    )
    .run(count)
}
