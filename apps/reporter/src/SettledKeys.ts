/**
 * The executions that need no further run: exported, or left out by the filter.
 * Each is 64 bits of its key, about 16 bytes on the disk; what failed is not
 * among them, and neither is what was not read yet.
 */
import type { Fingerprint } from "@mixpeek-alerts/domain"
import { closeSync, openSync, readSync } from "node:fs"
import { type StateFile, transaction } from "./StateFile.ts"

/** A key as SQLite keeps it: a signed integer of 64 bits. */
export type Key = bigint

export const keyBytes = 8

const halves = new Uint32Array(2)
const whole = new BigInt64Array(halves.buffer)

/** The key of a fingerprint. */
export const keyOf = ({ high, low }: Fingerprint): Key => {
  halves[0] = low
  halves[1] = high
  return whole[0] as Key
}

/** Keys as bytes, to be kept in a file of the run until the state takes them. */
export const packKeys = (keys: ReadonlyArray<Key>): Uint8Array => new Uint8Array(BigInt64Array.from(keys).buffer)

export const countSettled = ({ database }: StateFile): number =>
  Number(database.prepare("SELECT count(*) AS n FROM settled").get()?.["n"])

/** Tells of any number of keys whether they are settled, in one read of the file. */
export const settledIn = ({ database }: StateFile): ((keys: ReadonlyArray<Key>) => ReadonlyArray<boolean>) => {
  const find = database.prepare("SELECT 1 FROM settled WHERE key = ?")
  return (keys) => {
    database.exec("BEGIN")
    try {
      return keys.map((key) => find.get(key) !== undefined)
    } finally {
      database.exec("COMMIT")
    }
  }
}

/** So many keys are sorted and written at a time: keys in order fill the pages of the file. */
const batch = 1 << 20

/** Adds the keys of a file that {@link packKeys} filled, as those of a run. Belongs in a transaction. */
export const settleFile = ({ database }: StateFile, file: string, run: number): void => {
  const insert = database.prepare("INSERT OR IGNORE INTO settled VALUES (?, ?)")
  const keys = new BigInt64Array(batch)
  const bytes = new Uint8Array(keys.buffer)
  const handle = openSync(file, "r")
  try {
    for (let read = -1; read !== 0;) {
      let filled = 0
      for (read = -1; read !== 0 && filled < bytes.length; filled += read)
        read = readSync(handle, bytes, filled, bytes.length - filled, null)
      for (const key of keys.subarray(0, Math.floor(filled / keyBytes)).sort()) insert.run(key, run)
    }
  } finally {
    closeSync(handle)
  }
}

/** Takes back what a run settled. Belongs in a transaction. */
export const unsettleRun = ({ database }: StateFile, run: number): number =>
  Number(database.prepare("DELETE FROM settled WHERE run = ?").run(run).changes)

/** Takes back single keys, and says which of them were settled. */
export const unsettle = (state: StateFile, keys: ReadonlyArray<Key>): ReadonlyArray<boolean> =>
  transaction(state.database, () => {
    const remove = state.database.prepare("DELETE FROM settled WHERE key = ?")
    return keys.map((key) => Number(remove.run(key).changes) > 0)
  })
