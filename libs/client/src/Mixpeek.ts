/** The service: alert executions of one Mixpeek namespace. */
import type { Alert, Cursor, Decoded, ExecutionId, ExecutionRecord, Page, Quarantined } from "@mixpeek-alerts/domain"
import { Context, Effect, Layer, Option, Result, type Scope, Stream } from "effect"
import type * as HttpClient from "effect/http/HttpClient"
import * as Backend from "./Backend.ts"
import { CursorWalk } from "./CursorWalk.ts"
import * as Endpoint from "./Endpoint.ts"
import type { ListQuery } from "./Endpoint.ts"
import { fromEnvironment, type MixpeekConfig, type MixpeekOverrides } from "./MixpeekConfig.ts"
import { MixpeekError } from "./MixpeekError.ts"
import { Malformed, type Reason } from "./Reason.ts"
import type { RequestBudget } from "./RequestBudget.ts"
import { excerptOf } from "./ResponseFault.ts"
import * as Transport from "./Transport.ts"

/** What came of one ID of many. */
export interface Fetched {
  readonly id: ExecutionId
  readonly result: Result.Result<Decoded, MixpeekError>
}

/** A page, and the cursor that it was asked for with (`null` for the first). */
export interface WalkedPage extends Page {
  readonly cursor: Cursor | null
}

/**
 * Every method can fail with `MixpeekError` for the reasons `Unauthorized`,
 * `Forbidden`, `QuotaExceeded`, `InvalidRequest`, `RateLimited`,
 * `ServerFault`, `Unreachable`, `TimedOut`, `NotJson`, `UnexpectedStatus`,
 * `BodyTooLarge`, `BudgetSpent` and `CircuitOpen`; what else one can fail
 * with is said there.
 */
export interface MixpeekShape {
  /** One execution. Also fails with `NotFound`, and with `Malformed` when the record does not fit. */
  readonly get: (id: ExecutionId) => Effect.Effect<ExecutionRecord, MixpeekError>
  /** One execution, or the record that did not fit. Also fails with `NotFound`. */
  readonly record: (id: ExecutionId) => Effect.Effect<Decoded, MixpeekError>
  /** Many executions in the order of `ids`; an ID that fails does not end the stream. */
  readonly getMany: (ids: Iterable<ExecutionId>, options?: { readonly concurrency?: number }) => Stream.Stream<Fetched>
  /** One page. Also fails with `NotFound` (the alert) and `Malformed` (the page as a whole). */
  readonly page: (query?: ListQuery) => Effect.Effect<Page, MixpeekError>
  /** All pages from `query.cursor` on. Also fails with `CursorLoop`. */
  readonly pages: (query?: ListQuery) => Stream.Stream<WalkedPage, MixpeekError>
  /** All records, decoded or quarantined. Fails as `pages`. */
  readonly executions: (query?: ListQuery) => Stream.Stream<Decoded, MixpeekError>
  /** The latest execution of an alert, by ID or name; `NotFound` when it never ran. */
  readonly latest: (alert: string) => Effect.Effect<Decoded, MixpeekError>
  /** One alert by ID or name. Also fails with `NotFound` and `Malformed`. */
  readonly alert: (idOrName: string) => Effect.Effect<Alert, MixpeekError>
  /** The alerts whose name holds `search`. Also fails with `Malformed` and `CursorLoop`. */
  readonly alerts: (search?: string) => Stream.Stream<Alert, MixpeekError>
  /** What is left of the rate limit. */
  readonly budget: RequestBudget
}

const failAt = (path: string, reason: Reason) =>
  new MixpeekError({ reason, method: "GET", path, status: 200, type: null, requestId: null, attempts: [] })

const malformed = ({ json, problem }: Quarantined): Malformed =>
  new Malformed({ path: problem.path, expected: problem.expected, excerpt: excerptOf(json) })

const fitting = (decoded: Decoded, path: string): Effect.Effect<ExecutionRecord, MixpeekError> =>
  decoded._tag === "ExecutionRecord" ? Effect.succeed(decoded) : Effect.fail(failAt(path, malformed(decoded)))

const walk = (transport: Transport.Transport, query: ListQuery): Stream.Stream<WalkedPage, MixpeekError> =>
  Stream.suspend(() => {
    const cursors = new CursorWalk(query.cursor)
    return Stream.paginate(query.cursor, (cursor) => {
      const call = Endpoint.page({ ...query, cursor })
      return Effect.gen(function* () {
        const page = yield* transport.send(call)
        const next = yield* Effect.fromResult(Result.mapError(cursors.next(page), (loop) => failAt(call.path, loop)))
        return [[{ ...page, cursor: cursor ?? null }], Option.fromNullOr(next)] as const
      })
    })
  })

const listAlerts = (transport: Transport.Transport, search: string): Stream.Stream<Alert, MixpeekError> =>
  Stream.paginate(null as string | null, (cursor) =>
    Effect.map(transport.send(Endpoint.alerts(search, cursor)), (page) => {
      const next = page.pagination?.nextCursor ?? ""
      return [page.results, next === "" || next === cursor ? Option.none() : Option.some(next)] as const
    }),
  )

/** The service on an `HttpClient`; `Mixpeek.layer` brings its own. */
const make = Effect.fnUntraced(function* (
  config: MixpeekConfig,
): Effect.fn.Return<MixpeekShape, never, HttpClient.HttpClient | Scope.Scope> {
  const transport = yield* Transport.make(config)
  const record = (id: ExecutionId) => transport.send(Endpoint.execution(id))
  return {
    record,
    get: (id) => {
      const call = Endpoint.execution(id)
      return Effect.flatMap(transport.send(call), (decoded) => fitting(decoded, call.path))
    },
    getMany: (ids, options) =>
      Stream.fromIterable(ids).pipe(
        Stream.mapEffect((id) => Effect.map(Effect.result(record(id)), (result) => ({ id, result })), {
          concurrency: options?.concurrency ?? config.concurrency,
        }),
      ),
    page: (query = {}) => transport.send(Endpoint.page(query)),
    pages: (query = {}) => walk(transport, query),
    executions: (query = {}) => Stream.flatMap(walk(transport, query), (page) => Stream.fromArray(page.records)),
    latest: (alert) => transport.send(Endpoint.latest(alert)),
    alert: (idOrName) => transport.send(Endpoint.alert(idOrName)),
    alerts: (search = "") => listAlerts(transport, search),
    budget: transport.budget,
  }
})

const backendOf = (config: MixpeekConfig): Layer.Layer<HttpClient.HttpClient> =>
  Backend.layer({
    baseUrl: config.baseUrl,
    connections: config.concurrency,
    connectMillis: config.timeouts.connectMillis,
    headersMillis: config.timeouts.headersMillis,
    bodyIdleMillis: config.timeouts.bodyIdleMillis,
    maxBodyBytes: config.maxBodyBytes,
  })

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
}
