/**
 * `npm test`: bundles the programs, runs every test, and ends with one line,
 * `N passed, N failed`. Arguments go to Vitest, as in `npm test -- libs/domain`.
 */
import { mkdtempSync, readFileSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { pinned, step } from "./Step.ts"

interface Report {
  readonly numPassedTests: number
  readonly numFailedTests: number
  readonly numFailedTestSuites: number
  readonly numTotalTests: number
}

const readReport = (path: string): Report | undefined => {
  try {
    return JSON.parse(readFileSync(path, "utf8")) as Report
  } catch {
    return undefined
  }
}

const folder = mkdtempSync(join(tmpdir(), "mixpeek-alerts-test-"))
const path = join(folder, "report.json")
const built = step("nx", ["run-many", "-t", "build", "-p", "apps/*"], true)
if (!built.ok) process.stdout.write(`${built.output}\n`)
const args = [
  "run",
  "--config",
  "vitest.root.config.ts",
  // The end-to-end tests wait for servers, disks and clocks more than they compute. Only the flag reaches all projects.
  "--maxWorkers=3",
  "--reporter=dot",
  "--reporter=json",
  `--outputFile.json=${path}`,
  ...process.argv.slice(2),
]
// What tests leave behind goes with the folder.
const ran = step("vitest", args, false, { ...pinned, TMPDIR: folder })
const report = readReport(path)
rmSync(folder, { recursive: true, force: true })

const passed = report?.numPassedTests ?? 0
// A suite that could not be loaded, or a run that did not report, has failed even if no test in it did.
const broken =
  !built.ok || report === undefined || report.numTotalTests === 0 || (!ran.ok && report.numFailedTests === 0)
const failed = (report?.numFailedTests ?? 0) + (broken ? 1 : 0)
process.stdout.write(`${passed} passed, ${failed} failed\n`)
process.exitCode = failed === 0 ? 0 : 1
