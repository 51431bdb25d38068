/** What the sandbox answers, against the schemas that `/openapi.json` shows. */
import { Schema } from "effect"
import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { operations } from "../src/contract/Operation.ts"
import { ErrorResponse, HTTPValidationError } from "../src/contract/WireSchema.ts"
import { type Sandbox, startSandbox } from "../src/index.ts"
import { ask, page } from "./Ask.ts"

let sandbox: Sandbox

beforeAll(async () => {
  sandbox = await startSandbox({ executions: 2500 })
})

afterAll(() => sandbox.close())

describe("what the sandbox answers", () => {
  const strictly = { onExcessProperty: "error" } as const

  const asked = async (route: string): Promise<Response> => {
    const [method = "", path = ""] = route.split(" ")
    const known = await page(sandbox, "/v1/alerts/executions")
    const first = known.results?.find((record) => record["execution_id"] !== undefined) ?? {}
    const target = path
      .replace("{execution_id}", String(first["execution_id"]))
      .replace("{alert_identifier}", String(first["alert_id"]))
    return ask(sandbox, target, method === "POST" ? { method, body: "{}" } : { method })
  }

  it.each(operations.map((operation) => ({ ...operation })))("to $route fits its schema", async ({ answer, route }) => {
    const before = sandbox.requests.byPath[route] ?? 0
    const response = await asked(route)
    expect(response.status).toBe(200)
    expect(sandbox.requests.byPath[route]).toBeGreaterThan(before)
    await Schema.decodeUnknownPromise(answer as Schema.Codec<unknown>, strictly)(await response.json())
  })

  it("fits on every page of the list, and keeps the bounds that it tells", async () => {
    const list = operations.find(({ route }) => route === "GET /v1/alerts/executions")?.answer as Schema.Codec<unknown>
    for (const at of ["limit=1000", "limit=1", "limit=1000&offset=2000&include_total=true", "offset=10000"]) {
      await Schema.decodeUnknownPromise(list, strictly)(await page(sandbox, `/v1/alerts/executions?${at}`))
    }
    for (const beyond of ["limit=0", "limit=1001", "offset=-1", "offset=10001", "include_total=maybe"]) {
      const refused = await ask(sandbox, `/v1/alerts/executions?${beyond}`)
      expect(refused.status, beyond).toBe(422)
      await Schema.decodeUnknownPromise(HTTPValidationError)(await refused.json())
    }
  })

  it("fits when it is a refusal", async () => {
    for (const path of ["/v1/alerts/executions?cursor=nonsense", "/v1/alerts/executions/exec_unknown"]) {
      const refused = await ask(sandbox, path)
      expect([400, 404]).toContain(refused.status)
      await Schema.decodeUnknownPromise(ErrorResponse, strictly)(await refused.json())
    }
  })
})
