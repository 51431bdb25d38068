/** Made-up executions behind the same service: no key, no network, the same data every time. */
import { type ListQuery, Mixpeek, MixpeekError, type MixpeekShape, Reason } from "@mixpeek-alerts/client"
import {
  type Alert,
  AlertId,
  Cursor,
  type Decoded,
  type ExecutionId,
  type Page,
  parseRecord,
  toMillis,
} from "@mixpeek-alerts/domain"
import { alerts, make, type Sample } from "@mixpeek-alerts/domain/Sample"
import { Clock, Effect, Layer, Option, Result, Stream } from "effect"

const count = 412
const seed = 7

/** One record does not fit, to show what becomes of such. */
const brokenAt = count - 9

/** Executions that arrive while someone looks: one every so often, from the moment of the start on. */
interface Arrivals {
  readonly sample: Sample
  /** In the time of the data; `null` when nothing arrives. */
  readonly startedAt: number | null
  /** How many have arrived. */
  readonly arrived: number
}

const arrivalMillis = 8000

const textAt = ({ sample, startedAt }: Arrivals, index: number): string => {
  const text = sample.json(index)
  if (index === brokenAt) return text.replace(/"match_count":\d+/, '"match_count":"many"')
  if (index < count || startedAt === null) return text
  const at = new Date(startedAt + (index - count + 1) * arrivalMillis).toISOString()
  return text.replace(/"executed_at":"[^"]*"/, `"executed_at":"${at}"`)
}

const recordAt = (data: Arrivals, index: number): Decoded => {
  const parsed = parseRecord(textAt(data, index))
  if (Result.isFailure(parsed)) throw new Error("the sample is not JSON", { cause: parsed.failure })
  return parsed.success
}

const failure = (path: string, reason: Reason.Reason): MixpeekError =>
  new MixpeekError({
    reason,
    method: "GET",
    path,
    status: 404,
    type: "NotFoundError",
    requestId: "req_demo",
    attempts: [],
  })

const find = (data: Arrivals, id: ExecutionId): Effect.Effect<Decoded, MixpeekError> => {
  const index = data.sample.indexOf(id)
  return index !== undefined && index < count + data.arrived
    ? Effect.sync(() => recordAt(data, index))
    : Effect.fail(failure(`/v1/alerts/executions/${id}`, new Reason.NotFound({ resource: "execution", id })))
}

/** The places of the executions of an alert, or of all, the newest first. */
const placesOf = ({ arrived, sample }: Arrivals, alert: string | undefined): ReadonlyArray<number> => {
  const wanted = alerts.findIndex(({ alertId, name }) => alertId === alert || name === alert)
  const total = count + arrived
  const newestFirst = Array.from({ length: total }, (_, offset) => total - 1 - offset)
  return alert === undefined ? newestFirst : newestFirst.filter((index) => sample.alertOf(index) === wanted)
}

const pageOf = (data: Arrivals, { alert, cursor, pageSize = 100 }: ListQuery): Page => {
  const places = placesOf(data, alert)
  // A cursor counts from the first that had not arrived, so that it keeps its place when more arrive.
  const arrived = places.filter((index) => index >= count).length
  const from = cursor === undefined ? 0 : Number(cursor) + arrived
  const until = Math.min(places.length, from + pageSize)
  return {
    records: places.slice(from, until).map((index) => recordAt(data, index)),
    next: until >= places.length ? null : Cursor.make(String(until - arrived)),
    totalCount: places.length,
  }
}

const isKnown = (alert: string | undefined): boolean =>
  alert === undefined || alerts.some(({ alertId, name }) => alertId === alert || name === alert)

const page = (data: Arrivals, query: ListQuery): Effect.Effect<Page, MixpeekError> =>
  isKnown(query.alert)
    ? Effect.sync(() => pageOf(data, query))
    : Effect.fail(
        failure(
          `/v1/alerts/${query.alert}/executions`,
          new Reason.NotFound({ resource: "alert", id: query.alert ?? null }),
        ),
      )

const alertOf = ({ alertId, includeMatches, name }: (typeof alerts)[number]): Alert => ({
  alertId: AlertId.make(alertId),
  name,
  enabled: true,
  notificationConfig: { channels: [{ channelType: "webhook" }], includeMatches, includeScores: true },
})

const latest = (data: Arrivals, alert: string): Effect.Effect<Decoded, MixpeekError> =>
  Effect.flatMap(page(data, { alert, pageSize: 1 }), ({ records: [newest] }) =>
    newest === undefined
      ? Effect.fail(failure(`/v1/alerts/${alert}/results`, new Reason.NotFound({ resource: "alert", id: alert })))
      : Effect.succeed(newest),
  )

const idle = { limit: null, remaining: null, resetsAt: null, spent: 0, pausedUntil: null, limited: 0 }

const shape = (
  now: Effect.Effect<Arrivals>,
): Pick<MixpeekShape, "record" | "page" | "pages" | "latest" | "alerts" | "getMany" | "budget"> => ({
  record: (id) => Effect.flatMap(now, (data) => find(data, id)),
  page: (query = {}) => Effect.flatMap(now, (data) => page(data, query)),
  pages: (query = {}) =>
    Stream.paginate(query.cursor, (cursor: Cursor | undefined) =>
      Effect.map(
        Effect.flatMap(now, (data) => page(data, { ...query, cursor })),
        (read) => [[{ ...read, cursor: cursor ?? null }], Option.fromNullOr(read.next)] as const,
      ),
    ),
  latest: (alert) => Effect.flatMap(now, (data) => latest(data, alert)),
  alerts: (search = "") =>
    Stream.fromIterable(alerts.filter(({ name }) => name.toLowerCase().includes(search.toLowerCase())).map(alertOf)),
  getMany: (ids) =>
    Stream.fromIterable(ids).pipe(
      Stream.mapEffect((id) =>
        Effect.map(Effect.result(Effect.flatMap(now, (data) => find(data, id))), (result) => ({ id, result })),
      ),
    ),
  budget: {
    take: () => Effect.void,
    takeNow: () => true,
    learn: () => {},
    pause: () => Effect.void,
    state: Effect.succeed(idle),
    changes: Stream.empty,
  },
})

/** The service on the demo's data. */
export const demo: Layer.Layer<Mixpeek> = Layer.mock(Mixpeek)(
  shape(Effect.succeed({ sample: make(seed), startedAt: null, arrived: 0 })),
)

/** The same, with one more every eight seconds from now on. */
export const arrivingDemo: Layer.Layer<Mixpeek> = Layer.unwrap(
  Effect.map(Clock.currentTimeMillis, (began) => {
    const sample = make(seed)
    const startedAt = began + clockShift(began)
    const now = Effect.map(Clock.currentTimeMillis, (at) => ({
      sample,
      startedAt,
      arrived: Math.floor(Math.max(0, at - began) / arrivalMillis),
    }))
    return Layer.mock(Mixpeek)(shape(now))
  }),
)

/** The ID of the newest execution, for examples that work. */
export const newestId = (): ExecutionId => make(seed).executionId(count - 1)

/** What to add to the clock so that the newest execution ran two minutes ago. */
export const clockShift = (now: number): number => {
  const newest = recordAt({ sample: make(seed), startedAt: null, arrived: 0 }, count - 1)
  return newest._tag === "ExecutionRecord" ? toMillis(newest.execution.executedAt) + 120_000 - now : 0
}
