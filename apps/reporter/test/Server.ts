/** A sandbox server as a process of its own. */
import { spawn } from "node:child_process"
import { once } from "node:events"
import { join } from "node:path"
import { createInterface } from "node:readline"

const workspace = join(import.meta.dirname, "..", "..", "..")
/** Where processes of the tests keep what they compiled, so that each starts faster than the first. */
export const compileCache = join(import.meta.dirname, "..", "out-tsc", "compile-cache")

const main = join(workspace, "tools", "sandbox", "src", "main.ts")

export interface ServerOptions {
  readonly executions: number
  readonly seed?: number
  readonly rpm?: number
  /** How many seconds `rpm` counts over. */
  readonly windowSeconds?: number
  readonly latencyMs?: number
  /** Faults that are on from the start, as on its command line. */
  readonly faults?: Readonly<Record<string, string>>
}

export type FaultParameters = Readonly<Record<string, number | string | ReadonlyArray<string>>>

export interface RequestCounts {
  readonly total: number
  readonly byPath: Readonly<Record<string, number>>
  readonly byStatus: Readonly<Record<string, number>>
}

export interface Server extends AsyncDisposable {
  readonly url: string
  /** Switches faults on, or off with `null`. */
  readonly faults: (faults: Readonly<Record<string, unknown>>) => Promise<void>
  /** How often each fault has played. */
  readonly fired: () => Promise<Readonly<Record<string, number>>>
  /** Every fault that there is, with its parameters: a default, or the words to choose from. */
  readonly catalogue: () => Promise<Readonly<Record<string, FaultParameters>>>
  readonly clear: () => Promise<void>
  readonly grow: (executions: number) => Promise<void>
  /** Requests by route and by status. */
  readonly stats: () => Promise<RequestCounts>
  /** Requests of the API that were answered, or begun to be. */
  readonly requests: () => Promise<number>
  readonly kill: () => void
}

const flags = (options: ServerOptions): ReadonlyArray<string> => [
  "--port",
  "0",
  "--executions",
  String(options.executions),
  "--seed",
  String(options.seed ?? 1),
  ...(options.rpm === undefined ? [] : ["--rpm", String(options.rpm)]),
  ...(options.windowSeconds === undefined ? [] : ["--window", String(options.windowSeconds)]),
  ...(options.latencyMs === undefined ? [] : ["--latency-ms", String(options.latencyMs)]),
  ...Object.entries(options.faults ?? {}).flatMap(([name, value]) => ["--fault", `${name}=${value}`]),
]

/** Starts a server, and returns when it is ready. */
export const startServer = async (options: ServerOptions): Promise<Server> => {
  const child = spawn(process.execPath, ["--conditions=@mixpeek-alerts/source", main, ...flags(options)], {
    env: { ...process.env, NODE_COMPILE_CACHE: compileCache },
    stdio: ["ignore", "pipe", "pipe"],
  })
  let said = ""
  child.stderr.setEncoding("utf8").on("data", (text: string) => (said += text))
  const lines = createInterface({ input: child.stdout })
  const [line] = (await Promise.race([
    once(lines, "line"),
    once(child, "exit").then(() => Promise.reject(new Error(`the sandbox did not start: ${said}`))),
  ])) as [string]
  const url = line.replace(/^.* on /, "")
  const ask = async (path: string, method = "GET", body?: unknown): Promise<unknown> => {
    const answer = await fetch(`${url}/__sandbox/${path}`, {
      method,
      ...(body === undefined ? {} : { body: JSON.stringify(body), headers: { "content-type": "application/json" } }),
    })
    if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${await answer.text()}`)
    const text = await answer.text()
    return text === "" ? null : JSON.parse(text)
  }
  return {
    url,
    faults: async (faults) => void (await ask("faults", "PUT", faults)),
    fired: async () => ((await ask("stats")) as { faults: Record<string, number> }).faults,
    catalogue: async () => ((await ask("faults")) as { available: Record<string, FaultParameters> }).available,
    clear: async () => void (await ask("faults", "DELETE")),
    grow: async (executions) => void (await ask("grow", "POST", { executions })),
    stats: async () => ((await ask("stats")) as { requests: RequestCounts }).requests,
    requests: async () => ((await ask("stats")) as { requests: RequestCounts }).requests.total,
    kill: () => void child.kill("SIGKILL"),
    [Symbol.asyncDispose]: async () => {
      if (child.exitCode !== null || child.signalCode !== null) return
      child.kill("SIGKILL")
      await once(child, "exit")
    },
  }
}
