/** `/openapi.json` against the facts of Mixpeek's published reference, 0.81 to 0.82. */
import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { type Sandbox, startSandbox } from "../src/index.ts"

interface Shape {
  readonly properties: Readonly<Record<string, Readonly<Record<string, unknown>>>>
  readonly required?: ReadonlyArray<string>
}

interface Described {
  readonly parameters: ReadonlyArray<{ readonly name: string; readonly in: string; readonly schema: unknown }>
  readonly responses: Readonly<Record<string, { readonly content: Readonly<Record<string, { schema: unknown }>> }>>
}

interface Contract {
  readonly openapi: string
  readonly paths: Readonly<Record<string, Readonly<Record<string, Described>>>>
  readonly components: { readonly schemas: Readonly<Record<string, Shape>> }
}

let sandbox: Sandbox
let contract: Contract

beforeAll(async () => {
  sandbox = await startSandbox({ executions: 2500 })
  contract = (await (await fetch(`${sandbox.baseUrl}/openapi.json`)).json()) as Contract
})

afterAll(() => sandbox.close())

const described = (route: string): Described | undefined => {
  const [method = "", path = ""] = route.split(" ")
  return contract.paths[path]?.[method.toLowerCase()]
}

const shape = (name: string): Shape => contract.components.schemas[name] as Shape

/** Fields, and whether each may be left out or be null. */
const fieldsOf = ({ properties, required }: Shape) =>
  Object.fromEntries(
    Object.entries(properties).map(([name, schema]) => {
      const nullable = JSON.stringify(schema["anyOf"] ?? []).includes('{"type":"null"}')
      return [name, required?.includes(name) === true ? (nullable ? "required, nullable" : "required") : "optional"]
    }),
  )

const reference = (name: string) => ({ $ref: `#/components/schemas/${name}` })

const lists = [
  "GET /v1/alerts/executions",
  "GET /v1/alerts/{alert_identifier}/executions",
  "POST /v1/alerts/list",
] as const

const answers = {
  "GET /v1/alerts/executions/{execution_id}": "AlertExecutionResult",
  "GET /v1/alerts/executions": "AlertExecutionListResponse",
  "GET /v1/alerts/{alert_identifier}/executions": "AlertExecutionListResponse",
  "GET /v1/alerts/{alert_identifier}/results": "AlertExecutionResult",
  "GET /v1/alerts/{alert_identifier}": "AlertResponse",
  "POST /v1/alerts/list": "ListAlertsResponse",
} as const

describe("the contract", () => {
  it("has exactly the endpoints of the reference", () => {
    expect(contract.openapi).toMatch(/^3\.1\./)
    const routes = Object.entries(contract.paths).flatMap(([path, methods]) =>
      Object.keys(methods).map((method) => `${method.toUpperCase()} ${path}`),
    )
    expect(routes.toSorted()).toEqual(Object.keys(answers).toSorted())
  })

  it.each(Object.entries(answers))("says that %s answers with %s", (route, name) => {
    expect(described(route)?.responses["200"]?.content["application/json"]?.schema).toEqual(reference(name))
  })

  it.each(Object.keys(answers))("takes the namespace of %s from X-Namespace, or from ?namespace=", (route) => {
    expect(described(route)?.parameters).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ name: "X-Namespace", in: "header" }),
        expect.objectContaining({ name: "namespace", in: "query" }),
      ]),
    )
  })

  it.each(lists)("bounds what %s takes as the reference does", (route) => {
    const taken = described(route)?.parameters.filter((one) => one.in === "query" && one.name !== "namespace")
    expect(Object.fromEntries(taken?.map(({ name, schema }) => [name, schema]) ?? [])).toMatchObject({
      limit: { type: "integer", minimum: 1, maximum: 1000 },
      offset: { type: "integer", minimum: 0, maximum: 10_000 },
      cursor: { type: "string" },
      include_total: { type: "boolean", default: false },
    })
    expect(taken).toHaveLength(4)
  })

  it.each([
    [
      "AlertExecutionResult",
      {
        alert_id: "required",
        collection_id: "required",
        execution_id: "optional",
        triggered: "required",
        match_count: "required",
        matches: "optional",
        source_documents: "optional",
        executed_at: "required",
        duration_ms: "required",
      },
    ],
    ["AlertExecutionListResponse", { results: "required", pagination: "required", total_count: "required" }],
    [
      "PaginationResponse",
      {
        total: "optional",
        page: "optional",
        page_size: "optional",
        total_pages: "optional",
        next_page: "optional",
        previous_page: "optional",
        next_cursor: "optional",
      },
    ],
    [
      "AlertResponse",
      {
        name: "required",
        notification_config: "required",
        alert_id: "optional",
        namespace_id: "optional",
        description: "optional",
        retriever_id: "optional",
        enabled: "optional",
        created_at: "optional",
        updated_at: "optional",
        metadata: "optional",
        source: "optional",
        trigger_on: "optional",
      },
    ],
    ["ListAlertsRequest", { search: "optional", filters: "optional", sort: "optional", case_sensitive: "optional" }],
  ])("gives %s the fields of the reference", (name, fields) => {
    expect(fieldsOf(shape(name))).toEqual(fields)
  })

  it("gives an alert's notifications the fields of the reference", () => {
    expect(fieldsOf(shape("AlertResponse").properties["notification_config"] as unknown as Shape)).toEqual({
      channels: "required",
      include_matches: "required",
      include_scores: "required",
      template_id: "optional",
    })
  })

  it("gives a match the fields of the reference, with a score from 0 to 1", () => {
    const matches = shape("AlertExecutionResult").properties["matches"] as { anyOf: ReadonlyArray<{ items: Shape }> }
    const match = matches.anyOf[0]?.items as Shape
    expect(fieldsOf(match)).toEqual({
      document_id: "required",
      score: "required",
      asset_id: "optional",
      matched_features: "optional",
      metadata: "optional",
    })
    expect(match.properties["score"]).toEqual({ type: "number", minimum: 0, maximum: 1 })
  })

  it("counts matches and milliseconds from 0, and takes names of 1 to 200 characters", () => {
    for (const field of ["match_count", "duration_ms"]) {
      expect(shape("AlertExecutionResult").properties[field]).toMatchObject({ type: "integer", minimum: 0 })
    }
    expect(JSON.stringify(shape("AlertResponse").properties["name"])).toMatch(/"minLength":1\b.*"maxLength":200\b/)
  })

  it.each(Object.keys(answers))("names the statuses that %s refuses with, and their two shapes", (route) => {
    const { 200: _, ...refusals } = described(route)?.responses ?? {}
    const list = (lists as ReadonlyArray<string>).includes(route)
    const expected = ["401", "403", "404", "429", "500", "503", ...(list ? ["400", "422"] : [])]
    expect(Object.keys(refusals).toSorted()).toEqual(expected.toSorted())
    for (const [status, { content }] of Object.entries(refusals)) {
      const envelope = reference("ErrorResponse")
      expect(content["application/json"]?.schema).toEqual(
        status === "422" ? { anyOf: [envelope, reference("HTTPValidationError")] } : envelope,
      )
    }
  })
})
