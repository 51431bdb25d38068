/** The sandbox as a process of its own, started from its source on a free loopback port. */
import { type ChildProcess, spawn } from "node:child_process"
import { createInterface } from "node:readline"
import { pinned, workspaceRoot } from "./Step.ts"

/** A running sandbox; stopped when it is disposed of. */
export interface SandboxProcess extends AsyncDisposable {
  readonly baseUrl: string
  /** What a program needs to ask it, on top of the environment of this workspace. */
  readonly env: NodeJS.ProcessEnv
}

const stopped = (server: ChildProcess): Promise<void> =>
  new Promise((resolve) => {
    server.removeAllListeners("exit")
    if (server.exitCode !== null) return resolve()
    server.once("exit", () => resolve())
    server.kill("SIGTERM")
  })

/** Starts a sandbox with so many executions; resolves when it is ready. */
export const startSandbox = (executions: number): Promise<SandboxProcess> =>
  new Promise((resolve, reject) => {
    const args = ["tools/sandbox/src/main.ts", "--port", "0", "--executions", String(executions)]
    const server = spawn("node", ["--conditions=@mixpeek-alerts/source", ...args], {
      cwd: workspaceRoot,
      env: pinned,
      stdio: ["ignore", "pipe", "inherit"],
    })
    server.once("error", reject).once("exit", (code) => reject(new Error(`the sandbox ended with code ${code}`)))
    createInterface({ input: server.stdout }).on("line", (line) => {
      const baseUrl = /https?:\/\/\S+/.exec(line)?.[0]
      if (baseUrl === undefined) return
      resolve({
        baseUrl,
        env: { ...pinned, MIXPEEK_API_KEY: "sk_sandbox", MIXPEEK_NAMESPACE: "ns_sandbox", MIXPEEK_BASE_URL: baseUrl },
        [Symbol.asyncDispose]: () => stopped(server),
      })
    })
  })
