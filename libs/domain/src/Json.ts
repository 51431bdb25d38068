/** JSON values as they come out of `JSON.parse`, and the keys that nobody listed. */

export type Json = null | boolean | number | string | ReadonlyArray<Json> | JsonObject

/** A JSON object as `JSON.parse` builds it. */
export interface JsonObject {
  readonly [key: string]: Json
}

/** An object without members. */
export const noMembers: JsonObject = Object.freeze({})

/**
 * The members of `object` whose key is not in `listed`. A key named `__proto__`
 * stays an ordinary key.
 */
export const unlisted = (object: object, listed: ReadonlySet<string>): JsonObject => {
  let rest: Record<string, Json> | undefined
  for (const key in object) {
    if (listed.has(key) || !Object.hasOwn(object, key)) continue
    rest ??= {}
    const value = (object as Record<string, Json>)[key] as Json
    Object.defineProperty(rest, key, { value, enumerable: true, configurable: true, writable: true })
  }
  return rest ?? noMembers
}

/** Whether an object has any member of its own. */
export const hasMembers = (object: JsonObject): boolean => {
  for (const key in object) if (Object.hasOwn(object, key)) return true
  return false
}
