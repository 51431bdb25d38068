/** The faults of the socket. */
import { Agent } from "node:http"
import { afterEach, beforeEach, describe, expect, it } from "vitest"
import { type FaultName, type Sandbox, startSandbox } from "../src/index.ts"
import { announced, ask, askOn, bodyOf, raw, soon } from "./Ask.ts"

const list = "/v1/alerts/executions?limit=5"

let sandbox: Sandbox
let whole: string

beforeEach(async () => {
  sandbox = await startSandbox({ executions: 50 })
  whole = await (await ask(sandbox, list)).text()
})

afterEach(() => sandbox.close())

describe("stalls", () => {
  it("stall-headers says nothing until the client leaves", async () => {
    sandbox.setFault("stall-headers", 1)
    const leaving = new AbortController()
    const asked = ask(sandbox, list, { signal: leaving.signal })
    await expect.poll(() => sandbox.fired()["stall-headers"], soon).toBe(1)
    leaving.abort()
    await expect(asked).rejects.toThrow("aborted")
    await expect.poll(() => sandbox.requests.byStatus, soon).toEqual({ "200": 1, none: 1 })
  })

  it("stall-body sends half of the body, then nothing", async () => {
    sandbox.setFault("stall-body", 1)
    const response = await ask(sandbox, list)
    const reader = response.body?.getReader()
    let text = ""
    while (text.length < Math.floor(whole.length / 2) - 100) {
      text += Buffer.from((await reader?.read())?.value ?? []).toString("latin1")
    }
    expect(Number(response.headers.get("content-length"))).toBe(Buffer.byteLength(whole))
    expect(sandbox.requests.inFlight).toBe(1)
    await reader?.cancel()
  })

  it.each<FaultName>(["stall-headers", "stall-body"])("%s goes on after as long as it is told", async (name) => {
    sandbox.setFault(name, { ms: 5 })
    expect(await (await ask(sandbox, list)).text()).toBe(whole)
  })

  it("latency delays the answer", async () => {
    sandbox.setFault("latency", { ms: 30 })
    const before = performance.now()
    await (await ask(sandbox, list)).text()
    expect(performance.now() - before).toBeGreaterThan(28)
  })

  it("slow-drip sends everything in pieces", async () => {
    sandbox.setFault("slow-drip", { ms: 2, bytes: 400 })
    const before = performance.now()
    expect(await (await ask(sandbox, list)).text()).toBe(whole)
    expect(performance.now() - before).toBeGreaterThan(1.5 * Math.floor(whole.length / 400))
  })
})

describe("cuts", () => {
  it("reset-headers resets the connection before the status line", async () => {
    sandbox.setFault("reset-headers", 1)
    expect(await raw(sandbox, list)).toEqual({ text: "", reset: true })
  })

  it("reset-body resets the connection in the middle of the body", async () => {
    sandbox.setFault("reset-body", 1)
    const { reset, text } = await raw(sandbox, list)
    expect(reset).toBe(true)
    expect(whole.startsWith(bodyOf(text).slice(0, -8))).toBe(true)
    expect(bodyOf(text).length).toBeLessThan(whole.length)
  })

  it("truncated-body closes in order before the announced length", async () => {
    sandbox.setFault("truncated-body", 1)
    const { reset, text } = await raw(sandbox, list)
    expect(reset).toBe(false)
    expect(announced(text)).toBe(Buffer.byteLength(whole))
    expect(Buffer.byteLength(bodyOf(text))).toBeLessThan(announced(text))
    await expect(ask(sandbox, list).then((response) => response.text())).rejects.toThrow("terminated")
  })

  it("truncated-body can cut a chunked body before its last chunk", async () => {
    sandbox.setFault("truncated-body", { framing: "chunked" })
    const { reset, text } = await raw(sandbox, list)
    expect(reset).toBe(false)
    expect(text).toMatch(/transfer-encoding: chunked/i)
    expect(text.endsWith("\r\n0\r\n\r\n")).toBe(false)
  })

  it("wrong-length announces too little", async () => {
    sandbox.setFault("wrong-length", { by: -20 })
    const response = await ask(sandbox, list)
    expect(Number(response.headers.get("content-length"))).toBe(Buffer.byteLength(whole) - 20)
    expect(await response.text()).toBe(whole.slice(0, -20))
  })

  it("wrong-length announces too much and never sends the rest", async () => {
    sandbox.setFault("wrong-length", { by: 20 })
    const leaving = new AbortController()
    const response = await ask(sandbox, list, { signal: leaving.signal })
    expect(Number(response.headers.get("content-length"))).toBe(Buffer.byteLength(whole) + 20)
    const body = response.text()
    leaving.abort()
    await expect(body).rejects.toThrow("aborted")
  })
})

describe("close-keepalive", () => {
  it("closes the connection right after a complete response", async () => {
    sandbox.setFault("close-keepalive", 1)
    const { reset, text } = await raw(sandbox, list)
    expect(reset).toBe(false)
    expect(text).toMatch(/connection: keep-alive/i)
    expect(bodyOf(text)).toBe(whole)
  })

  it("can wait for the next request on the connection and close instead of answering", async () => {
    sandbox.setFault("close-keepalive", { next: 1, when: "next-request" })
    const pool = new Agent({ keepAlive: true, maxSockets: 1 })
    expect(await askOn(pool, sandbox, list)).toBe(200)
    await expect(askOn(pool, sandbox, list)).rejects.toThrow("socket hang up")
    expect(await askOn(pool, sandbox, list)).toBe(200)
    pool.destroy()
  })
})
