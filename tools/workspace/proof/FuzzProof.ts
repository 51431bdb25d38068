/**
 * `npm run proof:fuzz`: the fuzz tests of every project, for longer than `npm test` runs them and from another seed. Each
 * has a time limit, after which it counts as hung, and little memory.
 */
import { spawn } from "node:child_process"
import { once } from "node:events"
import { mkdtempSync, readFileSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { parseArgs } from "node:util"
import { pinned, workspaceRoot } from "../src/Step.ts"

const { values } = parseArgs({
  options: { runs: { type: "string", default: "5000" }, seed: { type: "string", default: "1" } },
})
const limitMillis = 8 * 60_000

interface Tested {
  readonly title: string
  readonly status: string
  readonly meta?: { readonly tried?: number }
  readonly failureMessages: ReadonlyArray<string>
}

interface Report {
  readonly testResults: ReadonlyArray<{ readonly name: string; readonly assertionResults: ReadonlyArray<Tested> }>
}

const folder = mkdtempSync(join(tmpdir(), "mixpeek-alerts-fuzz-"))
const path = join(folder, "report.json")
const began = performance.now()
const child = spawn(
  "vitest",
  [
    "run",
    "--config",
    "vitest.root.config.ts",
    "Fuzz.test.ts",
    "--testTimeout",
    String(limitMillis),
    "--maxWorkers=2",
    "--execArgv=--max-old-space-size=768",
    "--reporter=json",
    `--outputFile.json=${path}`,
  ],
  {
    cwd: workspaceRoot,
    env: { ...pinned, FUZZ_RUNS: values.runs, FUZZ_SEED: values.seed },
    stdio: ["ignore", "ignore", "inherit"],
    detached: true,
  },
)
// A test that never comes back does not hear of its time limit: the group is ended from outside.
const hung = setTimeout(() => process.kill(-(child.pid as number), "SIGKILL"), limitMillis + 30_000)
await once(child, "close")
clearTimeout(hung)

const read = (): Report | undefined => {
  try {
    return JSON.parse(readFileSync(path, "utf8")) as Report
  } catch {
    return undefined
  }
}
const report = read()
rmSync(folder, { recursive: true, force: true })

const line = (name: string, cells: ReadonlyArray<string | number>): string =>
  `${name.padEnd(90)}${cells.map((cell) => String(cell).padStart(10)).join("")}\n`

let [tried, survived, lost] = [0, 0, 0]
const losses: Array<string> = []
process.stdout.write(line("what is read", ["tried", "survived", "lost"]))
for (const file of report?.testResults ?? []) {
  const project = file.name
    .slice(workspaceRoot.length + 1)
    .split("/")
    .slice(0, 2)
    .join("/")
  for (const { failureMessages, meta, status, title } of file.assertionResults) {
    const isLost = status !== "passed"
    tried += meta?.tried ?? 0
    survived += isLost ? 0 : (meta?.tried ?? 0)
    lost += isLost ? 1 : 0
    losses.push(...failureMessages.map((message) => `LOST ${title}: ${message.split("\n")[0]}\n`))
    process.stdout.write(
      line(`${project}: ${title}`, [meta?.tried ?? "-", isLost ? "-" : (meta?.tried ?? "-"), isLost ? 1 : 0]),
    )
  }
}
process.stdout.write(line("all", [tried, survived, lost]))
process.stdout.write(`${Math.round((performance.now() - began) / 1000)} s, seed ${values.seed}\n${losses.join("")}`)
if (report === undefined) process.stdout.write("LOST: the tests did not come back, or ran out of memory\n")
process.exitCode = report === undefined || tried === 0 || lost > 0 ? 1 : 0
