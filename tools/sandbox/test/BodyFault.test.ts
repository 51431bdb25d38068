/** The faults that put another body under status 200, or pack it differently. */
import { afterEach, beforeEach, describe, expect, it } from "vitest"
import { type FaultName, type Sandbox, startSandbox } from "../src/index.ts"
import { ask } from "./Ask.ts"

const list = "/v1/alerts/executions?limit=5"

let sandbox: Sandbox
let whole: string

beforeEach(async () => {
  sandbox = await startSandbox({ executions: 50 })
  whole = await (await ask(sandbox, list)).text()
})

afterEach(() => sandbox.close())

describe("other bodies under status 200", () => {
  it.each<[FaultName, string, string]>([
    ["html-200", "text/html; charset=utf-8", "<!doctype html>"],
    ["empty-object-200", "application/json", "{}"],
    ["success-false-200", "application/json", '{"success":false,"status":500,"error":{'],
  ])("%s has the type %s", async (name, type, start) => {
    sandbox.setFault(name, 1)
    const response = await ask(sandbox, list)
    expect([response.status, response.headers.get("content-type")]).toEqual([200, type])
    expect((await response.text()).startsWith(start)).toBe(true)
  })
})

describe("gzip", () => {
  it("packs the body for who accepts it", async () => {
    sandbox.setFault("gzip", 1)
    const response = await ask(sandbox, list)
    expect(response.headers.get("content-encoding")).toBe("gzip")
    expect(await response.text()).toBe(whole)
    const plain = await ask(sandbox, list, { headers: { "accept-encoding": "gzip;q=0" } })
    expect(plain.headers.get("content-encoding")).toBeNull()
  })

  it("gzip-broken cannot be unpacked", async () => {
    sandbox.setFault("gzip-broken", 1)
    await expect(ask(sandbox, list).then((response) => response.text())).rejects.toThrow()
  })

  it("gzip-bomb is small on the wire and large in the end", async () => {
    sandbox.setFault("gzip-bomb", { megabytes: 8 })
    const response = await ask(sandbox, list)
    const text = await response.text()
    expect(text.length).toBe(8_000_000 + whole.length)
    expect(text.trimStart()).toBe(whole)
  })
})
