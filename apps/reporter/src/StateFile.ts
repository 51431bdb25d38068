/**
 * The file behind `--state`: a SQLite database of the executions that earlier
 * runs settled, of those runs, and of what is known about the lists that they
 * walked (docs/decisions/0011-state-file.md). One file, no side files while
 * nobody writes, so that it can be copied.
 */
import { Effect, type Scope } from "effect"
import { closeSync, existsSync, openSync, renameSync, rmSync } from "node:fs"
import { DatabaseSync } from "node:sqlite"
import { fresh } from "./OpenFlags.ts"
import { fail, ioError, ReporterError } from "./ReporterError.ts"

/** The format of this file; a newer one is refused. */
export const stateVersion = 1

const applicationId = 0x4d_58_41_53

const schema = `
  PRAGMA application_id = ${applicationId};
  PRAGMA user_version = ${stateVersion};
  CREATE TABLE state (scope TEXT NOT NULL, began TEXT NOT NULL) STRICT;
  CREATE TABLE run (
    number INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, path TEXT NOT NULL, started_at TEXT NOT NULL,
    phase TEXT NOT NULL CHECK (phase IN ('begun', 'ready', 'published')),
    published_at TEXT, exported INTEGER NOT NULL DEFAULT 0, failed INTEGER NOT NULL DEFAULT 0, outcome TEXT
  ) STRICT;
  CREATE TABLE settled (key INTEGER PRIMARY KEY, run INTEGER NOT NULL) STRICT;
  CREATE TABLE list (
    name TEXT PRIMARY KEY, settled INTEGER, late INTEGER NOT NULL, whole_at TEXT, doubt TEXT
  ) STRICT, WITHOUT ROWID;`

export interface StateFile {
  readonly path: string
  readonly database: DatabaseSync
  /** The query that it is of, as text. */
  readonly scope: string
  /** When it was made (ISO 8601): relative times of the query count back from then. */
  readonly began: string
}

const startOver = "Put a copy of it back, or remove it: without it, every execution counts as new."

const foreign = (path: string, what: string): ReporterError =>
  fail(
    "Damaged",
    `${path} ${what}.`,
    "Check the path; if it was a state file, put a copy of it back or give the name of a new one.",
  )

const damaged = (path: string, what: string): ReporterError => fail("Damaged", `${path} ${what}.`, startOver)

/** A failure of SQLite, in our words, by its result code. */
export const stateError =
  (path: string) =>
  (error: unknown): ReporterError => {
    if (error instanceof ReporterError) return error
    const code = (error as { errcode?: number }).errcode ?? 0
    const says = error instanceof Error ? error.message : String(error)
    switch (code & 0xff) {
      case 5:
      case 6:
        return fail("Locked", `${path} is used by another program.`, "Wait for it to end, or use another --state.")
      case 11:
        return damaged(path, `is damaged (${says})`)
      case 13:
        return ioError("WriteFailed", path, { code: "ENOSPC" })
      case 14:
        return ioError("CannotCreate", path, { code: says })
      case 26:
        return foreign(path, "is not a state file, or is damaged")
      default:
        return ioError("WriteFailed", path, { code: says })
    }
  }

/** Does something with a state file, its failures in our words. */
export const attempt = <A>(state: Pick<StateFile, "path">, run: () => A): Effect.Effect<A, ReporterError> =>
  Effect.try({ try: run, catch: stateError(state.path) })

/** All of it or nothing. */
export const transaction = <A>(database: DatabaseSync, run: () => A): A => {
  database.exec("BEGIN IMMEDIATE")
  try {
    const done = run()
    database.exec("COMMIT")
    return done
  } catch (error) {
    if (database.isTransaction) database.exec("ROLLBACK")
    throw error
  }
}

const connect = (path: string): DatabaseSync => {
  const database = new DatabaseSync(path, { timeout: 5000 })
  database.exec("PRAGMA journal_mode = DELETE; PRAGMA synchronous = EXTRA; PRAGMA cache_size = -8000")
  return database
}

const pragma = (database: DatabaseSync, name: string): unknown =>
  Object.values(database.prepare(`PRAGMA ${name}`).get() ?? {})[0]

const check = (path: string, database: DatabaseSync): void => {
  if (pragma(database, "application_id") !== applicationId)
    throw foreign(path, "is not a state file of this program, or is empty")
  if (Number(pragma(database, "user_version")) > stateVersion) {
    const hint = "Use the newer program, or another --state."
    throw fail("Damaged", `${path} was written by a newer version of this program.`, hint)
  }
  const problem = pragma(database, "quick_check(1)")
  if (problem !== "ok") throw damaged(path, `is damaged (${String(problem).replaceAll(/\s+/g, " ")})`)
}

const load = (path: string): StateFile => {
  const database = connect(path)
  try {
    check(path, database)
    const row = database.prepare("SELECT scope, began FROM state").get()
    if (row === undefined) throw damaged(path, "does not say what it is of")
    return { path, database, scope: String(row["scope"]), began: String(row["began"]) }
  } catch (error) {
    database.close()
    throw error
  }
}

const fill = (path: string, scope: string, began: string): void => {
  const database = connect(path)
  try {
    transaction(database, () => {
      database.exec(schema)
      database.prepare("INSERT INTO state VALUES (?, ?)").run(scope, began)
    })
  } finally {
    database.close()
  }
}

/** Makes the whole file under another name first: half a state never has the name of one. */
const make = (path: string, scope: string, began: string): void => {
  const temporary = `${path}.new`
  const sweep = () => {
    for (const end of ["", "-journal"]) rmSync(temporary + end, { force: true })
  }
  sweep()
  try {
    // Nobody else may read it from its first byte; SQLite keeps the mode of a file that is there.
    closeSync(openSync(temporary, fresh, 0o600))
    fill(temporary, scope, began)
    renameSync(temporary, path)
  } catch (error) {
    sweep()
    throw error
  }
}

const opened = (path: string, open: () => StateFile): Effect.Effect<StateFile, ReporterError, Scope.Scope> =>
  Effect.acquireRelease(attempt({ path }, open), ({ database }) => Effect.sync(() => database.close()))

/** Opens a state file that exists. */
export const openState = (path: string): Effect.Effect<StateFile, ReporterError, Scope.Scope> =>
  existsSync(path)
    ? opened(path, () => load(path))
    : Effect.fail(fail("Usage", `There is no state file ${path}.`, "Check the path; export --state FILE makes one."))

/** Opens a state file, or makes it for the query that `scope` says. Its lock is held by the caller. */
export const openOrMake = (
  path: string,
  scope: string,
  now: string,
): Effect.Effect<StateFile, ReporterError, Scope.Scope> =>
  opened(path, () => {
    if (!existsSync(path)) make(path, scope, now)
    return load(path)
  })
