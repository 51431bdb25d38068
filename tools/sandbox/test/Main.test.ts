/** The sandbox as a program. */
import { spawn } from "node:child_process"
import { once } from "node:events"
import { text } from "node:stream/consumers"
import { fileURLToPath } from "node:url"
import { describe, expect, it } from "vitest"
import { NotLoopback, startSandbox } from "../src/index.ts"
import { soon } from "./Ask.ts"

const program = fileURLToPath(new URL("../src/main.ts", import.meta.url))

const start = (...flags: ReadonlyArray<string>) => {
  const child = spawn(process.execPath, ["--conditions=@mixpeek-alerts/source", program, ...flags])
  return { child, output: text(child.stdout), complaint: text(child.stderr), exit: once(child, "exit") }
}

const run = async (...flags: ReadonlyArray<string>) => {
  const { complaint, exit, output } = start(...flags)
  const [code] = (await exit) as [number | null]
  return { code, output: await output, complaint: await complaint }
}

describe("main.ts", () => {
  it.each(["SIGTERM", "SIGINT"] as const)("prints one line when it is ready and exits with 0 on %s", async (signal) => {
    const { child, exit, output } = start("--port", "0", "--fault", "stall-body=1", "--executions", "1000000")
    const [line] = (await once(child.stdout, "data")) as [Buffer]
    const origin = /^Mixpeek sandbox ready on (http:\/\/127\.0\.0\.1:\d+)\n$/.exec(line.toString())?.[1]
    const headers = { authorization: "Bearer sk_sandbox", "x-namespace": "ns_sandbox" }
    const stalled = await fetch(`${origin}/v1/alerts/executions`, { headers })
    expect(stalled.status).toBe(200)
    child.kill(signal)
    await expect(stalled.text()).rejects.toThrow()
    expect(await exit).toEqual([0, null])
    expect(await output).toBe(`Mixpeek sandbox ready on ${origin}\n`)
  })

  it.each([
    [["--port", "http"], "--port needs a whole number from 0 to 65535"],
    [["--rpm", "0"], "--rpm needs a whole number"],
    [["--nonsense"], "--nonsense"],
    [["stray"], "stray"],
    [["--fault", "429"], "NAME=VALUE"],
    [["--fault", "430=1"], 'There is no fault "430"'],
    [["--fault", "429=2"], "a probability from 0 to 1"],
    [["--fault", "429=1,hint=shout"], "needs one of"],
    [["--host", "0.0.0.0"], "--allow-non-loopback"],
  ])("exits with 64, a sentence and a hint for %j", async (flags, sentence) => {
    const { code, complaint, output } = await run(...flags)
    expect(code).toBe(64)
    expect(output).toBe("")
    expect(complaint).toContain(sentence)
    expect(complaint.trimEnd().split("\n")).toHaveLength(2)
    expect(complaint).toContain("Try: npm run sandbox -- --help")
  })

  it("exits with 69 and a sentence when the port is taken", async () => {
    await using taken = await startSandbox({ executions: 1 })
    const { code, complaint } = await run("--port", String(taken.port))
    expect(code).toBe(69)
    expect(complaint).toBe(`Something else uses port ${taken.port} of 127.0.0.1: try --port 0.\n`)
  })

  it("explains itself with --help", async () => {
    const { code, output } = await run("--help")
    expect(code).toBe(0)
    expect(output).toContain("Usage: npm run sandbox")
  })
})

describe("startSandbox", () => {
  it.each(["0.0.0.0", "::", "192.168.0.1", "example.com"])("refuses %s, which is not loopback", async (host) => {
    await expect(startSandbox({ host })).rejects.toThrow(NotLoopback)
  })

  it("listens on any host when told to", async () => {
    await using open = await startSandbox({ host: "0.0.0.0", allowNonLoopback: true })
    expect(open.baseUrl).toBe(`http://0.0.0.0:${open.port}`)
  })

  it("leaves no socket behind when it closes", async () => {
    const sandbox = await startSandbox({ executions: 1, faults: { "stall-headers": 1 } })
    const headers = { authorization: `Bearer ${sandbox.apiKey}`, "x-namespace": sandbox.namespace }
    const asked = fetch(`${sandbox.baseUrl}/v1/alerts/executions`, { headers })
    const lost = expect(asked).rejects.toThrow()
    await expect.poll(() => sandbox.requests.inFlight, soon).toBe(1)
    await sandbox.close()
    await lost
    await expect.poll(() => sandbox.openSockets(), soon).toBe(0)
  })
})
