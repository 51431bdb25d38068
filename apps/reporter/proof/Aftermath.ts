/** What lies on the disk after a kill or at the end, and whether it may. */
import { Option, Result } from "effect"
import { createHash } from "node:crypto"
import { existsSync, readdirSync, readFileSync } from "node:fs"
import { basename, dirname, join } from "node:path"
import { parse } from "../src/Journal.ts"
import { type Scenario, stateBeside } from "./Scenario.ts"

const sha256 = (bytes: Buffer): string => createHash("sha256").update(bytes).digest("hex")

/** Request IDs differ from run to run, and nothing else may. */
const fileHash = (path: string): string =>
  basename(path) === "failures.csv"
    ? sha256(Buffer.from(readFileSync(path, "utf8").replaceAll(/,req_\w+,/g, ",,")))
    : sha256(readFileSync(path))

/** Every file by name, as hashes, but for the manifest of an export: what two runs of the same data must share. */
export const tables = (target: string, { command, single }: Scenario): ReadonlyMap<string, string> =>
  new Map(
    single
      ? [["file", fileHash(target)]]
      : readdirSync(target)
          .filter((name) => command === "merge" || name !== "datapackage.json")
          .toSorted()
          .map((name) => [name, fileHash(join(target, name))]),
  )

export const sameTables = (one: ReadonlyMap<string, string>, other: ReadonlyMap<string, string>): boolean =>
  one.size === other.size && [...one].every(([name, hash]) => other.get(name) === hash)

/** Why the manifest of a directory does not hold, or undefined when it does. */
const manifestProblem = (directory: string): string | undefined => {
  const path = join(directory, "datapackage.json")
  if (!existsSync(path)) return "a final name without a manifest"
  const { resources } = JSON.parse(readFileSync(path, "utf8")) as {
    resources: ReadonlyArray<{ path: string; bytes: number; hash: string }>
  }
  const wrong = resources.find((one) => {
    const bytes = existsSync(join(directory, one.path)) ? readFileSync(join(directory, one.path)) : Buffer.alloc(0)
    return bytes.length !== one.bytes || `sha256:${sha256(bytes)}` !== one.hash
  })
  return wrong === undefined ? undefined : `a final name whose ${wrong.path} is not what its manifest says`
}

/** What is wrong with the final name, if it exists. */
export const finalProblem = (
  target: string,
  scenario: Scenario,
  reference: ReadonlyMap<string, string>,
): string | undefined => {
  if (!existsSync(target)) return undefined
  if (!scenario.single) {
    const problem = manifestProblem(target)
    if (problem !== undefined) return problem
  }
  return sameTables(tables(target, scenario), reference) ? undefined : "another result than without kills"
}

/** Records behind the last moment from which a run can go on: a number that no kill may lower. */
export const progressOf = (target: string): number => {
  const journal = join(`${target}.partial`, "journal")
  if (existsSync(target) || (!existsSync(journal) && existsSync(join(`${target}.partial`, "datapackage.json")))) {
    return Number.POSITIVE_INFINITY
  }
  if (!existsSync(journal)) return 0
  const parsed = parse(readFileSync(journal, "utf8"))
  const last = Result.isSuccess(parsed) ? Option.getOrUndefined(parsed.success)?.last : undefined
  return last ? last.tally.read + last.tally.repeated + last.tally.missing : 0
}

/** What a run that ended by itself left beside its result. */
export const leftovers = (target: string, scenario: Scenario): ReadonlyArray<string> => {
  const belonging = [
    basename(target),
    ...(scenario.single ? [`${basename(target)}.failures.csv`] : []),
    ...(scenario.state === undefined ? [] : [basename(stateBeside(target))]),
  ]
  return readdirSync(dirname(target)).filter((name) => !belonging.includes(name))
}
