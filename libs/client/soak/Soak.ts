/**
 * Many requests through every fault that a client should live through, and what they leave behind.
 *
 *     node --expose-gc --conditions=@mixpeek-alerts/source soak/Soak.ts [requests]
 *
 * Prints one JSON line for each tenth of the way and one verdict; exits with 1 when sockets, timers or memory are left.
 */
import { Effect, Redacted, Result } from "effect"
import { spawn } from "node:child_process"
import { createInterface } from "node:readline"
import { fileURLToPath } from "node:url"
import { defaults, Mixpeek, type MixpeekConfig, type MixpeekError } from "../src/index.ts"

const total = Number(process.argv[2] ?? 200_000)
const workers = 16
const allowedGrowthMiB = 40

/** Rare enough that most calls succeed, and so often in sum that thousands of calls meet one. */
const faults: Readonly<Record<string, unknown>> = {
  "429": { rate: 0.0005, hint: "zero" },
  "500": 0.002,
  "503": 0.002,
  "502": 0.001,
  "reset-headers": 0.002,
  "reset-body": 0.002,
  "truncated-body": 0.002,
  "wrong-length": 0.001,
  "gzip-broken": 0.001,
  gzip: 0.05,
  "html-200": 0.001,
  "success-false-200": 0.001,
  "redirect-same": 0.005,
  "stall-headers": 0.0002,
  "stall-body": 0.0002,
  "close-keepalive": 0.01,
}

const startSandbox = async (): Promise<{ readonly baseUrl: string; readonly stop: () => void }> => {
  const root = fileURLToPath(new URL("../../../", import.meta.url))
  const flags = [
    "--conditions=@mixpeek-alerts/source",
    "tools/sandbox/src/main.ts",
    "--port",
    "0",
    "--executions",
    "2000",
  ]
  const child = spawn(process.execPath, flags, { cwd: root, stdio: ["ignore", "pipe", "inherit"] })
  for await (const line of createInterface({ input: child.stdout })) {
    const ready = /ready on (\S+)/.exec(line)
    if (ready !== null) return { baseUrl: ready[1] as string, stop: () => void child.kill() }
  }
  throw new Error("The sandbox ended before it was ready")
}

const live = (): Record<string, number> => {
  const counts: Record<string, number> = {}
  for (const kind of process.getActiveResourcesInfo()) counts[kind] = (counts[kind] ?? 0) + 1
  return counts
}

const rssMiB = (): number => {
  globalThis.gc?.()
  return Math.round(process.memoryUsage().rss / 1_048_576)
}

const heapMiB = (): number => Math.round(process.memoryUsage().heapUsed / 104_857.6) / 10

const outcomes: Record<string, number> = {}
const samples: Array<{ readonly rss: number; readonly heap: number }> = []
const started = performance.now()

const report = (done: number): void => {
  const rss = rssMiB()
  const heap = heapMiB()
  samples.push({ rss, heap })
  const seconds = Math.round((performance.now() - started) / 100) / 10
  process.stdout.write(`${JSON.stringify({ done, seconds, rss, heap, live: live(), outcomes })}\n`)
}

const soak = Effect.gen(function* () {
  const mixpeek = yield* Mixpeek
  let asked = 0
  const worker = Effect.gen(function* () {
    while (asked < total) {
      const turn = asked++
      const call: Effect.Effect<unknown, MixpeekError> =
        turn % 2 === 0 ? mixpeek.page({ pageSize: 5 }) : mixpeek.latest("brand-logo")
      // One call in a hundred is given up half-way, to see that nothing of it stays.
      const patience = turn % 100 === 0 ? 1 : 60_000
      const result = yield* Effect.result(Effect.timeout(call, patience))
      const outcome = Result.isSuccess(result)
        ? "ok"
        : result.failure._tag === "MixpeekError"
          ? result.failure.reason._tag
          : result.failure._tag
      outcomes[outcome] = (outcomes[outcome] ?? 0) + 1
      if ((turn + 1) % Math.ceil(total / 10) === 0) report(turn + 1)
    }
  })
  yield* Effect.all(
    Array.from({ length: workers }, () => worker),
    { concurrency: workers, discard: true },
  )
  return yield* mixpeek.budget.state
})

const sandbox = await startSandbox()
await (await fetch(`${sandbox.baseUrl}/__sandbox/faults`, { method: "PUT", body: JSON.stringify(faults) })).text()

const config: MixpeekConfig = {
  ...defaults,
  apiKey: Redacted.make("sk_sandbox"),
  namespace: "ns_sandbox",
  baseUrl: new URL(sandbox.baseUrl),
  rate: "unlimited",
  concurrency: workers,
  timeouts: { ...defaults.timeouts, headersMillis: 1000, bodyIdleMillis: 1000 },
}

const { limited, spent } = await Effect.runPromise(Effect.provide(soak, Mixpeek.layer(config)))
const { sockets } = (await (await fetch(`${sandbox.baseUrl}/__sandbox/stats`)).json()) as {
  readonly sockets: { readonly open: number; readonly ever: number }
}
sandbox.stop()
await new Promise((resolve) => setTimeout(resolve, 6000)) // the idle sockets of this program's own fetch go away
const left = live()
const grown = (samples.at(-1)?.rss ?? 0) - (samples[1]?.rss ?? 0)
const leftOver = ["TCPSocketWrap", "Timeout"].filter((kind) => (left[kind] ?? 0) > 0)
const ok = grown <= allowedGrowthMiB && leftOver.length === 0
process.stdout.write(`${JSON.stringify({ ok, requests: spent, limited, sockets, left, leftOver, grownMiB: grown })}\n`)
process.exitCode = ok ? 0 : 1
