/** Which executions lie in runs, and whether they are the right ones. */
import { make } from "@mixpeek-alerts/domain/Sample"
import { readdirSync, statSync } from "node:fs"
import { join } from "node:path"
import { withCsvParse } from "./Readers.ts"

/** The keys in the executions of a run directory. */
export const keysIn = (directory: string): ReadonlyArray<string> =>
  withCsvParse(join(directory, "executions.csv"))
    .slice(1)
    .map((row) => row[0] as string)

/** The keys of all runs in a directory. */
export const keysBeneath = (directory: string): ReadonlyArray<string> =>
  readdirSync(directory)
    .filter((name) => statSync(join(directory, name)).isDirectory() && !name.endsWith(".partial"))
    .flatMap((name) => keysIn(join(directory, name)))

/** What is wrong with keys that should be those of the first so many executions of a sample, each once. */
export const wrongKeys = (keys: ReadonlyArray<string>, executions: number, seed = 1): ReadonlyArray<string> => {
  const sample = make(seed)
  const left = new Set(keys)
  const problems = left.size === keys.length ? [] : [`${keys.length - left.size} twice`]
  let withoutId = 0
  for (let index = 0; index < executions; index++) {
    if (!sample.hasId(index)) withoutId++
    else if (!left.delete(sample.executionId(index))) problems.push(`${sample.executionId(index)} is missing`)
  }
  const synthetic = [...left].filter((key) => key.startsWith("synthetic_"))
  if (synthetic.length !== withoutId) problems.push(`${synthetic.length} without an ID instead of ${withoutId}`)
  if (left.size !== synthetic.length) problems.push(`${left.size - synthetic.length} that were not there`)
  return problems
}
