/** The key, the namespace, the limits and the headers of every answer. */
import { Agent } from "node:http"
import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { type Sandbox, startSandbox } from "../src/index.ts"
import { ask, askOn, errorOf, soon } from "./Ask.ts"

const list = "/v1/alerts/executions?limit=1"

let sandbox: Sandbox

beforeAll(async () => {
  sandbox = await startSandbox({ executions: 10 })
})

afterAll(() => sandbox.close())

describe("the key", () => {
  it.each([[undefined], ["Bearer sk_wrong"], ["sk_sandbox"], ["Basic sk_sandbox"]])("is refused as %s", async (key) => {
    const headers = { "x-namespace": "ns_sandbox", ...(key === undefined ? {} : { authorization: key }) }
    const response = await fetch(sandbox.baseUrl + list, { headers })
    expect(response.status).toBe(401)
    expect(await errorOf(response)).toMatchObject({ success: false, error: { type: "UnauthorizedError" } })
  })
})

describe("the namespace", () => {
  it.each([[""], ["ns_other"]])("is not found as %j", async (namespace) => {
    const response = await ask(sandbox, list, { headers: { "x-namespace": namespace } })
    expect(response.status).toBe(404)
    expect((await errorOf(response)).error.details).toEqual({ resource: "namespace", id: namespace })
  })

  it("may come in the query when the header is absent", async () => {
    const headers = { authorization: `Bearer ${sandbox.apiKey}` }
    expect((await fetch(`${sandbox.baseUrl}${list}&namespace=ns_sandbox`, { headers })).status).toBe(200)
    expect((await fetch(`${sandbox.baseUrl}${list}&namespace=ns_other`, { headers })).status).toBe(404)
  })
})

it("gives every answer a request ID of its own", async () => {
  const paths = [list, "/v1/alerts/nothing", "/nowhere", "/v1/alerts/executions?limit=0"]
  const ids = await Promise.all(paths.map(async (path) => (await ask(sandbox, path)).headers.get("x-request-id")))
  for (const id of ids) expect(id).toMatch(/^req_[0-9a-f]{16}$/)
  expect(new Set(ids).size).toBe(paths.length)
})

it("says 404 for an unknown path and 405 for another method", async () => {
  expect((await ask(sandbox, "/v2/alerts")).status).toBe(404)
  const response = await ask(sandbox, list, { method: "DELETE" })
  expect([response.status, response.headers.get("allow")]).toEqual([405, "GET"])
})

describe("the rate limit", () => {
  it("counts down in the headers, then says 429 until the window ends", async () => {
    let now = Date.UTC(2026, 2, 1)
    await using limited = await startSandbox({ executions: 10, rpm: 2, now: () => now })
    const first = await ask(limited, list)
    const reset = String((now + 60_000) / 1000)
    expect(["limit", "remaining", "reset", "window"].map((one) => first.headers.get(`x-ratelimit-${one}`))).toEqual([
      "2",
      "1",
      reset,
      "60",
    ])
    now += 20_500
    await ask(limited, list)
    const refused = await ask(limited, list)
    expect([refused.status, refused.headers.get("retry-after")]).toEqual([429, "40"])
    expect((await errorOf(refused)).error).toMatchObject({
      type: "TooManyRequestsError",
      details: { limit: 2, window: 60, retry_after: 40 },
    })
    now += 39_500
    expect((await ask(limited, list)).status).toBe(200)
  })

  it("sends no such headers when there is no limit", async () => {
    expect((await ask(sandbox, list)).headers.has("x-ratelimit-limit")).toBe(false)
  })
})

describe("the limit on requests at once", () => {
  it("says 429 to the one too many and counts a stalled request until its client leaves", async () => {
    await using crowded = await startSandbox({ executions: 10, concurrency: 1 })
    crowded.setFault("stall-body", "next:1")
    const leaving = new AbortController()
    const stalled = await ask(crowded, list, { signal: leaving.signal })
    const refused = await ask(crowded, list)
    expect([refused.status, refused.headers.get("retry-after")]).toEqual([429, "1"])
    expect((await errorOf(refused)).error.details).toMatchObject({ limit: 1, retry_after: 1 })
    leaving.abort()
    await expect(stalled.text()).rejects.toThrow()
    await expect.poll(() => crowded.requests.inFlight, soon).toBe(0)
    expect((await ask(crowded, list)).status).toBe(200)
    expect(crowded.requests.maxInFlight).toBe(2)
  })
})

it("keeps connections open and counts requests by route and status", async () => {
  await using fresh = await startSandbox({ executions: 10, latencyMs: 1 })
  const pool = new Agent({ keepAlive: true, maxSockets: 1 })
  for (const path of [list, list, "/v1/alerts/nothing"]) await askOn(pool, fresh, path)
  const { requests, sockets } = fresh.stats()
  expect(requests.byPath).toEqual({ "GET /v1/alerts/executions": 2, "GET /v1/alerts/{alert_identifier}": 1 })
  expect(requests.total).toBe(3)
  await expect.poll(() => fresh.requests.byStatus, soon).toEqual({ "200": 2, "404": 1 })
  expect(sockets.ever).toBe(1)
  expect(fresh.openSockets()).toBe(1)
  pool.destroy()
})
