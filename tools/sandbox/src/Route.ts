/** Which endpoint a request means. */
import { findAlert } from "./AlertDirectory.ts"
import { alertPage, oneAlert } from "./Alerts.ts"
import { methodNotAllowed, notFound } from "./ApiError.ts"
import type { ApiRequest } from "./ApiRequest.ts"
import { executionPage, latestExecution, oneExecution } from "./Executions.ts"
import type { Reply } from "./Reply.ts"
import type { World } from "./World.ts"

export interface Route {
  /** Its name in the counts, as in `GET /v1/alerts/{alert_identifier}`. */
  readonly name: string
  readonly answer: (world: World, request: ApiRequest, body: string) => Reply
}

type OfAlert = (world: World, request: ApiRequest, alert: number, asked: string) => Reply

const unknown: Route = {
  name: "unknown",
  answer: (_world, request) => notFound("route", request.target.split("?")[0] ?? ""),
}

const refuse = (allow: string): Route => ({ name: "unknown", answer: () => methodNotAllowed(allow) })

const ofAlert = (name: string, asked: string, answer: OfAlert): Route => ({
  name,
  answer: (world, request) => {
    const alert = findAlert(asked)
    return alert === -1 ? notFound("alert", asked) : answer(world, request, alert, asked)
  },
})

const onlyGet = (method: string, route: Route): Route => (method === "GET" ? route : refuse("GET"))

const below = (method: string, first: string, second: string): Route => {
  if (first === "executions") {
    const name = "GET /v1/alerts/executions/{execution_id}"
    return onlyGet(method, { name, answer: (world, request) => oneExecution(world, request, second) })
  }
  if (second === "executions") {
    const name = "GET /v1/alerts/{alert_identifier}/executions"
    return onlyGet(method, ofAlert(name, first, executionPage))
  }
  if (second === "results") {
    const name = "GET /v1/alerts/{alert_identifier}/results"
    return onlyGet(method, ofAlert(name, first, latestExecution))
  }
  return unknown
}

const top = (method: string, first: string): Route => {
  if (first === "list" && method === "POST") return { name: "POST /v1/alerts/list", answer: alertPage }
  if (first === "executions") {
    const name = "GET /v1/alerts/executions"
    return onlyGet(method, { name, answer: (world, request) => executionPage(world, request, undefined) })
  }
  const name = "GET /v1/alerts/{alert_identifier}"
  return onlyGet(
    method,
    ofAlert(name, first, (world, _request, alert, asked) => oneAlert(world, alert, asked)),
  )
}

export const routeOf = (method: string, segments: ReadonlyArray<string>): Route => {
  const [version, noun, first, second, ...rest] = segments
  if (version !== "v1" || noun !== "alerts" || first === undefined || first === "" || rest.length > 0) return unknown
  return second === undefined ? top(method, first) : below(method, first, second)
}
