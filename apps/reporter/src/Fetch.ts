/** Turns a plan into units, in an order that is the same every time. */
import type { MixpeekError } from "@mixpeek-alerts/client"
import { ExitCode, exitCodeOf, Mixpeek, type MixpeekShape } from "@mixpeek-alerts/client"
import type { Cursor, Decoded, ExecutionId } from "@mixpeek-alerts/domain"
import { Effect, Queue, Result, Semaphore, Stream } from "effect"
import type { Missing, Position, Unit } from "./Unit.ts"
import { idsPerUnit, UnitAssembly } from "./UnitAssembly.ts"

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

/**
 * So many workers as there may be requests at once take the next ID, whatever
 * unit it belongs to, so that a slow answer holds up one of them. Units come
 * out in their order; only so many may be open, which bounds what a crash loses.
 */
const byId = (mixpeek: MixpeekShape, ids: ReadonlyArray<ExecutionId>, concurrency: number, from: number) =>
  Stream.callback<Unit, MixpeekError>(
    (queue) => {
      const assembly = new UnitAssembly(ids, from)
      const room = Semaphore.makeUnsafe(Math.ceil(concurrency / idsPerUnit) * 2 + 2)
      const worker = Effect.gen(function* () {
        for (let index = assembly.take(); index !== null; index = assembly.take()) {
          if (assembly.opens(index)) yield* room.take(1)
          for (const unit of assembly.put(index, yield* one(mixpeek, ids[index] as ExecutionId))) {
            yield* Queue.offer(queue, unit)
            yield* room.release(1)
          }
        }
      })
      const workers = Effect.replicateEffect(worker, concurrency, { concurrency: "unbounded", discard: true })
      return Effect.andThen(workers, Queue.end(queue))
    },
    { bufferSize: 1, strategy: "suspend" },
  )

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
