/** Where the next page begins, as text that is bound to its list and seed. */

/** A place in a list; the optional parts are marks that page faults leave behind. */
export interface Place {
  readonly index: number
  /** How often the page here was repeated (`page-repeat`). */
  readonly repeated?: number
  /** How many empty pages came before the page here (`empty-page`). */
  readonly empty?: number
  /** The place to go back to (`cursor-loop-aba`). */
  readonly back?: number
  /** The number of the request that this was the answer to (`expired-cursor`). */
  readonly issued?: number
}

export interface CursorScope {
  readonly list: string
  readonly seed: number
  /** How many things the list can hold. */
  readonly size: number
}

export const encodeCursor = (scope: CursorScope, place: Place): string =>
  Buffer.from(
    JSON.stringify([
      scope.list,
      scope.seed,
      place.index,
      place.repeated ?? 0,
      place.empty ?? 0,
      place.back ?? -1,
      place.issued ?? -1,
    ]),
  ).toString("base64url")

const isParts = (value: unknown): value is [string, number, number, number, number, number, number] =>
  Array.isArray(value) && value.length === 7 && value.slice(1).every((part) => Number.isSafeInteger(part))

const placeOf = (parts: [string, number, number, number, number, number, number]): Place => {
  const [, , index, repeated, empty, back, issued] = parts
  return {
    index,
    ...(repeated === 0 ? {} : { repeated }),
    ...(empty === 0 ? {} : { empty }),
    ...(back === -1 ? {} : { back }),
    ...(issued === -1 ? {} : { issued }),
  }
}

/** The place that a cursor means; undefined when this list never gave it out. */
export const decodeCursor = (scope: CursorScope, cursor: string): Place | undefined => {
  let parts: unknown
  try {
    parts = JSON.parse(Buffer.from(cursor, "base64url").toString("utf8"))
  } catch {
    return undefined
  }
  if (!isParts(parts)) return undefined
  const place = placeOf(parts)
  const inside = place.index >= 0 && place.index < scope.size
  return inside && encodeCursor(scope, place) === cursor ? place : undefined
}
