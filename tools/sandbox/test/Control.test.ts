/** The sandbox's own endpoints, and how faults are set, drawn and limited. */
import { afterEach, beforeEach, describe, expect, it } from "vitest"
import { BadFault, type FaultValue, type Sandbox, startSandbox, type Stats } from "../src/index.ts"
import { ask, page, soon } from "./Ask.ts"

let sandbox: Sandbox

beforeEach(async () => {
  sandbox = await startSandbox({ executions: 10 })
})

afterEach(() => sandbox.close())

const control = async (method: string, path: string, body?: unknown): Promise<{ status: number; body: unknown }> => {
  const init = body === undefined ? { method } : { method, body: JSON.stringify(body) }
  const response = await fetch(`${sandbox.baseUrl}/__sandbox/${path}`, init)
  return { status: response.status, body: await response.json() }
}

const statuses = async (count: number, path = "/v1/alerts/alt_nsfw"): Promise<ReadonlyArray<number>> => {
  const found: Array<number> = []
  for (let turn = 0; turn < count; turn++) found.push((await ask(sandbox, path)).status)
  return found
}

describe("faults over HTTP", () => {
  it("are set, shown with how often they played, and cleared", async () => {
    expect((await control("PUT", "faults", { "500": "next:2", "503": 0 })).status).toBe(200)
    expect(await statuses(1)).toEqual([500])
    const shown = await control("GET", "faults")
    expect(shown.body).toMatchObject({
      faults: { "500": { rate: 1, next: 1, fired: 1 }, "503": { rate: 0, fired: 0 } },
    })
    await control("DELETE", "faults")
    expect(await statuses(1)).toEqual([200])
    expect(sandbox.fired()).toEqual({ "500": 1 })
  })

  it("are cleared one by one, by name or by null", async () => {
    await control("PUT", "faults", { "500": 1, "503": 1, "502": 1 })
    await control("DELETE", "faults?name=500")
    const { body } = await control("PUT", "faults", { "502": null })
    expect(Object.keys((body as { faults: object }).faults)).toEqual(["503"])
  })

  it("are set all or not at all", async () => {
    const { body, status } = await control("PUT", "faults", { "500": 1, nonsense: 1 })
    expect([status, body]).toEqual([400, { error: 'There is no fault "nonsense".' }])
    expect(await statuses(1)).toEqual([200])
  })

  it("need JSON", async () => {
    const response = await fetch(`${sandbox.baseUrl}/__sandbox/faults`, { method: "PUT", body: "{" })
    expect(response.status).toBe(400)
  })
})

describe("a fault's value", () => {
  it.each<[FaultValue, ReadonlyArray<number>]>([
    [1, [500, 500, 500, 500]],
    [0, [200, 200, 200, 200]],
    ["next:2", [500, 500, 200, 200]],
    [{ after: 2 }, [200, 200, 500, 500]],
    ["after=1,next:1", [200, 500, 200, 200]],
    ['{"next": 1}', [500, 200, 200, 200]],
    [{ path: "/v1/alerts/executions" }, [200, 200, 200, 200]],
    ["1,path=alt_nsfw", [500, 500, 500, 500]],
  ])("plays as %j says", async (value, expected) => {
    sandbox.setFault("500", value)
    expect(await statuses(4)).toEqual(expected)
  })

  it("draws the same every time from the same seed", async () => {
    sandbox.setFault("500", 0.5)
    const first = await statuses(20)
    sandbox.setFault("500", 0.5)
    expect(await statuses(20)).toEqual(first)
    expect(new Set(first)).toEqual(new Set([200, 500]))
  })

  it.each<FaultValue>([-1, 1.1, NaN, "often", "next:-1", "", "{", { by: 1 }, { type: "Nothing" }, { constructor: 1 }])(
    "is refused as %j",
    (value) => {
      expect(() => sandbox.setFault("500", value)).toThrow(BadFault)
    },
  )
})

it("shows what has happened", async () => {
  sandbox.setFault("reset-headers", "next:1")
  await expect(ask(sandbox, "/v1/alerts/executions")).rejects.toThrow()
  await (await ask(sandbox, "/v1/alerts/executions")).text()
  await (await ask(sandbox, "/nowhere")).text()
  await expect.poll(() => sandbox.requests.inFlight, soon).toBe(0)
  const stats = (await control("GET", "stats")).body as Stats
  expect(stats.requests).toEqual({
    total: 3,
    byPath: { "GET /v1/alerts/executions": 2, unknown: 1 },
    byStatus: { none: 1, "200": 1, "404": 1 },
    inFlight: 0,
    maxInFlight: 1,
  })
  expect(stats.sockets.ever).toBeGreaterThan(1)
  expect(stats.faults).toEqual({ "reset-headers": 1 })
  expect(stats.executions).toBe(10)
})

it("lets executions arrive", async () => {
  expect(await control("POST", "grow", { executions: 5 })).toEqual({ status: 200, body: { executions: 15 } })
  expect((await page(sandbox, "/v1/alerts/executions")).total_count).toBe(15)
  expect((await control("POST", "grow", { executions: -1 })).status).toBe(400)
  expect((await control("GET", "grow")).status).toBe(404)
})
