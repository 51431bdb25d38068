/** The endpoints that answer with alerts. */
import { Alert } from "@mixpeek-alerts/domain"
import { alerts } from "@mixpeek-alerts/domain/Sample"
import { Schema } from "effect"
import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { type Sandbox, startSandbox } from "../src/index.ts"
import { ask, cursorOf, errorOf, type PageBody } from "./Ask.ts"

let sandbox: Sandbox

beforeAll(async () => {
  sandbox = await startSandbox({ executions: 10 })
})

afterAll(() => sandbox.close())

const search = async (body: unknown, query = ""): Promise<PageBody> => {
  const init = { method: "POST", body: JSON.stringify(body) }
  return (await (await ask(sandbox, `/v1/alerts/list${query}`, init)).json()) as PageBody
}

const names = (body: PageBody): ReadonlyArray<unknown> => (body.results ?? []).map((one) => one["name"])

describe("GET /v1/alerts/{alert}", () => {
  it.each(alerts.map((alert) => [alert.name, alert.alertId] as const))("finds %s by name and ID", async (name, id) => {
    for (const identifier of [id, encodeURIComponent(name)]) {
      const body = await (await ask(sandbox, `/v1/alerts/${identifier}`)).json()
      expect(body).toMatchObject({ alert_id: id, name, namespace_id: "ns_sandbox" })
      expect(Schema.decodeUnknownSync(Alert)(body).name).toBe(name)
    }
  })

  it("says 404 for an unknown alert", async () => {
    expect((await ask(sandbox, "/v1/alerts/list")).status).toBe(404)
  })
})

describe("POST /v1/alerts/list", () => {
  it("lists all alerts for an empty search", async () => {
    const body = await search({})
    expect(names(body)).toEqual(alerts.map((alert) => alert.name))
    expect(body.total_count).toBe(alerts.length)
  })

  it("searches with and without regard to case", async () => {
    expect(names(await search({ search: "BRAND" }))).toEqual(["brand-logo"])
    expect(names(await search({ search: "BRAND", case_sensitive: true }))).toEqual([])
  })

  it("filters by the value of a field", async () => {
    expect(names(await search({ filters: { enabled: false } }))).toEqual(["nsfw, strict"])
  })

  it("sorts both ways", async () => {
    const up = names(await search({ sort: { field: "name", direction: "asc" } }))
    const down = names(await search({ sort: { field: "name", direction: "desc" } }))
    expect(up).toEqual(alerts.map((alert) => alert.name).toSorted((one, other) => (one < other ? -1 : 1)))
    expect(down).toEqual(up.toReversed())
  })

  it("pages by cursor", async () => {
    const first = await search({}, "?limit=4")
    const second = await search({}, `?limit=4&cursor=${cursorOf(first)}`)
    expect([...names(first), ...names(second)]).toEqual(alerts.map((alert) => alert.name))
    expect(second.pagination["next_cursor"]).toBeNull()
  })

  it.each([
    ["{", []],
    ["[]", []],
    ['{"search": 1}', ["search"]],
    ['{"filters": []}', ["filters"]],
    ['{"sort": {"direction": "up"}}', ["sort", "field"]],
    ['{"case_sensitive": "yes"}', ["case_sensitive"]],
  ])("says 422 in the envelope for the body %s", async (text, location) => {
    const response = await ask(sandbox, "/v1/alerts/list", { method: "POST", body: text })
    const body = await errorOf(response)
    expect(response.status).toBe(422)
    expect(body.error.type).toBe("ValidationError")
    expect(body.error.details?.["validation_errors"]).toMatchObject([
      { location: ["body", ...location] },
      ...(text.includes("up") ? [{ location: ["body", "sort", "direction"] }] : []),
    ])
  })

  it("says 422 in FastAPI's shape for a query parameter", async () => {
    const response = await ask(sandbox, "/v1/alerts/list?limit=0", { method: "POST", body: "{}" })
    expect(response.status).toBe(422)
    expect(await response.json()).toHaveProperty("detail")
  })
})
