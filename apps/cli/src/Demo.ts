/** Made-up executions behind the same service: no key, no network, the same data every time. */
import { Mixpeek, MixpeekError, type MixpeekShape, Reason } from "@mixpeek-alerts/client"
import { Cursor, type Decoded, type ExecutionId, type Page, parseRecord, toMillis } from "@mixpeek-alerts/domain"
import { make, type Sample } from "@mixpeek-alerts/domain/Sample"
import { Effect, Layer, Result, Stream } from "effect"

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

const pageOf = (sample: Sample, size: number, cursor: string | undefined): Page => {
  const from = Number(cursor ?? 0)
  const until = Math.min(count, from + size)
  return {
    records: Array.from({ length: until - from }, (_, offset) => recordAt(sample, count - 1 - from - offset)),
    next: until === count ? null : Cursor.make(String(until)),
    totalCount: count,
  }
}

const idle = { limit: null, remaining: null, resetsAt: null, spent: 0, pausedUntil: null, limited: 0 }

const shape = (sample: Sample): Pick<MixpeekShape, "record" | "page" | "getMany" | "budget"> => ({
  record: (id) => find(sample, id),
  page: (query = {}) => Effect.sync(() => pageOf(sample, query.pageSize ?? 100, query.cursor)),
  getMany: (ids) =>
    Stream.fromIterable(ids).pipe(
      Stream.mapEffect((id) => Effect.map(Effect.result(find(sample, id)), (result) => ({ id, result }))),
    ),
  budget: {
    take: () => Effect.void,
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
