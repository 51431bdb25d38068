/** The service: alert executions of one Mixpeek namespace. */
import type { ExecutionId } from "@mixpeek-alerts/domain"
import { Context, Effect, Layer, type Scope, Stream } from "effect"
import type * as HttpClient from "effect/http/HttpClient"
import * as Backend from "./Backend.ts"
import * as Endpoint from "./Endpoint.ts"
import { fromEnvironment, inRange, type MixpeekConfig, type MixpeekOverrides } from "./MixpeekConfig.ts"
import type { MixpeekError } from "./MixpeekError.ts"
import { makeMemory, type MemoryContents, type MemoryExecutions } from "./MixpeekMemory.ts"
import type { MixpeekShape } from "./MixpeekShape.ts"
import { walk, walkAlerts } from "./PageWalk.ts"
import * as Transport from "./Transport.ts"

/** The service on an `HttpClient`; `Mixpeek.layer` brings its own. */
const make = Effect.fnUntraced(function* (
  config: MixpeekConfig,
): Effect.fn.Return<MixpeekShape, never, HttpClient.HttpClient | Scope.Scope> {
  const transport = yield* Transport.make(config)
  const record = (id: ExecutionId) => transport.send(Endpoint.execution(id))
  const page = (query: Endpoint.ListQuery) => transport.send(Endpoint.page(query))
  return {
    record,
    get: (id) => transport.send(Endpoint.fittingExecution(id)),
    getMany: (ids, options) =>
      Stream.fromIterable(ids).pipe(
        Stream.mapEffect((id) => Effect.map(Effect.result(record(id)), (result) => ({ id, result })), {
          concurrency: options?.concurrency ?? inRange(config).concurrency,
        }),
      ),
    recordsOf: (next, put) =>
      transport.sendEach(
        () => {
          const id = next()
          return id === null ? null : Endpoint.execution(id)
        },
        (_, result) => put(result),
      ),
    page: (query = {}) => page(query),
    pages: (query = {}) => walk(page, query),
    executions: (query = {}) => Stream.flatMap(walk(page, query), (walked) => Stream.fromArray(walked.records)),
    latest: (alert) => transport.send(Endpoint.latest(alert)),
    alert: (idOrName) => transport.send(Endpoint.alert(idOrName)),
    alerts: (search = "") => walkAlerts((cursor) => transport.send(Endpoint.alerts(search, cursor))),
    budget: transport.budget,
  }
})

const backendOf = (given: MixpeekConfig): Layer.Layer<HttpClient.HttpClient> => {
  const config = inRange(given)
  return Backend.layer({
    baseUrl: config.baseUrl,
    connectMillis: config.timeouts.connectMillis,
    headersMillis: config.timeouts.headersMillis,
    bodyIdleMillis: config.timeouts.bodyIdleMillis,
    maxBodyBytes: config.maxBodyBytes,
  })
}

/** Reads alert executions. Get it from the context and give it one of the layers; see {@link MixpeekShape}. */
export class Mixpeek extends Context.Service<Mixpeek, MixpeekShape>()("@mixpeek-alerts/client/Mixpeek") {
  /** The service on whatever `HttpClient` the caller provides. */
  static readonly layerNoBackend = (config: MixpeekConfig): Layer.Layer<Mixpeek, never, HttpClient.HttpClient> =>
    Layer.effect(Mixpeek, make(config))

  /** The service, fully provided. */
  static readonly layer = (config: MixpeekConfig): Layer.Layer<Mixpeek> =>
    Mixpeek.layerNoBackend(config).pipe(Layer.provide(backendOf(config)))

  /** The service by the environment, see `fromEnvironment`. Fails with `NoKey` or `InvalidConfig`. */
  static readonly layerConfig = (overrides: MixpeekOverrides = {}): Layer.Layer<Mixpeek, MixpeekError> =>
    Layer.unwrap(Effect.map(fromEnvironment(overrides), Mixpeek.layer))

  /** The service on what it is given, newest first, without a network: for tests of whatever uses it. */
  static readonly layerMemory = (contents: MemoryContents | MemoryExecutions): Layer.Layer<Mixpeek> =>
    Layer.effect(Mixpeek, makeMemory(contents))
}
