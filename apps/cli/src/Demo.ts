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
import { Effect, Layer, Option, Result, Stream } from "effect"

const count = 412
const seed = 7

/** One record does not fit, to show what becomes of such. */
const brokenAt = count - 9

const textAt = (sample: Sample, index: number): string =>
  index === brokenAt ? sample.json(index).replace(/"match_count":\d+/, '"match_count":"many"') : sample.json(index)

const recordAt = (sample: Sample, index: number): Decoded => {
  const parsed = parseRecord(textAt(sample, index))
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

const find = (sample: Sample, id: ExecutionId): Effect.Effect<Decoded, MixpeekError> => {
  const index = sample.indexOf(id)
  return index !== undefined && index < count
    ? Effect.sync(() => recordAt(sample, index))
    : Effect.fail(failure(`/v1/alerts/executions/${id}`, new Reason.NotFound({ resource: "execution", id })))
}

/** The places of the executions of an alert, or of all, the newest first. */
const placesOf = (sample: Sample, alert: string | undefined): ReadonlyArray<number> => {
  const wanted = alerts.findIndex(({ alertId, name }) => alertId === alert || name === alert)
  const newestFirst = Array.from({ length: count }, (_, offset) => count - 1 - offset)
  return alert === undefined ? newestFirst : newestFirst.filter((index) => sample.alertOf(index) === wanted)
}

const pageOf = (sample: Sample, { alert, cursor, pageSize = 100 }: ListQuery): Page => {
  const places = placesOf(sample, alert)
  const from = Number(cursor ?? 0)
  const until = Math.min(places.length, from + pageSize)
  return {
    records: places.slice(from, until).map((index) => recordAt(sample, index)),
    next: until >= places.length ? null : Cursor.make(String(until)),
    totalCount: places.length,
  }
}

const isKnown = (alert: string | undefined): boolean =>
  alert === undefined || alerts.some(({ alertId, name }) => alertId === alert || name === alert)

const page = (sample: Sample, query: ListQuery): Effect.Effect<Page, MixpeekError> =>
  isKnown(query.alert)
    ? Effect.sync(() => pageOf(sample, query))
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

const latest = (sample: Sample, alert: string): Effect.Effect<Decoded, MixpeekError> =>
  Effect.flatMap(page(sample, { alert, pageSize: 1 }), ({ records: [newest] }) =>
    newest === undefined
      ? Effect.fail(failure(`/v1/alerts/${alert}/results`, new Reason.NotFound({ resource: "alert", id: alert })))
      : Effect.succeed(newest),
  )

const idle = { limit: null, remaining: null, resetsAt: null, spent: 0, pausedUntil: null, limited: 0 }

const shape = (
  sample: Sample,
): Pick<MixpeekShape, "record" | "page" | "pages" | "latest" | "alerts" | "getMany" | "budget"> => ({
  record: (id) => find(sample, id),
  page: (query = {}) => page(sample, query),
  pages: (query = {}) =>
    Stream.paginate(query.cursor, (cursor: Cursor | undefined) =>
      Effect.map(
        page(sample, { ...query, cursor }),
        (read) => [[{ ...read, cursor: cursor ?? null }], Option.fromNullOr(read.next)] as const,
      ),
    ),
  latest: (alert) => latest(sample, alert),
  alerts: (search = "") =>
    Stream.fromIterable(alerts.filter(({ name }) => name.toLowerCase().includes(search.toLowerCase())).map(alertOf)),
  getMany: (ids) =>
    Stream.fromIterable(ids).pipe(
      Stream.mapEffect((id) => Effect.map(Effect.result(find(sample, id)), (result) => ({ id, result }))),
    ),
  budget: {
    take: () => Effect.void,
    takeNow: () => true,
    learn: () => {},
    pause: () => {},
    state: Effect.succeed(idle),
    changes: Stream.empty,
  },
})

/** The service on the demo's data. */
export const demo: Layer.Layer<Mixpeek> = Layer.mock(Mixpeek)(shape(make(seed)))

/** The ID of the newest execution, for examples that work. */
export const newestId = (): ExecutionId => make(seed).executionId(count - 1)

/** What to add to the clock so that the newest execution ran two minutes ago. */
export const clockShift = (now: number): number => {
  const newest = recordAt(make(seed), count - 1)
  return newest._tag === "ExecutionRecord" ? toMillis(newest.execution.executedAt) + 120_000 - now : 0
}
