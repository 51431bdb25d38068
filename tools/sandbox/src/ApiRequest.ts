/** One request to the API, taken apart. */
import type { IncomingMessage } from "node:http"

export interface ApiRequest {
  readonly method: string
  /** The path and query as sent. */
  readonly target: string
  readonly query: URLSearchParams
  readonly headers: IncomingMessage["headers"]
  /** How many requests came before this one, plus one. */
  readonly number: number
  /** The request ID that the response carries. */
  readonly id: string
  /** Whether it came to the second origin, where a redirect leads. */
  readonly elsewhere: boolean
}

const decoded = (segment: string): string => {
  try {
    return decodeURIComponent(segment)
  } catch {
    return segment
  }
}

/** The decoded parts of a path. */
export const segmentsOf = (target: string): ReadonlyArray<string> =>
  (target.split("?")[0] ?? "").split("/").slice(1).map(decoded)

const requestId = (seed: number, number: number): string =>
  `req_${(seed >>> 0).toString(16).padStart(8, "0")}${number.toString(16).padStart(8, "0")}`

export const apiRequest = (
  incoming: IncomingMessage,
  place: { readonly seed: number; readonly number: number; readonly elsewhere: boolean },
): ApiRequest => {
  const target = incoming.url ?? "/"
  return {
    method: incoming.method ?? "GET",
    target,
    query: new URLSearchParams(target.includes("?") ? target.slice(target.indexOf("?") + 1) : ""),
    headers: incoming.headers,
    number: place.number,
    id: requestId(place.seed, place.number),
    elsewhere: place.elsewhere,
  }
}

/** The key of `Authorization: Bearer KEY`. */
export const keyOf = (request: ApiRequest): string | undefined =>
  /^Bearer +(\S+) *$/i.exec(request.headers.authorization ?? "")?.[1]

/** `X-Namespace`, or `?namespace=` when it is absent. */
export const namespaceOf = (request: ApiRequest): string | undefined => {
  const header = request.headers["x-namespace"]
  return typeof header === "string" && header !== "" ? header : (request.query.get("namespace") ?? undefined)
}
