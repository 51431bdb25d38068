/**
 * `npm run demo`: the main job on realistic data, without a key or a network.
 * Starts the sandbox on a free loopback port, exports 2,000 executions by ID
 * and the whole namespace by pages, and shows what was written.
 */
import { type ChildProcess, spawn } from "node:child_process"
import { mkdirSync, readFileSync, writeFileSync } from "node:fs"
import { join, relative } from "node:path"
import { createInterface } from "node:readline"
import { pinned, workspaceRoot } from "./Step.ts"

const executions = 10_000
const byId = 2_000
const source = ["--conditions=@mixpeek-alerts/source"]

const say = (text: string): void => void process.stdout.write(`${text}\n`)

/** Starts the sandbox; resolves with its base URL when it is ready. */
const startSandbox = (): Promise<{ readonly server: ChildProcess; readonly baseUrl: string }> =>
  new Promise((resolve, reject) => {
    const args = [...source, "tools/sandbox/src/main.ts", "--port", "0", "--executions", String(executions)]
    const server = spawn("node", args, { cwd: workspaceRoot, env: pinned, stdio: ["ignore", "pipe", "inherit"] })
    server.once("error", reject).once("exit", (code) => reject(new Error(`the sandbox ended with code ${code}`)))
    createInterface({ input: server.stdout }).on("line", (line) => {
      const baseUrl = /https?:\/\/\S+/.exec(line)?.[0]
      if (baseUrl !== undefined) resolve({ server, baseUrl })
    })
  })

/** Runs the reporter from its source; resolves when it has ended well. */
const report = (baseUrl: string, args: ReadonlyArray<string>): Promise<void> =>
  new Promise((resolve, reject) => {
    say(`\n$ mixpeek-alerts-reporter ${args.join(" ")}`)
    const env = {
      ...pinned,
      MIXPEEK_API_KEY: "sk_sandbox",
      MIXPEEK_NAMESPACE: "ns_sandbox",
      MIXPEEK_BASE_URL: baseUrl,
    }
    spawn("node", [...source, "apps/reporter/src/main.ts", ...args], { cwd: workspaceRoot, env, stdio: "inherit" })
      .once("error", reject)
      .once("exit", (code) => (code === 0 ? resolve() : reject(new Error(`the reporter ended with code ${code}`))))
  })

const stopped = (server: ChildProcess): Promise<void> =>
  new Promise((resolve) => {
    server.removeAllListeners("exit")
    if (server.exitCode !== null) return resolve()
    server.once("exit", () => resolve())
    server.kill("SIGTERM")
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
  const { baseUrl, server } = await startSandbox()
  try {
    say(`A Mixpeek-compatible server with ${executions} executions runs on ${baseUrl}.`)
    const all = join(folder, "all")
    const some = join(folder, "by-id")
    const list = join(folder, "ids.txt")
    await report(baseUrl, ["export", "--all", "--out", all])
    writeFileSync(list, `${idsOf(all, byId).join("\n")}\n`)
    await report(baseUrl, [
      "export",
      "--ids",
      list,
      "--plan",
      "by-id",
      "--rate",
      "unlimited",
      "--concurrency",
      "32",
      "--out",
      some,
    ])
    for (const run of [all, some]) show(run)
    say(`\nThe files are in ${relative(workspaceRoot, folder)}. Open any of them with any tool.`)
  } finally {
    await stopped(server)
  }
}

await main()
