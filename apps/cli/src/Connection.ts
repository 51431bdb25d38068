/** From settings to the service. The client checks the values; this only hands them over. */
import { defaults, layerSteadyClock, Mixpeek, type MixpeekError, type MixpeekOverrides } from "@mixpeek-alerts/client"
import { ConfigProvider, Layer } from "effect"
import { demo } from "./Demo.ts"
import type { Settings } from "./Settings.ts"
import { version } from "./Version.ts"

const environment = (settings: Settings): Record<string, string> => ({
  ...(settings.apiKey === null ? {} : { MIXPEEK_API_KEY: settings.apiKey.value }),
  ...(settings.namespace === null ? {} : { MIXPEEK_NAMESPACE: settings.namespace.value }),
  MIXPEEK_BASE_URL: settings.baseUrl.value,
})

/** How long one call may take, with its retries and waits. */
const timeouts = (seconds: number): MixpeekOverrides["timeouts"] => ({
  ...defaults.timeouts,
  connectMillis: Math.min(defaults.timeouts.connectMillis, seconds * 1000),
  attemptMillis: Math.min(defaults.timeouts.attemptMillis, seconds * 1000),
  totalMillis: seconds * 1000,
})

/** What a run may take. */
export interface Allowance {
  readonly demo: boolean
  readonly timeoutSeconds: number
  /** Requests a minute; as the server allows when it is not given. */
  readonly rpm?: number | null
  /** The most requests ever. */
  readonly maxRequests?: number | null
}

/** The service by these settings. Fails with `NoKey` or `InvalidConfig`. */
export const connect = (settings: Settings, options: Allowance): Layer.Layer<Mixpeek, MixpeekError> =>
  options.demo
    ? demo
    : Mixpeek.layerConfig({
        timeouts: timeouts(options.timeoutSeconds),
        rate: options.rpm == null ? "auto" : { perMinute: options.rpm },
        maxRequests: options.maxRequests ?? null,
        userAgent: `mixpeek-alerts/${version}`,
      }).pipe(
        Layer.provide(ConfigProvider.layer(ConfigProvider.fromEnv({ env: environment(settings) }))),
        // Whoever uses the service waits by this clock too.
        Layer.merge(layerSteadyClock),
      )
