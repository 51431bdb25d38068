/** Removes older runs beside a new one: never what is not a run of the same query, whole, and exactly as it was published. */
import { parseSpan } from "@mixpeek-alerts/domain"
import { Effect, Option } from "effect"
import { lstat, readdir, readlink, rename, rmdir, unlink } from "node:fs/promises"
import { basename, dirname, join, resolve } from "node:path"
import type { Keep } from "./ExportOptions.ts"
import type { ExportFlags } from "./Flags.ts"
import { manifestName, readManifest } from "./Manifest.ts"
import { type ReporterError, usage } from "./ReporterError.ts"

/** Reads `--keep`. */
export const readKeep = Effect.fnUntraced(function* (flags: ExportFlags): Effect.fn.Return<Keep | null, ReporterError> {
  if (Option.isNone(flags.keep)) return null
  const text = flags.keep.value.trim()
  if (Option.isSome(flags.output))
    return yield* usage("--keep is for run directories, not for --output.", "Leave it out, or give --out DIR.")
  if (/^\d+$/.test(text) && Number(text) > 0) return { runs: Number(text) }
  const millis = Option.getOrElse(parseSpan(text), () => 0)
  if (millis > 0) return { millis }
  return yield* usage(
    `--keep ${text} is neither a number of runs nor a length of time.`,
    "Give it like 7 (the new run is one of them) or 30d.",
  )
})

/** A finished run of this program. */
interface OldRun {
  readonly path: string
  readonly finishedAt: number
}

/** Besides what its manifest lists, a run may hold its manifest and its report. */
const ours = [manifestName, "report.html"]

const removedName = /^\..+\.removed$/

/** The run in a directory, if it is one of this query and holds nothing else; `null` for everything else. */
const runIn = Effect.fnUntraced(function* (path: string, query: string) {
  const manifest = yield* Effect.option(readManifest(path))
  if (Option.isNone(manifest)) return null
  const { mixpeek, resources, run } = manifest.value
  const finishedAt = Date.parse(run?.finishedAt ?? "")
  if (mixpeek.query !== query || Number.isNaN(finishedAt)) return null
  const names = new Set([...ours, ...resources.map((one) => one.path)])
  const found = yield* Effect.promise(() => readdir(path, { withFileTypes: true }).catch(() => null))
  return found?.every((entry) => entry.isFile() && names.has(entry.name)) === true ? { path, finishedAt } : null
})

/** What symbolic links in a directory point at, such as `latest`. */
const linked = (directory: string, names: ReadonlyArray<string>): Promise<ReadonlySet<string>> =>
  Promise.all(
    names.map((name) =>
      readlink(join(directory, name)).then(
        (target) => [resolve(directory, target)],
        () => [],
      ),
    ),
  ).then((targets) => new Set(targets.flat()))

const isDirectory = (path: string): Promise<boolean> =>
  lstat(path).then(
    (found) => found.isDirectory(),
    () => false,
  )

/** The older runs beside `path` that do not stay, and what a process left that died while it removed one. */
export const surplus = Effect.fnUntraced(function* (path: string, keep: Keep, query: string, now: number) {
  const directory = dirname(path)
  const names = yield* Effect.promise(() => readdir(directory).catch((): Array<string> => []))
  const held = yield* Effect.promise(() => linked(directory, names))
  const runs: Array<OldRun> = []
  const remains: Array<string> = []
  for (const name of names) {
    const one = join(directory, name)
    if (name === basename(path) || name.endsWith(".partial") || held.has(one)) continue
    if (!(yield* Effect.promise(() => isDirectory(one)))) continue
    const run = yield* runIn(one, query)
    if (run !== null && removedName.test(name)) remains.push(one)
    else if (run !== null && !name.startsWith(".")) runs.push(run)
  }
  const older = runs.toSorted((one, other) => other.finishedAt - one.finishedAt)
  const gone = "runs" in keep ? older.slice(keep.runs - 1) : older.filter((run) => now - run.finishedAt > keep.millis)
  return { gone: gone.map((run) => run.path), remains }
})

/** Removes the files of a run, its manifest last: as long as anything is there, it can be told what it was. */
const removeFiles = async (path: string): Promise<void> => {
  const names = await readdir(path)
  for (const name of names.filter((one) => one !== manifestName)) await unlink(join(path, name))
  await unlink(join(path, manifestName))
  await rmdir(path)
}

/** Takes the name from a run first: what has a run's name is whole. */
const remove = async (path: string): Promise<void> => {
  const hidden = join(dirname(path), `.${basename(path)}.removed`)
  await rename(path, hidden)
  await removeFiles(hidden)
}

/** Removes what `keep` does not keep beside the run at `path`, which is published; says what it did, in lines. */
export const prune = Effect.fnUntraced(function* (path: string, keep: Keep, query: string, now: number) {
  const { gone, remains } = yield* surplus(path, keep, query, now)
  const said: Array<string> = []
  let removed = 0
  for (const [one, work] of [
    ...remains.map((found) => [found, removeFiles] as const),
    ...gone.map((found) => [found, remove] as const),
  ]) {
    const problem = yield* Effect.promise(() =>
      work(one).then(
        () => null,
        (error: NodeJS.ErrnoException) => error.code ?? error.message,
      ),
    )
    if (problem === null) removed++
    else said.push(`The old run ${one} could not be removed (${problem}).`)
  }
  if (removed > 0) said.push(`Removed ${removed} old ${removed === 1 ? "run" : "runs"} (--keep).`)
  return said
})
