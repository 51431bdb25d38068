/** Reads a finished run again and checks it against its manifest: sizes, hashes, rows, keys, references, verdict. */
import { ExitCode } from "@mixpeek-alerts/client"
import { fingerprint } from "@mixpeek-alerts/domain"
import { Effect, Stream } from "effect"
import { stat } from "node:fs/promises"
import { basename, join } from "node:path"
import { printable } from "./Printable.ts"
import { sha256 } from "./FileDigest.ts"
import { type Manifest, readManifest, type Resource } from "./Manifest.ts"
import { fail, type ReporterError } from "./ReporterError.ts"
import { Seen } from "./Seen.ts"
import { tableRows } from "./TableRows.ts"

interface Content {
  readonly rows: number
  readonly problems: ReadonlyArray<string>
}

/** Walks the rows of a table; `keyWidth` columns make its primary key. */
const readTable = Effect.fnUntraced(function* (
  directory: string,
  resource: Resource,
  compression: Manifest["mixpeek"]["compression"],
  keyWidth: number,
  owners: Seen | null,
  keys: Seen,
): Effect.fn.Return<Content, ReporterError> {
  const path = join(directory, resource.path)
  let rows = -1
  let width = 0
  let doubled = 0
  let orphans = 0
  let ragged = 0
  yield* tableRows(path, compression).pipe(
    Stream.runForEachArray((records) =>
      Effect.sync(() => {
        for (const cells of records) {
          rows++
          if (rows === 0) {
            width = cells.length
            continue
          }
          if (cells.length !== width) ragged++
          if (keyWidth > 0 && keys.add(fingerprint(JSON.stringify(cells.slice(0, keyWidth))), 0) !== "new") doubled++
          if (owners !== null && !owners.has(JSON.stringify([cells[0]]))) orphans++
        }
        keys.drain()
      }),
    ),
  )
  const problems: Array<string> = []
  if (rows !== resource.rows) problems.push(`${resource.path} has ${rows} rows, not ${resource.rows}`)
  if (ragged > 0) problems.push(`${resource.path} has ${ragged} rows of another width`)
  if (doubled > 0) problems.push(`${resource.path} has ${doubled} keys twice`)
  if (orphans > 0) problems.push(`${resource.path} has ${orphans} rows without their execution`)
  return { rows, problems }
})

/** What is wrong with the bytes of a file, as its size and hash say. */
export const bytesProblems = Effect.fnUntraced(function* (
  directory: string,
  resource: Resource,
): Effect.fn.Return<ReadonlyArray<string>, ReporterError> {
  const path = join(directory, resource.path)
  if (basename(resource.path) !== resource.path) return [`${resource.path} is not a file of this directory`]
  const size = yield* Effect.promise(() =>
    stat(path).then(
      (found) => found.size,
      () => -1,
    ),
  )
  if (size === -1) return [`${resource.path} is missing`]
  if (size !== resource.bytes) return [`${resource.path} has ${size} bytes, not ${resource.bytes}`]
  return (yield* sha256(path)) === resource.hash.replace(/^sha256:/, "") ? [] : [`${resource.path} has another hash`]
})

const keyWidths: Readonly<Record<string, number>> = { executions: 1, matches: 2, source_documents: 2, failures: 0 }

/** Checks the run in `directory`. Fails with `NotVerified`, naming everything that is wrong. */
export const verify = Effect.fnUntraced(function* (directory: string): Effect.fn.Return<number, ReporterError> {
  const manifest = yield* readManifest(directory)
  const problems: Array<string> = []
  let executions: Seen | null = null
  for (const resource of manifest.resources) {
    const wrong = yield* bytesProblems(directory, resource)
    problems.push(...wrong)
    const keyWidth = keyWidths[resource.name]
    if (wrong.length > 0 || keyWidth === undefined) continue
    const keys = new Seen()
    const owners = resource.name === "failures" ? null : executions
    const content = yield* readTable(directory, resource, manifest.mixpeek.compression, keyWidth, owners, keys)
    problems.push(...content.problems)
    process.stdout.write(printable(`  ${resource.path}: ${content.rows} rows\n`))
    if (resource.name === "executions") executions = keys
  }
  const failures = manifest.resources.find((one) => one.name === "failures")?.rows ?? 0
  if (failures > 0 && manifest.mixpeek.complete === true) problems.push("the manifest says complete and lists failures")
  if (problems.length > 0)
    return yield* fail("NotVerified", `The run is not as it was written: ${problems.join("; ")}.`, "Export again.")
  const { complete, reasons } = manifest.mixpeek
  process.stdout.write(printable(`verified; complete: ${complete} (${reasons.join("; ")})\n`))
  return ExitCode.ok
})
