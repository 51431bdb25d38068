/** What stands between a request and its endpoint: the key, the limits, the namespace. */
import { notFound, tooManyRequests, unauthorized } from "./ApiError.ts"
import { type ApiRequest, keyOf, namespaceOf } from "./ApiRequest.ts"
import { rateHeaders, secondsLeft } from "./RateLimit.ts"
import type { Reply } from "./Reply.ts"
import type { World } from "./World.ts"

export interface Entry {
  /** Why the request goes no further. */
  readonly refused: Reply | undefined
  /** The rate limit as it stands, for the headers of whatever is answered. */
  readonly headers: Readonly<Record<string, string>>
}

const keyRefusal = (world: World, request: ApiRequest): Reply | undefined => {
  const key = keyOf(request)
  if (key === undefined) return unauthorized("The Authorization header is missing or is not a Bearer key.")
  return key === world.options.apiKey ? undefined : unauthorized("The API key is not valid.")
}

const crowdRefusal = (world: World): Reply | undefined => {
  const { concurrency } = world.options
  if (concurrency === undefined || world.traffic.requests.inFlight <= concurrency) return undefined
  return tooManyRequests({ limit: concurrency, retry_after: 1, api_name: "concurrency" }, { "Retry-After": "1" })
}

const namespaceRefusal = (world: World, request: ApiRequest): Reply | undefined => {
  const asked = namespaceOf(request) ?? ""
  return asked === world.options.namespace ? undefined : notFound("namespace", asked)
}

/** Lets a request in or not. `skew` is how far the server's clock is off, in milliseconds. */
export const admit = (world: World, request: ApiRequest, skew: number): Entry => {
  const noKey = keyRefusal(world, request)
  if (noKey !== undefined) return { refused: noKey, headers: {} }
  const now = world.options.now()
  const admission = world.rate?.admit(world.options.apiKey, now)
  const headers = admission === undefined ? {} : rateHeaders(admission, skew)
  if (admission !== undefined && !admission.allowed) {
    const wait = secondsLeft(admission, now)
    const details = { limit: admission.limit, window: admission.windowSeconds, retry_after: wait }
    return { refused: tooManyRequests(details, { "Retry-After": String(wait) }), headers }
  }
  return { refused: crowdRefusal(world) ?? namespaceRefusal(world, request), headers }
}
