/** What a sandbox can be told, and what it does when it is not told. */
import type { FaultName } from "./Fault.ts"
import type { FaultValue } from "./FaultSetting.ts"
import type { ApiRequest } from "./ApiRequest.ts"

export interface SandboxOptions {
  /** The port to listen on; 0 for a free one. */
  readonly port: number
  readonly host: string
  /** Whether a host that other machines can reach is allowed. */
  readonly allowNonLoopback: boolean
  readonly executions: number
  readonly seed: number
  readonly apiKey: string
  readonly namespace: string
  /** How long every answer waits, in milliseconds. */
  readonly latencyMs: number
  /** Requests per window and key; undefined for no limit. */
  readonly rpm: number | undefined
  /** The length of that window, in seconds. */
  readonly windowSeconds: number
  /** Requests at once; undefined for no limit. */
  readonly concurrency: number | undefined
  readonly faults: Readonly<Partial<Record<FaultName, FaultValue>>>
  /** The clock, in milliseconds since the epoch. */
  readonly now: () => number
  /** Sees every request to the API as it arrives. */
  readonly onRequest: (request: ApiRequest) => void
}

export const defaults: SandboxOptions = {
  port: 8080,
  host: "127.0.0.1",
  allowNonLoopback: false,
  executions: 10_000,
  seed: 1,
  apiKey: "sk_sandbox",
  namespace: "ns_sandbox",
  latencyMs: 0,
  rpm: undefined,
  windowSeconds: 60,
  concurrency: undefined,
  faults: {},
  now: Date.now,
  onRequest: () => {},
}

/** The largest number of executions: their dates stay within four-digit years. */
export const mostExecutions = 1_000_000_000
