/** Configurations that tests start from. */
import { Redacted } from "effect"
import { defaults, type MixpeekConfig } from "../src/index.ts"

/** The key that the sandbox accepts. */
export const sandboxKey = "sk_sandbox"

/** A client of `baseUrl` that goes as fast as it can. */
export const settings = (baseUrl: string, changes: Partial<MixpeekConfig> = {}): MixpeekConfig => ({
  ...defaults,
  apiKey: Redacted.make(sandboxKey),
  namespace: "ns_sandbox",
  baseUrl: new URL(baseUrl),
  rate: "unlimited",
  ...changes,
})

/** The time limits of a test that waits for one of them to run out. */
export const impatient: MixpeekConfig["timeouts"] = {
  connectMillis: 1000,
  headersMillis: 5000,
  bodyIdleMillis: 5000,
  attemptMillis: 10_000,
  totalMillis: 20_000,
}
