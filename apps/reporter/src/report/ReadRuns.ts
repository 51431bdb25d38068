/** Reads finished runs into a {@link Fold}: an execution that several of them have counts once. */
import { fingerprint } from "@mixpeek-alerts/domain"
import { Effect, Stream } from "effect"
import { basename, join } from "node:path"
import { type Manifest, readManifest } from "../Manifest.ts"
import { fail, type ReporterError } from "../ReporterError.ts"
import { Seen } from "../Seen.ts"
import { tableRows } from "../TableRows.ts"
import { DurationCounts } from "./DurationCounts.ts"
import { type Cells, Fold } from "./Fold.ts"

/** One run by itself, for the trend and the verdict. */
export interface RunFindings {
  /** The name of its directory, also while that waits for it. */
  readonly name: string
  readonly manifest: Manifest
  readonly executions: number
  readonly triggered: number
  readonly durations: DurationCounts
}

/** Hands each row of a table to `take`. Fails when there are more or fewer rows than the manifest says. */
const readTable = Effect.fnUntraced(function* (
  directory: string,
  manifest: Manifest,
  name: string,
  take: (cells: Cells) => void,
): Effect.fn.Return<void, ReporterError> {
  const resource = manifest.resources.find((one) => one.name === name)
  if (resource === undefined || basename(resource.path) !== resource.path)
    return yield* fail("Damaged", `${directory} has no table ${name}.`, "Export again.")
  const path = join(directory, resource.path)
  let columns: ReadonlyMap<string, number> | null = null
  let row: ReadonlyArray<string> = []
  let rows = 0
  const cells: Cells = (column) => row[columns?.get(column) ?? -1]
  yield* tableRows(path, manifest.mixpeek.compression).pipe(
    Stream.runForEachArray((records) =>
      Effect.sync(() => {
        for (row of records) {
          if (columns === null) {
            columns = new Map(row.map((column, index) => [column, index]))
            continue
          }
          rows++
          take(cells)
        }
      }),
    ),
  )
  if (rows !== resource.rows)
    return yield* fail("Damaged", `${path} has ${rows} rows, not ${resource.rows}.`, "`verify` says what is wrong.")
})

const readRun = Effect.fnUntraced(function* (
  directory: string,
  fold: Fold,
  before: Seen | null,
): Effect.fn.Return<RunFindings, ReporterError> {
  const manifest = yield* readManifest(directory)
  const run = { executions: 0, triggered: 0, durations: new DurationCounts() }
  const doubled = new Seen()
  yield* readTable(directory, manifest, "executions", (cells) => {
    run.executions++
    if (cells("triggered") === "true") run.triggered++
    const duration = Number(cells("duration_ms"))
    if (duration >= 0) run.durations.add(duration)
    const key = fingerprint(cells("execution_key") ?? "")
    if (before === null || before.add(key, 0) === "new") return fold.execution(cells)
    fold.shared++
    doubled.add(key, 0)
  })
  before?.drain()
  doubled.drain()
  yield* readTable(directory, manifest, "matches", (cells) => {
    if (doubled.size === 0 || !doubled.has(cells("execution_key") ?? "")) fold.match(cells)
  })
  yield* readTable(directory, manifest, "failures", (cells) => fold.failure(cells))
  return { name: basename(directory).replace(/\.partial$/, ""), manifest, ...run }
})

/** What the runs in `directories` hold together, and each by itself, the oldest first. */
export const readRuns = Effect.fnUntraced(function* (directories: ReadonlyArray<string>) {
  const fold = new Fold()
  const before = directories.length > 1 ? new Seen() : null
  const runs = yield* Effect.forEach(directories, (directory) => readRun(directory, fold, before))
  const startOf = (run: RunFindings): string => run.manifest.run?.startedAt ?? ""
  return { fold, runs: runs.toSorted((a, b) => (startOf(a) < startOf(b) ? -1 : startOf(a) > startOf(b) ? 1 : 0)) }
})
