/** The service without a network: what it is given, under the same rules as the API. */
import {
  type Alert,
  type AlertExecution,
  AlertId,
  Cursor,
  type Decoded,
  type Page,
  recordOf,
} from "@mixpeek-alerts/domain"
import { Effect, Stream } from "effect"
import * as Endpoint from "./Endpoint.ts"
import type { MixpeekError } from "./MixpeekError.ts"
import type { MixpeekShape } from "./MixpeekShape.ts"
import { failAt, fitting, walk } from "./PageWalk.ts"
import { InvalidRequest, NotFound } from "./Reason.ts"
import * as RequestBudget from "./RequestBudget.ts"

/** Newest first, as the API lists them: executions, or records with their exact text, or quarantined ones. */
export type MemoryExecutions = Iterable<AlertExecution | Decoded>

/** What a `Mixpeek.layerMemory` holds. */
export interface MemoryContents {
  readonly executions: MemoryExecutions
  /** The alerts that have a name; every alert of an execution is known by its ID without being listed here. */
  readonly alerts?: Iterable<Alert>
}

const asRecord = (given: AlertExecution | Decoded): Decoded => ("_tag" in given ? given : recordOf(given))

const alertIdOf = (record: Decoded): string | null =>
  record._tag === "ExecutionRecord" ? record.execution.alertId : null

const idOf = (record: Decoded): string | null =>
  record._tag === "ExecutionRecord" ? record.execution.executionId : record.executionId

/** What an alert looks like when only its ID is known. */
const unnamed = (alertId: string): Alert => ({
  alertId: AlertId.make(alertId),
  name: alertId,
  notificationConfig: { channels: [], includeMatches: true, includeScores: true },
})

const cursorAt = (place: number): Cursor => Cursor.make(`memory-${place}`)

const placeOf = (cursor: string | undefined): number | null => {
  const place = /^memory-(\d+)$/.exec(cursor ?? "memory-0")
  return place === null ? null : Number(place[1])
}

type Call = Parameters<typeof failAt>[0]

const notFound = (call: Call, resource: string, id: string): Effect.Effect<never, MixpeekError> =>
  Effect.fail(failAt(call, new NotFound({ resource, id }), 404))

const rejected = (call: Call, location: string, message: string): Effect.Effect<never, MixpeekError> =>
  Effect.fail(failAt(call, new InvalidRequest({ said: message, issues: [{ location, message }] }), 422))

/** A service on `contents`. Its budget counts requests and has no limit. */
export const makeMemory = Effect.fnUntraced(function* (
  given: MemoryContents | MemoryExecutions,
): Effect.fn.Return<MixpeekShape> {
  const contents: MemoryContents = Symbol.iterator in given ? { executions: given } : given
  const records = Array.from(contents.executions, asRecord)
  const named = Array.from(contents.alerts ?? [])
  const alertIds = new Set(records.flatMap((record) => alertIdOf(record) ?? []))
  for (const alert of named) if (alert.alertId != null) alertIds.delete(alert.alertId)
  const alerts = [...named, ...Array.from(alertIds, unnamed)]
  const byId = new Map(records.toReversed().map((record) => [idOf(record), record]))
  const budget = yield* RequestBudget.make({ rate: "unlimited", rateShare: 1, maxRequests: null })

  const counted = <A>(effect: Effect.Effect<A, MixpeekError>): Effect.Effect<A, MixpeekError> =>
    Effect.andThen(Effect.orDie(budget.take(Number.POSITIVE_INFINITY)), effect)

  const findAlert = (call: Call, idOrName: string): Effect.Effect<Alert, MixpeekError> => {
    const found = alerts.find((alert) => alert.alertId === idOrName || alert.name === idOrName)
    return found === undefined ? notFound(call, "alert", idOrName) : Effect.succeed(found)
  }

  const listOf = (call: Call, alert: string | undefined): Effect.Effect<ReadonlyArray<Decoded>, MixpeekError> =>
    alert === undefined
      ? Effect.succeed(records)
      : Effect.map(findAlert(call, alert), ({ alertId }) => records.filter((record) => alertIdOf(record) === alertId))

  const page = (query: Endpoint.ListQuery): Effect.Effect<Page, MixpeekError> => {
    const call = Endpoint.page(query)
    const size = query.pageSize ?? Endpoint.maxPageSize
    const start = placeOf(query.cursor)
    if (!(Number.isInteger(size) && size >= 1 && size <= Endpoint.maxPageSize)) {
      return rejected(call, "query.limit", `Expected 1 to ${Endpoint.maxPageSize}`)
    }
    if (start === null) return rejected(call, "query.cursor", "The cursor is not one of this list")
    return Effect.map(listOf(call, query.alert), (list) => ({
      records: list.slice(start, start + size),
      next: start + size < list.length ? cursorAt(start + size) : null,
      totalCount: list.length,
    }))
  }

  const record: MixpeekShape["record"] = (id) => {
    const found = byId.get(id)
    return found === undefined ? notFound(Endpoint.execution(id), "execution", id) : Effect.succeed(found)
  }

  const countedPage = (query: Endpoint.ListQuery) => counted(page(query))
  return {
    record: (id) => counted(record(id)),
    get: (id) => Effect.flatMap(counted(record(id)), (found) => fitting(found, Endpoint.execution(id))),
    getMany: (ids) =>
      Stream.mapEffect(Stream.fromIterable(ids), (id) =>
        Effect.map(Effect.result(counted(record(id))), (result) => ({ id, result })),
      ),
    recordsOf: Effect.fnUntraced(function* (next, put) {
      for (let id = next(); id !== null; id = next()) put(yield* Effect.result(counted(record(id))))
    }),
    page: (query = {}) => countedPage(query),
    pages: (query = {}) => walk(countedPage, query),
    executions: (query = {}) => Stream.flatMap(walk(countedPage, query), (walked) => Stream.fromArray(walked.records)),
    latest: (alert) => {
      const call = Endpoint.latest(alert)
      return counted(
        Effect.flatMap(listOf(call, alert), ([newest]) =>
          newest === undefined ? notFound(call, "execution of alert", alert) : Effect.succeed(newest),
        ),
      )
    },
    alert: (idOrName) => counted(findAlert(Endpoint.alert(idOrName), idOrName)),
    alerts: (search = "") =>
      Stream.unwrap(
        Effect.as(
          counted(Effect.void),
          Stream.fromIterable(alerts.filter((alert) => alert.name.toLowerCase().includes(search.toLowerCase()))),
        ),
      ),
    budget,
  }
})
