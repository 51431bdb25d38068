/** The faults of walking a list: which records a request gets, and which cursor. */
import { apiError } from "./ApiError.ts"
import type { ApiRequest } from "./ApiRequest.ts"
import { type CursorScope, encodeCursor, type Place } from "./Cursor.ts"
import type { Span } from "./ExecutionList.ts"
import type { Reply } from "./Reply.ts"
import type { World } from "./World.ts"

/** The executions of a page, and its next cursor. */
export interface Step {
  readonly indexes: ReadonlyArray<number>
  readonly nextCursor: string | null
}

/** Where the request stands: its own place when it came with a cursor, and the page that it should get. */
export interface Stand {
  readonly scope: CursorScope
  readonly place: Place | undefined
  readonly span: Span
}

/** A 400 for a cursor that is too old, while the fault `expired-cursor` is on. */
export const expired = (world: World, request: ApiRequest, place: Place): Reply | undefined => {
  const age = Number(world.faults.peek("expired-cursor", "age") ?? 0)
  if (age > 0 && request.number - (place.issued ?? 0) <= age) return undefined
  if (world.faults.play("expired-cursor", request.target) === undefined) return undefined
  return apiError(400, "BadRequestError", "The cursor has expired.", { parameter: "cursor" })
}

/** The cursor to a place, marked with its age while cursors can expire. */
export const cursorTo = (world: World, request: ApiRequest, scope: CursorScope, place: Place): string => {
  const ages = Number(world.faults.peek("expired-cursor", "age") ?? 0) > 0
  return encodeCursor(scope, ages ? { ...place, issued: request.number } : place)
}

const emptyStep = (world: World, request: ApiRequest, stand: Stand): Step | undefined => {
  const before = stand.place?.empty ?? 0
  const times = Number(world.faults.peek("empty-page", "times") ?? 1)
  if (stand.span.indexes.length === 0 || before >= times) return undefined
  if (before === 0 && world.faults.play("empty-page", request.target) === undefined) return undefined
  const place = { index: stand.span.start, empty: before + 1 }
  return { indexes: [], nextCursor: cursorTo(world, request, stand.scope, place) }
}

const repeatStep = (world: World, request: ApiRequest, stand: Stand): Step | undefined => {
  if (stand.span.indexes.length === 0 || world.faults.play("page-repeat", request.target) === undefined)
    return undefined
  const place = { index: stand.span.start, repeated: (stand.place?.repeated ?? 0) + 1 }
  return { indexes: stand.span.indexes, nextCursor: cursorTo(world, request, stand.scope, place) }
}

const loopStep = (world: World, request: ApiRequest, stand: Stand): Step | undefined => {
  const { place, scope, span } = stand
  const cursor = request.query.get("cursor")
  if (place === undefined || cursor === null) return undefined
  if (place.back !== undefined) {
    return { indexes: span.indexes, nextCursor: encodeCursor(scope, { index: place.back }) }
  }
  if (world.faults.play("cursor-loop", request.target)) return { indexes: span.indexes, nextCursor: cursor }
  if (span.next === null || !world.faults.play("cursor-loop-aba", request.target)) return undefined
  return { indexes: span.indexes, nextCursor: encodeCursor(scope, { index: span.next, back: place.index }) }
}

/** The step that a request makes through its list, with whatever faults play. */
export const stepOf = (world: World, request: ApiRequest, stand: Stand): Step => {
  const { scope, span } = stand
  const fault = emptyStep(world, request, stand) ?? repeatStep(world, request, stand) ?? loopStep(world, request, stand)
  if (fault !== undefined) return fault
  const nextCursor = span.next === null ? null : cursorTo(world, request, scope, { index: span.next })
  return { indexes: span.indexes, nextCursor }
}
