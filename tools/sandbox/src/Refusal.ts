/** The faults that answer with a status instead of data; the first one that plays wins. */
import { apiError, envelopeInvalid, fastApiInvalid, notFound, unauthorized } from "./ApiError.ts"
import type { ApiRequest } from "./ApiRequest.ts"
import type { FaultName } from "./Fault.ts"
import type { Playing } from "./FaultBoard.ts"
import { limited } from "./RateLimitFault.ts"
import { html, type Reply } from "./Reply.ts"
import type { World } from "./World.ts"

type Refuse = (playing: Playing, now: number) => Reply

const quota = { resource: "alert_executions", current: 10_000, limit: 10_000, tier: "free" }

const refusals: ReadonlyArray<readonly [FaultName, Refuse]> = [
  ["401-midrun", () => unauthorized("The API key was revoked.")],
  ["403", (playing) => apiError(403, playing.text("type"), "Not allowed.")],
  ["403-quota", () => apiError(403, "QuotaExceededError", "The quota is used up.", quota)],
  ["404", () => notFound("alert_execution", "gone")],
  ["409", () => apiError(409, "AlreadyExistsError", "It exists already.")],
  [
    "422-fastapi",
    () => fastApiInvalid([{ type: "missing", loc: ["header", "X-Namespace"], msg: "Field required", input: null }]),
  ],
  [
    "422-envelope",
    () => envelopeInvalid([{ type: "value_error", location: ["query", "limit"], message: "Not a good limit" }]),
  ],
  ["429", limited],
  ["500", (playing) => apiError(500, playing.text("type"), "Something went wrong.")],
  ["502", () => html(502, "502 Bad Gateway")],
  [
    "503",
    (playing) => {
      const seconds = playing.number("seconds")
      const headers = seconds > 0 ? { "Retry-After": String(seconds) } : {}
      return apiError(503, "InferenceServiceUnavailableError", "Inference is not available.", null, headers)
    },
  ],
  ["504", () => ({ status: 504, headers: {}, body: "" })],
  ["520", () => ({ status: 520, headers: { "content-type": "text/plain; charset=UTF-8" }, body: "error code: 520\n" })],
]

/** The reply of the first refusal that plays. */
export const refusal = (world: World, request: ApiRequest, now: number): Reply | undefined => {
  for (const [name, refuse] of refusals) {
    const playing = world.faults.play(name, request.target)
    if (playing !== undefined) return refuse(playing, now)
  }
  return undefined
}

const redirected = "redirected=1"

const marked = (target: string): string => `${target}${target.includes("?") ? "&" : "?"}${redirected}`

/** A 307 to this or another origin. A request that was redirected already is let through. */
export const redirect = async (world: World, request: ApiRequest): Promise<Reply | undefined> => {
  if (request.elsewhere || request.target.includes(redirected)) return undefined
  const away = world.faults.play("redirect-origin", request.target)
  if (away !== undefined) {
    const origin = away.text("to") || (await world.elsewhere())
    return { status: 307, headers: { location: `${origin}${request.target}` }, body: "" }
  }
  if (world.faults.play("redirect-same", request.target) === undefined) return undefined
  return { status: 307, headers: { location: marked(request.target) }, body: "" }
}
