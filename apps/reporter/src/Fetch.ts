/** Turns a plan into units, in an order that is the same every time. */
import type { MixpeekError } from "@mixpeek-alerts/client"
import { ExitCode, exitCodeOf, Mixpeek, type MixpeekShape } from "@mixpeek-alerts/client"
import type { Cursor, Decoded, ExecutionId } from "@mixpeek-alerts/domain"
import { Effect, Result, Stream } from "effect"
import type { Missing, Position, Unit } from "./Unit.ts"

/** IDs of one unit: small enough that a slow key loses little by a crash, large enough to cost nothing. */
export const idsPerUnit = 32

/** How to get what was asked for. */
export type Strategy =
  | { readonly _tag: "ById"; readonly ids: ReadonlyArray<ExecutionId>; readonly concurrency: number }
  | {
      readonly _tag: "Walk"
      /** Alerts to walk, one after the other; `null` is the whole namespace. */
      readonly lists: ReadonlyArray<string | null>
      readonly pageSize: number
    }

/** Failures that belong to one ID; every other one ends the run, which can be resumed. */
const ownFault = new Set([
  "NotFound",
  "ServerFault",
  "Unreachable",
  "TimedOut",
  "Malformed",
  "NotJson",
  "InvalidRequest",
  "BodyTooLarge",
])

const one = (mixpeek: MixpeekShape, id: ExecutionId) =>
  Effect.flatMap(Effect.result(mixpeek.record(id)), (result): Effect.Effect<Decoded | Missing, MixpeekError> => {
    if (Result.isSuccess(result)) return Effect.succeed(result.success)
    const error = result.failure
    return ownFault.has(error.reason._tag) ? Effect.succeed({ id, error }) : Effect.fail(error)
  })

const blockOf = (
  mixpeek: MixpeekShape,
  ids: ReadonlyArray<ExecutionId>,
  start: number,
): Effect.Effect<Unit, MixpeekError> => {
  const block = ids.slice(start, start + idsPerUnit)
  const end = start + block.length
  return Effect.map(
    Effect.forEach(block, (id) => one(mixpeek, id), { concurrency: "unbounded" }),
    (results): Unit => {
      const records: Array<Decoded> = []
      const missing: Array<Missing> = []
      for (const result of results) {
        if ("error" in result) missing.push(result)
        else records.push(result)
      }
      const next: Position = end < ids.length ? { _tag: "Id", index: end } : { _tag: "End" }
      return { records, missing, next, totalCount: null, origin: "GET /v1/alerts/executions/{execution_id}" }
    },
  )
}

/** The client's own slots bound the requests; two units more than they need keep them filled. */
const byId = (mixpeek: MixpeekShape, ids: ReadonlyArray<ExecutionId>, concurrency: number, from: number) => {
  const starts: Array<number> = []
  for (let start = from; start < ids.length; start += idsPerUnit) starts.push(start)
  return Stream.fromArray(starts).pipe(
    Stream.mapEffect((start) => blockOf(mixpeek, ids, start), { concurrency: Math.ceil(concurrency / idsPerUnit) + 2 }),
  )
}

const walkOne = (mixpeek: MixpeekShape, strategy: Strategy & { _tag: "Walk" }, list: number, cursor: string | null) => {
  const alert = strategy.lists[list] ?? undefined
  const following: Position =
    list + 1 < strategy.lists.length ? { _tag: "Page", list: list + 1, cursor: null } : { _tag: "End" }
  return mixpeek
    .pages({ alert, pageSize: strategy.pageSize, cursor: (cursor ?? undefined) as Cursor | undefined })
    .pipe(
      Stream.map((page): Unit => ({
        records: page.records,
        missing: [],
        next: page.next === null ? following : { _tag: "Page", list, cursor: page.next },
        totalCount: page.totalCount,
        origin: `GET ${alert === undefined ? "/v1/alerts/executions" : `/v1/alerts/${alert}/executions`}`,
      })),
    )
}

const walk = (mixpeek: MixpeekShape, strategy: Strategy & { _tag: "Walk" }, list: number, cursor: string | null) =>
  Stream.fromIterable(strategy.lists.keys()).pipe(
    Stream.drop(list),
    Stream.flatMap((index) => walkOne(mixpeek, strategy, index, index === list ? cursor : null)),
  )

/** The beginning of a strategy. */
export const start = (strategy: Strategy): Position =>
  strategy._tag === "ById" ? { _tag: "Id", index: 0 } : { _tag: "Page", list: 0, cursor: null }

/** The units from `from` on; while one is written the next is fetched. */
export const units = (strategy: Strategy, from: Position): Stream.Stream<Unit, MixpeekError, Mixpeek> =>
  Stream.unwrap(
    Effect.map(Mixpeek, (mixpeek) => {
      if (from._tag === "End") return Stream.empty
      const stream =
        strategy._tag === "ById"
          ? byId(mixpeek, strategy.ids, strategy.concurrency, from._tag === "Id" ? from.index : 0)
          : walk(mixpeek, strategy, from._tag === "Page" ? from.list : 0, from._tag === "Page" ? from.cursor : null)
      return Stream.buffer(stream, { capacity: 1 })
    }),
  )

/** Whether the server no longer knows the cursor that a run stopped at, so that its walk has to start again. */
export const cursorExpired = (error: MixpeekError, from: Position): boolean =>
  from._tag === "Page" &&
  from.cursor !== null &&
  (exitCodeOf(error) === ExitCode.usage || exitCodeOf(error) === ExitCode.notFound)
