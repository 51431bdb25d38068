/**
 * What V8 has compiled of a program, kept for its next start. Node's own compile cache holds what is compiled when a file is
 * loaded, and V8 compiles a function when it is first called: of 1.1 MB of source it holds 0.3 MB, where all that a short
 * command has called is 1.4. Nothing here is worth a message: without it the program compiles, as it always could.
 *
 * The code is run, and V8 does not check it. So only files of the user are taken that nobody else can write.
 */
import {
  closeSync,
  constants,
  fstatSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  statSync,
  unlinkSync,
  writeFileSync,
} from "node:fs"

type Env = Readonly<Record<string, string | undefined>>

/** One file for each command of each program: none calls what another does. The one that was kept longest ago goes first. */
const mostFiles = 24
/** More is not compiled code of ours. */
const mostBytes = 16 << 20
/** What is older is kept anew, with what has been called since: the first run may have been one that did little. */
const freshMillis = 3_600_000

const suffix = ".code"

const attempt = <A>(run: () => A): A | undefined => {
  try {
    return run()
  } catch {
    return undefined
  }
}

/**
 * The folder: where Node was told to keep its own, or the user's cache. `null` where Node is told to keep none, and where
 * nobody is at home.
 */
export const codeFolder = (env: Env): string | null => {
  if (env["NODE_DISABLE_COMPILE_CACHE"]) return null
  if (env["NODE_COMPILE_CACHE"]) return `${env["NODE_COMPILE_CACHE"]}/mixpeek-alerts`
  const home = env["HOME"] || env["USERPROFILE"]
  const caches = env["XDG_CACHE_HOME"] || (home ? `${home}/.cache` : "")
  return caches === "" ? null : `${caches}/mixpeek-alerts/code`
}

/** The file for one command of one build. V8 takes only code of its own version. */
export const codeFile = (folder: string, build: string, command: string): string =>
  `${folder}/${build}-${process.version}-${process.arch}-${command}${suffix}`

const ours = (uid: number): boolean => process.getuid === undefined || uid === process.getuid()

export interface KeptCode {
  readonly code: Buffer
  /** Whether it is time to keep it anew. */
  readonly old: boolean
}

/** The code that was kept; `undefined` when there is none that can be trusted. */
export const takeCode = (file: string): KeptCode | undefined =>
  attempt(() => {
    const opened = openSync(file, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK)
    try {
      const found = fstatSync(opened)
      const alone = process.platform === "win32" || (found.mode & 0o022) === 0
      if (!found.isFile() || found.size > mostBytes || !ours(found.uid) || !alone) return undefined
      return { code: readFileSync(opened), old: Date.now() - found.mtimeMs > freshMillis }
    } finally {
      closeSync(opened)
    }
  })

const tidy = (folder: string): void => {
  const age = (name: string): number => attempt(() => statSync(`${folder}/${name}`).mtimeMs) ?? 0
  const kept = readdirSync(folder).filter((name) => name.includes(suffix))
  for (const name of kept.toSorted((one, other) => age(other) - age(one)).slice(mostFiles)) {
    attempt(() => unlinkSync(`${folder}/${name}`))
  }
}

/** Keeps the code in place of what was kept before, in one step, and on the disk before it has its name. */
export const keepCode = (folder: string, file: string, code: Buffer): void => {
  attempt(() => {
    mkdirSync(folder, { mode: 0o700, recursive: true })
    const next = `${file}.${process.pid}`
    attempt(() => unlinkSync(next))
    const opened = openSync(next, "wx", 0o600)
    try {
      writeFileSync(opened, code)
      fsyncSync(opened)
    } finally {
      closeSync(opened)
    }
    renameSync(next, file)
    tidy(folder)
  })
}
