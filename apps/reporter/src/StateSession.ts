/** A state file in the hands of one run: what became of the run before, and which run goes on. */
import { Effect, type Scope } from "effect"
import { randomUUID } from "node:crypto"
import { existsSync, mkdirSync } from "node:fs"
import { dirname, join } from "node:path"
import * as Earlier from "./EarlierRun.ts"
import type { StateOptions } from "./ExportOptions.ts"
import { hold } from "./Lock.ts"
import { manifestName, readManifest } from "./Manifest.ts"
import { fail, ioError, type ReporterError } from "./ReporterError.ts"
import { attempt, openOrMake, type StateFile } from "./StateFile.ts"
import { beginRun, commitRun, giveUp, goOn, pendingRun, type StateRun } from "./StateRuns.ts"
import { scopeText } from "./StateScope.ts"

export interface Session {
  readonly state: StateFile
  /** The run that began and is not published. */
  readonly pending: StateRun | null
  /** The run that was published by a process which did not live to say so; now it is said. */
  readonly recovered: StateRun | null
}

const idAt = (directory: string): Effect.Effect<string | undefined, ReporterError> =>
  existsSync(join(directory, manifestName))
    ? Effect.map(readManifest(directory), (manifest) => manifest.run?.state?.id)
    : Effect.succeed(undefined)

/** Refuses a state that is of another query. */
export const sameScope = (state: StateFile, scope: string): Effect.Effect<void, ReporterError> =>
  state.scope === scope
    ? Effect.void
    : Effect.fail(
        fail(
          "OtherQuery",
          `${state.path} is of another query: ${scopeText(state.scope)}.`,
          "Give the flags that it was made with, or another --state.",
        ),
      )

/** Says of a run that was ready whether it was published: only the final name decides. */
export const bringUpToDate = Effect.fnUntraced(function* (
  state: StateFile,
  now: string,
): Effect.fn.Return<Session, ReporterError> {
  const pending = yield* attempt(state, () => pendingRun(state))
  if (pending?.phase !== "ready" || (yield* idAt(pending.path)) !== pending.id)
    return { state, pending, recovered: null }
  yield* attempt(state, () => commitRun(state, now))
  return { state, pending: null, recovered: pending }
})

/** Locks the state file, opens or makes it, and brings it up to date with what lies on the disk. */
export const openSession = Effect.fnUntraced(function* (
  { path, scope }: StateOptions,
  now: string,
): Effect.fn.Return<Session, ReporterError, Scope.Scope> {
  yield* Effect.try({
    try: () => mkdirSync(dirname(path), { recursive: true }),
    catch: (error) => ioError("CannotCreate", dirname(path), error),
  })
  yield* hold(path, "another --state")
  const state = yield* openOrMake(path, scope, now)
  yield* sameScope(state, scope)
  return yield* bringUpToDate(state, now)
})

/** Whether what lies at a partial path is the run that the state waits for. */
export const isPending = Effect.fnUntraced(function* (
  pending: StateRun | null,
  path: string,
  found: Earlier.Found,
): Effect.fn.Return<boolean, ReporterError> {
  if (pending === null || found._tag === "Nothing") return false
  if (found._tag === "Unfinished") return found.journal.head.run === pending.id
  return pending.phase === "ready" && (yield* idAt(Earlier.partialPath(path))) === pending.id
})

export interface Claim {
  readonly run: StateRun
  readonly found: Earlier.Found
  /** Whether an unfinished run lay there that a later one of this state has overtaken. */
  readonly overtook: boolean
}

/** Goes on with what was found, if the state waits for it; begins a run in its place otherwise. */
export const claim = Effect.fnUntraced(function* (
  { pending, state }: Session,
  path: string,
  found: Earlier.Found,
  now: string,
): Effect.fn.Return<Claim, ReporterError> {
  if (pending !== null && (yield* isPending(pending, path, found))) {
    yield* attempt(state, () => goOn(state, pending, path, found._tag === "Whole"))
    return { run: pending, found, overtook: false }
  }
  const run = yield* attempt(state, () => beginRun(state, { id: randomUUID(), path, startedAt: now }))
  return { run, found: { _tag: "Nothing" }, overtook: found._tag !== "Nothing" }
})

/** Gives the run up that began; the next one begins anew. */
export const abandon = ({ state }: Session): Effect.Effect<void, ReporterError> => attempt(state, () => giveUp(state))
