/** A sandbox server as a process of its own, as a user would start it. */
import { spawn } from "node:child_process"
import { once } from "node:events"
import { join } from "node:path"
import { createInterface } from "node:readline"

const workspace = join(import.meta.dirname, "..", "..", "..")

export interface Sandbox extends AsyncDisposable {
  readonly url: string
  /** What a program needs to talk to it. */
  readonly env: Record<string, string>
  /** Switches faults on, and every other off. */
  readonly faults: (faults: Readonly<Record<string, unknown>>) => Promise<void>
  readonly grow: (executions: number) => Promise<void>
  /** Requests to the API so far. */
  readonly requests: () => Promise<number>
}

/** Starts a sandbox, and returns when it is ready. */
export const startSandbox = async (...flags: ReadonlyArray<string>): Promise<Sandbox> => {
  const main = ["--conditions=@mixpeek-alerts/source", "tools/sandbox/src/main.ts", "--port", "0", "--seed", "7"]
  const child = spawn(process.execPath, [...main, ...flags], { cwd: workspace, stdio: ["ignore", "pipe", "ignore"] })
  const [line] = (await once(createInterface({ input: child.stdout }), "line")) as [string]
  const url = line.replace(/^.* on /, "")
  const ask = async (path: string, method: string, body?: unknown): Promise<string> => {
    const answer = await fetch(`${url}/__sandbox/${path}`, {
      method,
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    })
    const text = await answer.text()
    if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${text}`)
    return text
  }
  return {
    url,
    env: { MIXPEEK_BASE_URL: url, MIXPEEK_API_KEY: "sk_sandbox", MIXPEEK_NAMESPACE: "ns_sandbox" },
    faults: async (faults) => {
      await ask("faults", "DELETE")
      if (Object.keys(faults).length > 0) await ask("faults", "PUT", faults)
    },
    grow: async (executions) => void (await ask("grow", "POST", { executions })),
    requests: async () => (JSON.parse(await ask("stats", "GET")) as { requests: { total: number } }).requests.total,
    [Symbol.asyncDispose]: async () => {
      child.kill("SIGKILL")
      await once(child, "exit")
    },
  }
}
