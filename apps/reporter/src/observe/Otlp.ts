/** The OTLP exporters, set up by the standard variables. */
import { Cause, ConfigProvider, Effect, Layer } from "effect"
import * as FetchHttpClient from "effect/http/FetchHttpClient"
import * as OtlpMetrics from "effect/observability/OtlpMetrics"
import * as OtlpSerialization from "effect/observability/OtlpSerialization"
import * as OtlpTracer from "effect/observability/OtlpTracer"
import { stderr } from "../Console.ts"
import { warning } from "../LogLine.ts"
import { version } from "../version.ts"
import { runId } from "./RunId.ts"

const resource = {
  serviceName: process.env["OTEL_SERVICE_NAME"] ?? "mixpeek-alerts-reporter",
  serviceVersion: version,
  attributes: { "service.instance.id": runId },
}

/** The specification's defaults, which Effect leaves to the caller; and a collector that is away holds nobody up. */
const defaults = {
  OTEL_TRACES_EXPORTER: "otlp",
  OTEL_METRICS_EXPORTER: "otlp",
  OTEL_EXPORTER_OTLP_TIMEOUT: "3000",
}

const serialization =
  process.env["OTEL_EXPORTER_OTLP_PROTOCOL"] === "http/json"
    ? OtlpSerialization.layerJson
    : OtlpSerialization.layerProtobuf

const exporters = Layer.mergeAll(
  OtlpTracer.layerFromConfig({ resource }),
  OtlpMetrics.layerFromConfig({ resource }),
).pipe(
  Layer.provide([
    serialization,
    FetchHttpClient.layer,
    ConfigProvider.layer(ConfigProvider.fromEnv().pipe(ConfigProvider.orElse(ConfigProvider.fromUnknown(defaults)))),
  ]),
  Layer.catchCause((cause) =>
    Layer.effectDiscard(
      Effect.sync(() =>
        stderr(
          warning(
            `There will be no traces and metrics: ${Cause.pretty(cause).split("\n")[0]}`,
            "Check the variables OTEL_EXPORTER_OTLP_….",
          ),
        ),
      ),
    ),
  ),
)

/** Runs an effect under the exporters. */
export const exported = <A, E, R>(effect: Effect.Effect<A, E, R>): Effect.Effect<A, E, R> =>
  Effect.provide(effect, exporters)
