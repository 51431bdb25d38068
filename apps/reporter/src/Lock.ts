/**
 * One run at a time on one target. The lock is an exclusive transaction on a
 * small SQLite file, which the kernel releases the moment its holder dies, so
 * that a dead holder never has to be waited for.
 */
import { Effect, type Scope } from "effect"
import { closeSync, openSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs"
import { dirname, basename, join } from "node:path"
import { hostname } from "node:os"
import { DatabaseSync } from "node:sqlite"
import { fail, ioError, type ReporterError } from "./ReporterError.ts"

/** The lock of a target, hidden beside it. */
export const lockPath = (target: string): string => join(dirname(target), `.${basename(target)}.lock`)

const holderPath = (lock: string): string => `${lock}.holder`

const holder = (lock: string): string => {
  try {
    return readFileSync(holderPath(lock), "utf8").trim()
  } catch {
    return "another run"
  }
}

const inode = (path: string): number | undefined => statSync(path, { throwIfNoEntry: false })?.ino

const isBusy = (error: unknown): boolean => /locked|busy/i.test(error instanceof Error ? error.message : "")

/** Opens and locks; undefined when the file was replaced meanwhile, and the attempt has to be repeated. */
const attempt = (path: string): DatabaseSync | undefined => {
  closeSync(openSync(path, "a", 0o600))
  const before = inode(path)
  const database = new DatabaseSync(path)
  try {
    database.exec("PRAGMA locking_mode = EXCLUSIVE; BEGIN EXCLUSIVE")
    if (before !== undefined && inode(path) === before) return database
    database.close()
    return undefined
  } catch (error) {
    database.close()
    throw error
  }
}

const acquire = (target: string, instead: string): Effect.Effect<DatabaseSync, ReporterError> => {
  const path = lockPath(target)
  return Effect.try({
    try: () => {
      for (let tries = 0; tries < 100; tries++) {
        const database = attempt(path)
        if (database === undefined) continue
        writeFileSync(holderPath(path), `process ${process.pid} on ${hostname()} since ${new Date().toISOString()}\n`, {
          mode: 0o600,
        })
        return database
      }
      throw new Error("database is locked")
    },
    catch: (error) =>
      isBusy(error)
        ? fail("Locked", `${target} is being written by ${holder(path)}.`, `Wait for it to end, or choose ${instead}.`)
        : ioError("CannotCreate", path, error),
  })
}

const release = (target: string, database: DatabaseSync): void => {
  const path = lockPath(target)
  rmSync(holderPath(path), { force: true })
  rmSync(path, { force: true })
  rmSync(`${path}-journal`, { force: true })
  database.close()
}

/** Holds the lock of `target` until the scope closes. Fails with `Locked`, naming the holder, and what to choose `instead`. */
export const hold = (target: string, instead = "another --out"): Effect.Effect<void, ReporterError, Scope.Scope> =>
  Effect.asVoid(
    Effect.acquireRelease(acquire(target, instead), (database) => Effect.sync(() => release(target, database))),
  )
