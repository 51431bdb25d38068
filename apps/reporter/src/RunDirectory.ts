/**
 * A run on the disk: everything grows under `NAME.partial`, and becomes `NAME`
 * by one rename when it is whole. The journal is written after the data it
 * speaks of is on the disk, so it never promises what a crash could take back
 * (docs/decisions/0004-one-rename.md).
 */
import { Effect, type Scope } from "effect"
import { existsSync, statSync } from "node:fs"
import { type FileHandle, lstat, mkdir, open, rename, rm } from "node:fs/promises"
import { dirname, join } from "node:path"
import { type Found, journalName, partialPath } from "./EarlierRun.ts"
import { type Checkpoint, encodeLine, type Head, noOffsets } from "./Journal.ts"
import { fileName } from "./FileName.ts"
import { manifestName } from "./Manifest.ts"
import { fresh, growing } from "./OpenFlags.ts"
import { type Compression, OutputFile } from "./OutputFile.ts"
import { fail, ioError, type ReporterError } from "./ReporterError.ts"
import { shelfName } from "./RunSeen.ts"
import { type StreamName, streams } from "./UnitRows.ts"

const create =
  (path: string) =>
  <A>(run: () => Promise<A>) =>
    Effect.tryPromise({ try: run, catch: (error) => ioError("CannotCreate", path, error) })

const write =
  (path: string) =>
  <A>(run: () => Promise<A>) =>
    Effect.tryPromise({ try: run, catch: (error) => ioError("WriteFailed", path, error) })

/** Makes names in a directory survive a power cut. */
const syncDirectory = (path: string) =>
  write(path)(async () => {
    const handle = await open(path, "r")
    await handle.sync().finally(() => handle.close())
  })

/** Streams that are never compressed. */
const unpacked: ReadonlySet<StreamName> = new Set(["retry", "seen", "settled"])

/** What belongs to a run on its way, beside its journal, and not to a finished one. */
const unpublished = [fileName("seen", "none"), fileName("settled", "none"), shelfName]

export interface RunDirectory {
  readonly path: string
  readonly head: Head
  /** Where an earlier process stopped; `null` for a new run. */
  readonly last: Checkpoint | null
  readonly files: Readonly<Record<StreamName, OutputFile>>
  readonly journal: FileHandle
}

const openJournal = (path: string, found: Found, head: Head) =>
  create(path)(async () => {
    const handle = await open(join(path, journalName), found._tag === "Unfinished" ? growing : fresh, 0o600)
    if (found._tag === "Unfinished") await handle.truncate(found.journal.length)
    else await handle.write(encodeLine(head))
    await handle.datasync()
    return handle
  })

/** Refuses to go on in a directory that somebody else may have laid there. */
const ownDirectory = Effect.fnUntraced(function* (path: string): Effect.fn.Return<void, ReporterError> {
  const found = yield* create(path)(() => lstat(path))
  if (found.isDirectory() && found.uid === (process.getuid?.() ?? found.uid)) return
  return yield* fail(
    "CannotCreate",
    `${path} is a link, or belongs to another user.`,
    "Choose another --out, or give --restart to begin again.",
  )
})

/** Opens the partial directory of `target`, new or as found. Files close with the scope. */
export const openRun = Effect.fnUntraced(function* (
  target: string,
  found: Found,
  head: Head,
  compression: Compression,
): Effect.fn.Return<RunDirectory, ReporterError, Scope.Scope> {
  const path = partialPath(target)
  if (found._tag !== "Unfinished") yield* create(path)(() => rm(path, { recursive: true, force: true }))
  // Fails when something took the name meanwhile: in a directory of its own a run has nobody else's files.
  if (found._tag !== "Unfinished") yield* create(path)(() => mkdir(path, { mode: 0o700 }))
  else yield* ownDirectory(path)
  const last = found._tag === "Unfinished" ? found.journal.last : null
  const offsets = last?.offsets ?? noOffsets
  const openFile = (stream: StreamName) =>
    Effect.acquireRelease(
      OutputFile.open(
        join(path, fileName(stream, compression)),
        unpacked.has(stream) ? "none" : compression,
        offsets[stream],
      ),
      (one) => one.close(),
    )
  const opened = yield* Effect.forEach(streams, openFile, { concurrency: "unbounded" })
  const journal = yield* Effect.acquireRelease(openJournal(path, found, head), (handle) =>
    Effect.ignore(Effect.tryPromise(() => handle.close())),
  )
  yield* syncDirectory(path)
  yield* syncDirectory(dirname(path))
  return {
    path,
    head: found._tag === "Unfinished" ? found.journal.head : head,
    last,
    files: Object.fromEntries(streams.map((stream, at) => [stream, opened[at]])) as Record<StreamName, OutputFile>,
    journal,
  }
})

/** Hands what was appended to the system, without waiting for the disk. */
export const flush = (run: RunDirectory): Effect.Effect<void, ReporterError> =>
  Effect.forEach(streams, (stream) => run.files[stream].flush(), { concurrency: "unbounded", discard: true })

/** Puts what was appended on the disk, then the line that says so. */
export const checkpoint = Effect.fnUntraced(function* (
  run: RunDirectory,
  point: Omit<Checkpoint, "offsets">,
): Effect.fn.Return<void, ReporterError> {
  yield* Effect.forEach(streams, (stream) => run.files[stream].sync(), { concurrency: "unbounded", discard: true })
  const offsets = Object.fromEntries(
    streams.map((stream) => [stream, run.files[stream].offset]),
  ) as Checkpoint["offsets"]
  yield* write(run.path)(async () => {
    await run.journal.appendFile(encodeLine({ next: point.next, offsets, tally: point.tally, walks: point.walks }))
    await run.journal.datasync()
  })
})

/** Takes away what only a run on its way has: the journal first, since a run that has one goes on from it with the others. */
const tidy = (path: string) =>
  write(path)(async () => {
    await rm(join(path, journalName), { force: true })
    await Promise.all(unpublished.map((name) => rm(join(path, name), { force: true })))
  })

/** Writes the manifest as a whole file; after it and the end of the journal, the run only has to be renamed. */
export const seal = Effect.fn("seal")(function* (
  path: string,
  manifest: string,
): Effect.fn.Return<void, ReporterError> {
  yield* write(path)(async () => {
    const temporary = join(path, `${manifestName}.new`)
    const handle = await open(temporary, fresh, 0o600)
    await handle.writeFile(manifest)
    await handle.sync().finally(() => handle.close())
    await rename(temporary, join(path, manifestName))
  })
  yield* syncDirectory(path)
  yield* tidy(path)
  yield* syncDirectory(path)
})

/** Gives a sealed run its final name, without what a crash in the middle of sealing left in it. */
export const publish = Effect.fnUntraced(function* (target: string): Effect.fn.Return<void, ReporterError> {
  const path = partialPath(target)
  yield* tidy(path)
  yield* create(target)(() => rename(partialPath(target), target))
  yield* syncDirectory(dirname(target))
})

/** Gives one file of a sealed run the final name, and `failures.csv`, if it is kept, a name beside it. May be repeated after a crash. */
export const publishFile = Effect.fnUntraced(function* (
  target: string,
  file: string,
  failures: string | null,
): Effect.fn.Return<void, ReporterError> {
  const path = partialPath(target)
  const move = (from: string, to: string) =>
    existsSync(join(path, from)) ? create(to)(() => rename(join(path, from), to)) : Effect.void
  if (failures !== null) yield* move(failures, `${target}.${failures}`)
  yield* move(file, target)
  yield* syncDirectory(dirname(target))
  yield* write(path)(() => rm(path, { recursive: true, force: true }))
})

/** Forgets a run that holds nothing worth going on with. */
export const discard = (run: RunDirectory): Effect.Effect<void, ReporterError> =>
  write(run.path)(() => rm(run.path, { recursive: true, force: true }))

/** Refuses a final name that is taken. */
export const refuseExisting = (target: string): Effect.Effect<void, ReporterError> =>
  existsSync(target)
    ? Effect.fail(fail("CannotCreate", `${target} exists already.`, "Choose another --out, or remove it first."))
    : Effect.void

/** Refuses a file name that a directory has, before anything is fetched for it. */
export const refuseDirectory = (target: string): Effect.Effect<void, ReporterError> =>
  statSync(target, { throwIfNoEntry: false })?.isDirectory() === true
    ? Effect.fail(fail("CannotCreate", `${target} is a directory.`, "Give a file, or --out for a run directory."))
    : Effect.void
