/** The built program on terminals of its own, several at once. */
import { spawn } from "node:child_process"
import { join } from "node:path"
import { cleanEnv, type Ended, entry } from "./Program.ts"

export interface PtyRun {
  readonly args: ReadonlyArray<string>
  readonly env: Record<string, string>
  readonly columns?: number
  readonly rows?: number
}

const script = join(import.meta.dirname, "pty.py")

/** At once; more would only wait for one another. */
const jobs = 3

/** Runs them to their end, in any order; gives the results in the order of `runs`. */
export const runOnTerminals = (runs: ReadonlyArray<PtyRun>): Promise<ReadonlyArray<Ended>> =>
  new Promise((resolve, reject) => {
    const child = spawn("python3", [script], { stdio: ["pipe", "pipe", "inherit"] })
    let output = ""
    child.stdout.setEncoding("utf8").on("data", (text: string) => (output += text))
    child.on("close", (code) =>
      code === 0
        ? resolve(JSON.parse(output) as ReadonlyArray<Ended>)
        : reject(new Error(`python3 ended with ${code}`)),
    )
    const given = runs.map(({ args, columns = 120, env, rows = 50 }) => ({
      args: [process.execPath, entry, ...args],
      env: cleanEnv({ TERM: "xterm-256color", ...env }),
      columns,
      rows,
    }))
    child.stdin.end(JSON.stringify({ jobs, runs: given }))
  })
