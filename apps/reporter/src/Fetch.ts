/** Turns a plan into units, in an order that is the same every time. */
import { ExitCode, exitCodeOf, Mixpeek, MixpeekError, type MixpeekShape } from "@mixpeek-alerts/client"
import type { Cursor, Decoded, ExecutionId } from "@mixpeek-alerts/domain"
import { type Array, Cause, Effect, Latch, type Pull, Queue, Result, type Scope, Stream } from "effect"
import { spareCompilers } from "./Compilers.ts"
import { roomForRecords } from "./Heap.ts"
import type { Position, Unit } from "./Unit.ts"
import { type Answer, idsPerUnit, UnitAssembly } from "./UnitAssembly.ts"

/** Takes the units that are there, and waits for one when there is none. */
export type UnitPull = Pull.Pull<Array.NonEmptyReadonlyArray<Unit>, MixpeekError>

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

/** What came of an ID, or the failure that ends the run. */
const answerOf = (id: ExecutionId, result: Result.Result<Decoded, MixpeekError>): Answer | MixpeekError => {
  if (Result.isSuccess(result)) return result.success
  return ownFault.has(result.failure.reason._tag) ? { id, error: result.failure } : result.failure
}

/**
 * So many workers as there may be requests at once take the next ID, whatever
 * unit it belongs to, so that a slow answer holds up one of them. Units come
 * out in their order; only so many may be open, which bounds what a crash loses.
 */
const byId = Effect.fnUntraced(function* (
  mixpeek: MixpeekShape,
  ids: ReadonlyArray<ExecutionId>,
  concurrency: number,
  from: number,
): Effect.fn.Return<UnitPull, never, Scope.Scope> {
  roomForRecords()
  spareCompilers()
  const units = yield* Queue.unbounded<Unit, MixpeekError | Cause.Done>()
  const assembly = new UnitAssembly(ids, from, Math.ceil(concurrency / idsPerUnit) * 2 + 2)
  const room = Latch.makeUnsafe(true)
  const worker = Effect.gen(function* () {
    let index: number | null = null
    const next = () => {
      index = assembly.take()
      if (index === null) room.closeUnsafe()
      return index === null ? null : (ids[index] as ExecutionId)
    }
    const put = (result: Result.Result<Decoded, MixpeekError>) => {
      const at = index as number
      const answer = answerOf(ids[at] as ExecutionId, result)
      if (answer instanceof MixpeekError) Queue.failCauseUnsafe(units, Cause.fail(answer))
      else for (const unit of assembly.put(at, answer)) Queue.offerUnsafe(units, unit)
    }
    while (!assembly.isDone) {
      yield* mixpeek.recordsOf(next, put)
      if (!assembly.isDone) yield* room.await
    }
  })
  const workers = Effect.replicateEffect(worker, concurrency, { concurrency: "unbounded", discard: true })
  yield* Effect.forkScoped(Effect.andThen(workers, Queue.end(units)))
  return Effect.map(Queue.takeAll(units), (taken) => {
    assembly.release(taken.length)
    room.openUnsafe()
    return taken
  })
})

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

/**
 * The units from `from` on, as many at once as there are; while they are written the next are fetched, until the scope closes.
 * No stream: of IDs it would cost as much for a unit as what is done with it.
 */
export const units = Effect.fnUntraced(function* (
  strategy: Strategy,
  from: Position,
): Effect.fn.Return<UnitPull, never, Mixpeek | Scope.Scope> {
  const mixpeek = yield* Mixpeek
  if (from._tag === "End") return Cause.done()
  if (strategy._tag === "ById") {
    return yield* byId(mixpeek, strategy.ids, strategy.concurrency, from._tag === "Id" ? from.index : 0)
  }
  const [list, cursor] = from._tag === "Page" ? [from.list, from.cursor] : [0, null]
  return yield* Stream.toPull(Stream.buffer(walk(mixpeek, strategy, list, cursor), { capacity: 1 }))
})

/** Whether the server no longer knows the cursor that a run stopped at, so that its walk has to start again. */
export const cursorExpired = (error: MixpeekError, from: Position): boolean =>
  from._tag === "Page" &&
  from.cursor !== null &&
  (exitCodeOf(error) === ExitCode.usage || exitCodeOf(error) === ExitCode.notFound)
