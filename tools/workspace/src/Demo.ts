/**
 * `npm run demo`: the main job on realistic data, without a key or a network.
 * Starts the sandbox on a free loopback port, exports 2,000 executions by ID
 * and the whole namespace by pages, and shows what was written.
 */
import { spawn } from "node:child_process"
import { mkdirSync, readFileSync, writeFileSync } from "node:fs"
import { join, relative } from "node:path"
import { type SandboxProcess, startSandbox } from "./SandboxProcess.ts"
import { workspaceRoot } from "./Step.ts"

const executions = 10_000
const byId = 2_000
const say = (text: string): void => void process.stdout.write(`${text}\n`)

/** Runs the reporter from its source; resolves when it has ended well. */
const report = ({ env }: SandboxProcess, args: ReadonlyArray<string>): Promise<void> =>
  new Promise((resolve, reject) => {
    say(`\n$ mixpeek-alerts-reporter ${args.join(" ")}`)
    spawn("node", ["--conditions=@mixpeek-alerts/source", "apps/reporter/src/main.ts", ...args], {
      cwd: workspaceRoot,
      env,
      stdio: "inherit",
    })
      .once("error", reject)
      .once("exit", (code) => (code === 0 ? resolve() : reject(new Error(`the reporter ended with code ${code}`))))
  })

/** The IDs in the second column of a run's executions, up to `count`. */
const idsOf = (run: string, count: number): ReadonlyArray<string> =>
  Array.from(
    readFileSync(join(run, "executions.csv"), "utf8").matchAll(/^[^,\r\n]+,(exec_[0-9a-f]+),/gm),
    (row) => row[1] as string,
  ).slice(0, count)

const show = (run: string): void => {
  say(`\n${relative(workspaceRoot, run)}/executions.csv`)
  const rows = readFileSync(join(run, "executions.csv"), "utf8").split("\r\n", 4)
  for (const row of rows) say(`  ${row.length > 110 ? `${row.slice(0, 109)}…` : row}`)
}

const main = async (): Promise<void> => {
  const folder = join(workspaceRoot, "out", "demo", new Date().toISOString().slice(0, 19).replaceAll(":", "-"))
  mkdirSync(folder, { recursive: true })
  await using sandbox = await startSandbox(executions)
  say(`A Mixpeek-compatible server with ${executions} executions runs on ${sandbox.baseUrl}.`)
  const all = join(folder, "all")
  const some = join(folder, "by-id")
  const list = join(folder, "ids.txt")
  await report(sandbox, ["export", "--all", "--out", all])
  writeFileSync(list, `${idsOf(all, byId).join("\n")}\n`)
  const fast = ["--plan", "by-id", "--rate", "unlimited", "--concurrency", "32"]
  await report(sandbox, ["export", "--ids", list, ...fast, "--out", some])
  for (const run of [all, some]) show(run)
  say(`\nThe files are in ${relative(workspaceRoot, folder)}. Open any of them with any tool.`)
}

await main()
