/** `report`: reads finished runs and writes the page about them. */
import { Clock, Effect } from "effect"
import { type FileHandle, open, rename, rm, stat, realpath } from "node:fs/promises"
import { basename, dirname, join, resolve } from "node:path"
import { manifestName } from "../Manifest.ts"
import { fail, ioError, type ReporterError } from "../ReporterError.ts"
import { version } from "../version.ts"
import { page } from "./page/Page.ts"
import { readRuns, type RunFindings } from "./ReadRuns.ts"

/** The name of the page in the directory of a run. It is not in the manifest: it is made from what is. */
export const pageName = "report.html"

const mostBuckets = 60

/** Writes a whole file or none. */
const writeWhole = (path: string, text: string): Effect.Effect<void, ReporterError> => {
  const temporary = join(dirname(path), `.${basename(path)}.${process.pid}.new`)
  return Effect.tryPromise({
    try: async () => {
      let handle: FileHandle | undefined
      try {
        handle = await open(temporary, "w", 0o600)
        await handle.writeFile(text)
        await handle.sync()
      } finally {
        await handle?.close()
      }
      await rename(temporary, path)
    },
    catch: (error) => ioError("CannotCreate", path, error),
  }).pipe(Effect.onError(() => Effect.promise(() => rm(temporary, { force: true }))))
}

/** The text of the page about the runs in `directories`. */
export const reportText = Effect.fnUntraced(function* (directories: ReadonlyArray<string>, title: string) {
  const { fold, runs } = yield* readRuns(directories)
  const now = yield* Clock.currentTimeMillis
  return page({ title, fold, runs, series: fold.time.series(mostBuckets) }, version, now)
})

export const defaultTitle = "Mixpeek alert executions"

/** Writes the page about one run into its directory. */
export const reportInto = (directory: string): Effect.Effect<void, ReporterError> =>
  Effect.flatMap(reportText([directory], defaultTitle), (text) => writeWhole(join(directory, pageName), text))

/** The same directory once, even when a link leads to it too. */
const distinct = Effect.fnUntraced(function* (directories: ReadonlyArray<string>) {
  const real = yield* Effect.forEach(directories, (directory) =>
    Effect.tryPromise({ try: () => realpath(directory), catch: (error) => ioError("ReadFailed", directory, error) }),
  )
  return [...new Set(real)]
})

/** Refuses a page that would take the place of a run, or of a file of one. */
const refuse = Effect.fnUntraced(function* (
  path: string,
  directories: ReadonlyArray<string>,
  runs: ReadonlyArray<RunFindings>,
): Effect.fn.Return<void, ReporterError> {
  const folder = yield* Effect.promise(() => realpath(dirname(path)).catch(() => dirname(path)))
  const files = new Set([manifestName, ...runs.flatMap((run) => run.manifest.resources.map((one) => one.path))])
  if (directories.includes(folder) && files.has(basename(path)))
    return yield* fail("CannotCreate", `${path} is a file of the run.`, "Choose another --out.")
  const found = yield* Effect.promise(() => stat(path).catch(() => undefined))
  if (found?.isDirectory() === true)
    return yield* fail("CannotCreate", `${path} is a directory.`, "Give the name of a file, as in --out report.html.")
})

export interface ReportFlags {
  readonly directories: ReadonlyArray<string>
  readonly out: string | null
  readonly title: string
}

/** Runs the command; returns where the page is, or its text for standard output. */
export const report = Effect.fnUntraced(function* ({ directories, out, title }: ReportFlags) {
  const real = yield* distinct(directories)
  const [only] = real
  if (out === null && (real.length !== 1 || only === undefined)) {
    return yield* fail(
      "Usage",
      "A page about several runs needs a place.",
      "Give it with --out, as in --out trend.html.",
    )
  }
  const { fold, runs } = yield* readRuns(real)
  const path = out === null ? join(only ?? "", pageName) : resolve(out)
  if (out !== "-") yield* refuse(path, real, runs)
  const text = page(
    { title, fold, runs, series: fold.time.series(mostBuckets) },
    version,
    yield* Clock.currentTimeMillis,
  )
  if (out === "-") return { path: null, text }
  yield* writeWhole(path, text)
  return { path: out === null ? join(directories[0] ?? "", pageName) : path, text }
})
