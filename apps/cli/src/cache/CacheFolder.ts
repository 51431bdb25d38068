/**
 * The files of saved pages. Only their owner can read them; what is not a file
 * of ours is not read; what cannot be written is not kept. None of that is
 * worth a message: without it the screen starts empty, as it always could.
 */
import {
  chmodSync,
  closeSync,
  fstatSync,
  lstatSync,
  mkdirSync,
  openSync,
  constants,
  existsSync,
  readFileSync,
  readdirSync,
  statSync,
  unlinkSync,
  writeFileSync,
  renameSync,
} from "node:fs"
import { dirname, join } from "node:path"
import { mostBytes } from "./SavedPage.ts"

/** Owners whose pages are kept; the one that was used longest ago goes first. */
const mostFiles = 8

const named = /^[0-9a-f]{40}\.json$/
/** What is left of a write that was cut short. */
const leftover = /^[0-9a-f]{40}\.json\.\d+$/

const ours = (uid: number): boolean => process.getuid === undefined || uid === process.getuid()

const attempt = <A>(run: () => A): A | null => {
  try {
    return run()
  } catch {
    return null
  }
}

const fileOf = (folder: string, identity: string): string => join(folder, `${identity}.json`)

/** The text that was kept for an owner; `null` when there is none that can be trusted. */
export const readSaved = (folder: string, identity: string): string | null =>
  attempt(() => {
    const file = openSync(fileOf(folder, identity), constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK)
    try {
      const found = fstatSync(file)
      const fits =
        found.isFile() &&
        found.size <= mostBytes &&
        ours(found.uid) &&
        (process.platform === "win32" || (found.mode & 0o077) === 0)
      return fits ? readFileSync(file, "utf8") : null
    } finally {
      closeSync(file)
    }
  })

/** A folder of our own that nobody else can look into. */
const prepare = (folder: string): boolean => {
  // Step by step: Node's recursive way never ends where the system denies that a parent exists, as in /proc.
  for (const path of [dirname(folder), folder]) if (!existsSync(path)) mkdirSync(path, { mode: 0o700 })
  const found = lstatSync(folder)
  if (!found.isDirectory() || !ours(found.uid)) return false
  if ((found.mode & 0o077) !== 0) chmodSync(folder, 0o700)
  return true
}

const tidy = (folder: string): void => {
  const files = readdirSync(folder)
  const age = (name: string): number => attempt(() => statSync(join(folder, name)).mtimeMs) ?? 0
  const oldest = files
    .filter((name) => named.test(name))
    .toSorted((one, other) => age(other) - age(one))
    .slice(mostFiles)
  const dead = files.filter((name) => leftover.test(name) && age(name) < Date.now() - 60_000)
  for (const name of [...oldest, ...dead]) attempt(() => unlinkSync(join(folder, name)))
}

/** Keeps a text for an owner in place of the one before, in one step. */
export const writeSaved = (folder: string, identity: string, text: string): void =>
  void attempt(() => {
    if (!prepare(folder)) return
    const file = fileOf(folder, identity)
    const next = `${file}.${process.pid}`
    attempt(() => unlinkSync(next))
    writeFileSync(next, text, { mode: 0o600, flag: "wx" })
    renameSync(next, file)
    tidy(folder)
  })
