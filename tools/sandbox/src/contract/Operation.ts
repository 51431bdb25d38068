/** The operations that the sandbox implements, as data: what each takes, gives, and refuses with. */
import type { Schema } from "effect"
import { pageBounds } from "../PageQuery.ts"
import {
  AlertExecutionListResponse,
  AlertExecutionResult,
  AlertResponse,
  ListAlertsRequest,
  ListAlertsResponse,
} from "./WireSchema.ts"

/** Where a value stands in a request, and what it may be. */
export interface Parameter {
  readonly name: string
  readonly in: "path" | "query" | "header"
  readonly required: boolean
  readonly description: string
  readonly schema: Readonly<Record<string, unknown>>
}

export interface Operation {
  /** Method and path, as the sandbox counts them: `GET /v1/alerts/executions`. */
  readonly route: string
  readonly summary: string
  readonly parameters: ReadonlyArray<Parameter>
  readonly body?: Schema.Top
  readonly answer: Schema.Top
  readonly statuses: ReadonlyArray<number>
}

const path = (name: string, description: string): Parameter => ({
  name,
  in: "path",
  required: true,
  description,
  schema: { type: "string" },
})

const query = (name: string, description: string, schema: Parameter["schema"]): Parameter => ({
  name,
  in: "query",
  required: false,
  description,
  schema,
})

const within = ({ least, most, standard }: (typeof pageBounds)[keyof typeof pageBounds]) => ({
  type: "integer",
  minimum: least,
  maximum: most,
  default: standard,
})

const namespace: ReadonlyArray<Parameter> = [
  { name: "X-Namespace", in: "header", required: false, description: "Its ID or name.", schema: { type: "string" } },
  query("namespace", "The namespace, when there is no X-Namespace.", { type: "string" }),
]

const paging: ReadonlyArray<Parameter> = [
  query("limit", "How many on a page.", within(pageBounds.limit)),
  query("offset", "How many to pass over, when there is no cursor.", within(pageBounds.offset)),
  query("cursor", "Where the page begins: next_cursor of the page before.", { type: "string" }),
  query("include_total", "Whether pagination has the total.", { type: "boolean", default: false }),
]

const executionId = path("execution_id", "An execution, exec_….")
const alert = path("alert_identifier", "An alert, by ID or name.")

const always = [401, 403, 404, 429, 500, 503]
const ofList = [400, 422, ...always]

export const operations: ReadonlyArray<Operation> = [
  {
    route: "GET /v1/alerts/executions/{execution_id}",
    summary: "One execution",
    parameters: [executionId, ...namespace],
    answer: AlertExecutionResult,
    statuses: always,
  },
  {
    route: "GET /v1/alerts/executions",
    summary: "The executions of every alert of the namespace",
    parameters: [...paging, ...namespace],
    answer: AlertExecutionListResponse,
    statuses: ofList,
  },
  {
    route: "GET /v1/alerts/{alert_identifier}/executions",
    summary: "The executions of one alert",
    parameters: [alert, ...paging, ...namespace],
    answer: AlertExecutionListResponse,
    statuses: ofList,
  },
  {
    route: "GET /v1/alerts/{alert_identifier}/results",
    summary: "The latest execution of one alert",
    parameters: [alert, ...namespace],
    answer: AlertExecutionResult,
    statuses: always,
  },
  {
    route: "GET /v1/alerts/{alert_identifier}",
    summary: "One alert",
    parameters: [alert, ...namespace],
    answer: AlertResponse,
    statuses: always,
  },
  {
    route: "POST /v1/alerts/list",
    summary: "Alerts that fit a search",
    parameters: [...paging, ...namespace],
    body: ListAlertsRequest,
    answer: ListAlertsResponse,
    statuses: ofList,
  },
]
