/** Configurations that tests start from. */
import { Effect, Redacted } from "effect"
import { defaults, Mixpeek, type MixpeekConfig } from "../src/index.ts"

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

/** Runs an effect with a client of `baseUrl` that waits for nothing long. */
export const on = <A, E>(baseUrl: string, effect: Effect.Effect<A, E, Mixpeek>, changes: Partial<MixpeekConfig> = {}) =>
  Effect.provide(effect, Mixpeek.layer(settings(baseUrl, { timeouts: impatient, ...changes })))
