/** The faults that answer with a status instead of data. */
import { afterEach, beforeEach, describe, expect, it } from "vitest"
import { type FaultName, type FaultValue, type Sandbox, startSandbox } from "../src/index.ts"
import { ask, errorOf } from "./Ask.ts"

const list = "/v1/alerts/executions?limit=2"
const today = Date.UTC(2026, 2, 1, 12)

let sandbox: Sandbox

beforeEach(async () => {
  sandbox = await startSandbox({ executions: 10, now: () => today })
})

afterEach(() => sandbox.close())

describe("errors in the envelope", () => {
  it.each<[FaultName, FaultValue, number, string, object | null]>([
    ["401-midrun", "next:1", 401, "UnauthorizedError", null],
    ["403", "next:1", 403, "ForbiddenError", null],
    ["403", "next:1,type=NotEnabledError", 403, "NotEnabledError", null],
    ["403-quota", "next:1", 403, "QuotaExceededError", { limit: 10_000, tier: "free" }],
    ["404", "next:1", 404, "NotFoundError", { resource: "alert_execution" }],
    ["409", "next:1", 409, "AlreadyExistsError", null],
    ["422-envelope", "next:1", 422, "ValidationError", { validation_errors: [{ type: "value_error" }] }],
    ["500", "next:1", 500, "InternalServerError", null],
    ["500", "next:1,type=StorageError", 500, "StorageError", null],
    ["503", "next:1", 503, "InferenceServiceUnavailableError", null],
  ])("%s as %j is a %i with %s, then data again", async (name, value, status, type, details) => {
    sandbox.setFault(name, value)
    const response = await ask(sandbox, list)
    expect(response.status).toBe(status)
    expect(response.headers.get("x-request-id")).toMatch(/^req_/)
    const body = await errorOf(response)
    expect(body).toMatchObject({ success: false, status, error: { type } })
    if (details === null) expect(body.error.details).toBeNull()
    else expect(body.error.details).toMatchObject(details)
    expect((await ask(sandbox, list)).status).toBe(200)
  })

  it("401-midrun begins after as many requests as it is told", async () => {
    sandbox.setFault("401-midrun", { after: 2 })
    const statuses = [await ask(sandbox, list), await ask(sandbox, list), await ask(sandbox, list)]
    expect(statuses.map((response) => response.status)).toEqual([200, 200, 401])
  })

  it("503 carries Retry-After when it is told to", async () => {
    sandbox.setFault("503", { seconds: 7 })
    expect((await ask(sandbox, list)).headers.get("retry-after")).toBe("7")
  })
})

describe("errors of something in between", () => {
  it.each<[FaultName, number, string | null, string]>([
    ["502", 502, "text/html; charset=utf-8", "<h1>502 Bad Gateway</h1>"],
    ["504", 504, null, ""],
    ["520", 520, "text/plain; charset=UTF-8", "error code: 520"],
    ["422-fastapi", 422, "application/json", '"detail":[{"type":"missing","loc":["header","X-Namespace"]'],
  ])("%s is a %i with the type %s", async (name, status, type, text) => {
    sandbox.setFault(name, 1)
    const response = await ask(sandbox, list)
    expect([response.status, response.headers.get("content-type")]).toEqual([status, type])
    const body = await response.text()
    expect(body).toContain(text)
    if (text === "") expect(body).toBe("")
  })
})

describe("429", () => {
  it.each<[string, string | null, string | null, number | undefined]>([
    ["retry-after", "5", null, undefined],
    ["http-date", "Sun, 01 Mar 2026 12:00:05 GMT", null, undefined],
    ["body", null, null, 5],
    ["reset", null, String(today / 1000 + 5), undefined],
    ["none", null, null, undefined],
    ["past-date", "Sun, 01 Mar 2026 11:00:00 GMT", null, undefined],
    ["zero", "0", null, undefined],
    ["invalid", "abc", null, undefined],
    ["30-days", "2592000", null, undefined],
  ])("with the hint %s says it there and nowhere else", async (hint, retryAfter, reset, inBody) => {
    sandbox.setFault("429", { next: 1, hint, seconds: 5 })
    const response = await ask(sandbox, list)
    expect(response.status).toBe(429)
    expect(response.headers.get("retry-after")).toBe(retryAfter)
    expect(response.headers.get("x-ratelimit-reset")).toBe(reset)
    const { error } = await errorOf(response)
    expect(error.type).toBe("TooManyRequestsError")
    expect(error.details?.["retry_after"]).toBe(inBody)
  })
})

describe("clock-skew", () => {
  it("shifts the date, and with it every time the server tells", async () => {
    sandbox.setFault("clock-skew", { seconds: -3600 })
    sandbox.setFault("429", { hint: "reset", seconds: 5 })
    const { headers } = await ask(sandbox, list)
    expect(headers.get("date")).toBe("Sun, 01 Mar 2026 11:00:00 GMT")
    expect(headers.get("x-ratelimit-reset")).toBe(String(today / 1000 - 3600 + 5))
  })

  it("shifts the rate limit's reset too", async () => {
    await using limited = await startSandbox({ executions: 1, rpm: 5, now: () => today })
    limited.setFault("clock-skew", { seconds: 100 })
    expect((await ask(limited, list)).headers.get("x-ratelimit-reset")).toBe(String(today / 1000 + 160))
  })
})

describe("redirects", () => {
  it("redirect-same leads to the same origin, where the data is", async () => {
    sandbox.setFault("redirect-same", 1)
    const response = await ask(sandbox, list)
    expect([response.status, response.headers.get("location")]).toEqual([307, `${list}&redirected=1`])
    const followed = await ask(sandbox, list, { redirect: "follow" })
    expect([followed.status, followed.redirected]).toEqual([200, true])
  })

  it("redirect-origin leads to another origin, which knows what it was sent", async () => {
    sandbox.setFault("redirect-origin", 1)
    const location = (await ask(sandbox, list)).headers.get("location") ?? ""
    expect(new URL(location).origin).not.toBe(sandbox.baseUrl)
    expect(location.endsWith(list)).toBe(true)
    expect((await fetch(location)).status).toBe(401)
    expect((await fetch(location, { headers: { "x-namespace": "ns_sandbox" } })).status).toBe(401)
    expect(sandbox.elsewhere).toEqual({ requests: 2, withKey: 0, withNamespace: 1 })
    expect((await ask(sandbox, list, { redirect: "follow" })).status).toBe(401)
  })

  it("redirect-origin can lead anywhere it is told", async () => {
    sandbox.setFault("redirect-origin", { to: "http://127.0.0.1:9" })
    expect((await ask(sandbox, list)).headers.get("location")).toBe(`http://127.0.0.1:9${list}`)
  })
})
