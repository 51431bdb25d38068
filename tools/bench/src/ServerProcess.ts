/** The fast server as a process of its own, so that it does not share a thread with what is measured. */
import { spawn } from "node:child_process"
import { createInterface } from "node:readline"
import { join } from "node:path"

export interface ServerOptions {
  readonly executions: number
  readonly latencyMillis?: number
  /** Requests a minute; no limit by default. */
  readonly rpm?: number
}

/** A running server; stopped when it is disposed of. */
export interface ServerProcess extends Disposable {
  readonly baseUrl: string
  /** Requests since this was last asked. */
  readonly requests: () => Promise<number>
}

const program = join(import.meta.dirname, "serve.ts")

/** Starts a server; resolves when it is ready. */
export const startServer = ({ executions, latencyMillis = 0, rpm = 0 }: ServerOptions): Promise<ServerProcess> =>
  new Promise((resolve, reject) => {
    const args = [
      "--conditions=@mixpeek-alerts/source",
      program,
      String(executions),
      String(latencyMillis),
      String(rpm),
    ]
    const child = spawn(process.execPath, args, { stdio: ["pipe", "pipe", "inherit"] })
    child.once("error", reject).once("exit", (code) => reject(new Error(`the server ended with code ${code}`)))
    createInterface({ input: child.stdout }).once("line", (baseUrl) =>
      resolve({
        baseUrl,
        requests: async () => Number(await (await fetch(`${baseUrl}/count`)).text()),
        [Symbol.dispose]: () => {
          child.kill()
        },
      }),
    )
  })
