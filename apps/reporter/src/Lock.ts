/**
 * One run at a time on one target. The lock is an exclusive transaction on a
 * small SQLite file, which the kernel releases the moment its holder dies, so
 * that a dead holder never has to be waited for.
 */
import { Effect, type Scope } from "effect"
import { closeSync, lstatSync, openSync, readFileSync, rmSync, writeFileSync } from "node:fs"
import { dirname, basename, join } from "node:path"
import { hostname } from "node:os"
import { DatabaseSync } from "node:sqlite"
import { fresh, growing } from "./OpenFlags.ts"
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

const inode = (path: string): number | undefined => lstatSync(path, { throwIfNoEntry: false })?.ino

const isBusy = (error: unknown): boolean => /locked|busy/i.test(error instanceof Error ? error.message : "")

/** Opens and locks; undefined when the file was replaced meanwhile, and the attempt has to be repeated. */
const attempt = (path: string): DatabaseSync | undefined => {
  closeSync(openSync(path, growing, 0o600))
  const before = inode(path)
  const database = new DatabaseSync(path)
  try {
    // Nothing is ever read from it, so nothing waits for the disk.
    database.exec("PRAGMA synchronous = OFF; PRAGMA locking_mode = EXCLUSIVE; BEGIN EXCLUSIVE")
    if (before !== undefined && inode(path) === before) return database
    database.close()
    return undefined
  } catch (error) {
    database.close()
    throw error
  }
}

/** What counts is that the database closes; a file that cannot be removed now is taken over by the next run. */
const release = (target: string, database: DatabaseSync): void => {
  const path = lockPath(target)
  for (const file of [holderPath(path), path, `${path}-journal`]) {
    try {
      rmSync(file, { force: true })
    } catch {}
  }
  database.close()
}

/** Says beside the lock who holds it; gives it back when that cannot be said. */
const sign = (target: string, database: DatabaseSync): void => {
  try {
    const text = `process ${process.pid} on ${hostname()} since ${new Date().toISOString()}\n`
    writeFileSync(holderPath(lockPath(target)), text, { mode: 0o600, flag: fresh as unknown as string })
  } catch (error) {
    release(target, database)
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
        sign(target, database)
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

/** Holds the lock of `target` until the scope closes. Fails with `Locked`, naming the holder, and what to choose `instead`. */
export const hold = (target: string, instead = "another --out"): Effect.Effect<void, ReporterError, Scope.Scope> =>
  Effect.asVoid(
    Effect.acquireRelease(acquire(target, instead), (database) => Effect.sync(() => release(target, database))),
  )
