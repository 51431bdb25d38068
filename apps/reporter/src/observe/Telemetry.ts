/** Traces and metrics over OTLP, when the standard variables ask for them; nothing is loaded otherwise. */
import { Effect } from "effect"

const asked = ["", "_TRACES", "_METRICS"].some(
  (signal) => (process.env[`OTEL_EXPORTER_OTLP${signal}_ENDPOINT`] ?? "") !== "",
)

/** Runs an effect under the exporters, and sends what is left when it ends. */
export const withTelemetry = <A, E, R>(effect: Effect.Effect<A, E, R>): Effect.Effect<A, E, R> =>
  asked
    ? Effect.flatMap(
        Effect.promise(() => import("./Otlp.ts")),
        (otlp) => otlp.exported(effect),
      )
    : effect
