/**
 * `npm run errors`: writes `docs/errors.md` from the source: every error that people can meet, by exit code, with its
 * hint and the test that triggers it. A test fails when the page is out of date, or when no test triggers an error.
 */
import { execFileSync } from "node:child_process"
import { readFileSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { workspaceRoot } from "../Step.ts"
import { evidenceFor, expectationsIn } from "./Evidence.ts"
import { errorsIn, type FoundError, kindCodes } from "./FoundError.ts"

export const page = "docs/errors.md"

const read = (path: string): string => readFileSync(join(workspaceRoot, path), "utf8")

const files = (pattern: RegExp): ReadonlyArray<string> =>
  execFileSync("git", ["ls-files", "--cached", "--others", "--exclude-standard", "apps", "libs"], {
    cwd: workspaceRoot,
    encoding: "utf8",
  })
    .split("\n")
    .filter((file) => pattern.test(file))
    .toSorted()

/** An error, and the tests that trigger it. */
export interface ShownError extends FoundError {
  readonly shownBy: ReadonlyArray<string>
}

const codesOf: Readonly<Record<string, string>> = {
  "apps/reporter": "apps/reporter/src/ReporterError.ts",
  "libs/client": "libs/client/src/ExitCode.ts",
}

/** Every error of the programs and the libraries under them. */
export const shownErrors = (): ReadonlyArray<ShownError> => {
  const expectations = files(/\/test\/.*(\.tsx?|golden\/.*\.txt)$/).flatMap((file) => expectationsIn(file, read(file)))
  const found = files(/\/src\/.*\.tsx?$/).flatMap((file) => {
    const table = codesOf[file.split("/").slice(0, 2).join("/")]
    return errorsIn(file, read(file), table === undefined ? {} : kindCodes(read(table)))
  })
  return found.map((error) => ({ ...error, shownBy: evidenceFor(error, expectations, found) }))
}

const exitCodes = (): ReadonlyArray<readonly [name: string, code: number]> =>
  Array.from(read("libs/client/src/ExitCode.ts").matchAll(/^ {2}(\w+): (\d+),$/gm), ([, name = "", code]) => [
    name,
    Number(code),
  ])

const meanings: Readonly<Record<string, string>> = {
  usage: "the command line, or a file that it names, makes no sense",
  data: "data that do not fit, or are damaged",
  notFound: "there is no such thing",
  unavailable: "the API is unavailable after retries",
  bug: "a bug in the program",
  cannotCreate: "the output cannot be created",
  io: "reading or writing failed",
  resumable: "stopped early; the same command goes on",
  protocol: "the server broke the protocol",
  noPermission: "no key, or one that may not",
  config: "a setting makes no sense",
  locked: "another run writes there",
  empty: "nothing to export",
  interrupted: "interrupted, with nothing to go on from",
  terminated: "terminated, with nothing to go on from",
}

const whose = ({ project, tag }: FoundError): string =>
  `[${tag}${project === "apps/cli" ? ", mixpeek-alerts" : project === "apps/reporter" ? ", mixpeek-alerts-reporter" : ""}]`

const entry = (error: ShownError): ReadonlyArray<string> => [
  `${error.message.shown}  ${whose(error)}`,
  ...error.hints.map((hint, index) => `  ${index === 0 ? "" : "or: "}${hint.shown}`),
  `  shown by ${error.shownBy[0] ?? "NO TEST"}`,
  "",
]

/** The page. */
export const errorPage = (errors: ReadonlyArray<ShownError>): string => {
  const sections = exitCodes().flatMap(([name, code]) => {
    const own = errors.filter((error) => error.code === name)
    if (own.length === 0) return []
    return [`## ${code}: ${meanings[name] ?? name}`, "", "```text", ...own.flatMap(entry).slice(0, -1), "```", ""]
  })
  return [
    "# Every error that you can meet",
    "",
    "Written by `npm run errors` from the source: what is said, what to do, and the test that triggers it, by exit code.",
    "In braces stands what differs from case to case. Errors without the name of a program come from the libraries and are",
    "the same in both. Of a flag that is unknown or has the wrong form the parser of `effect/cli` says which and why, with 64.",
    "",
    ...sections,
  ].join("\n")
}

if (import.meta.main) {
  writeFileSync(join(workspaceRoot, page), errorPage(shownErrors()))
  process.stdout.write(`${page} is written.\n`)
}
