import { expect, it as effectIt } from "@effect/vitest"
import { Effect, Fiber } from "effect"
import { TestClock } from "effect/testing"
import { existsSync, readdirSync, readFileSync } from "node:fs"
import { createServer, type Server as HttpServer } from "node:http"
import type { AddressInfo } from "node:net"
import { afterAll, beforeAll, describe, it } from "vitest"
import { ping, targetOf } from "../src/observe/Ping.ts"
import { runId } from "../src/observe/RunId.ts"
import { run, runExport, scratch } from "./Reporter.ts"
import { type Server, startServer } from "./Server.ts"

const folder = scratch()
let server: Server
let sink: HttpServer
let sinkUrl = ""
let heard: Array<{ readonly path: string; readonly text: string }> = []

beforeAll(async () => {
  server = await startServer({ executions: 300 })
  sink = createServer((request, response) => {
    const chunks: Array<Buffer> = []
    request.on("data", (chunk: Buffer) => chunks.push(chunk))
    request.on("end", () => {
      const path = request.url ?? ""
      heard.push({ path, text: Buffer.concat(chunks).toString("latin1") })
      if (path.startsWith("/never")) return
      response.statusCode = path.startsWith("/gone") ? 404 : 200
      response.end("{}")
    })
  })
  await new Promise<void>((resolve) => sink.listen(0, "127.0.0.1", resolve))
  sinkUrl = `http://127.0.0.1:${(sink.address() as AddressInfo).port}`
}, 60_000)
afterAll(async () => {
  sink.closeAllConnections()
  sink.close()
  await server[Symbol.asyncDispose]()
  folder[Symbol.dispose]()
})

const value = (text: string, name: string): number =>
  Number(new RegExp(`^mixpeek_alerts_export_${name} (\\S+)$`, "m").exec(text)?.[1])

interface Line {
  readonly runId: string
  readonly level: string
  readonly time: string
}

const lines = (text: string): ReadonlyArray<Line> =>
  text
    .trimEnd()
    .split("\n")
    .map((line) => JSON.parse(line) as Line)

const collector = () => ({ OTEL_EXPORTER_OTLP_ENDPOINT: sinkUrl, OTEL_EXPORTER_OTLP_PROTOCOL: "http/json" })

describe("a run that is watched", () => {
  it("tells of its success in metrics, pings, spans and a log, all with its ID, and none with the key", async () => {
    heard = []
    const metrics = folder.in("nightly.prom")
    const args = ["--all", "--out", folder.in("one"), "--metrics-file", metrics, "--log-format", "json"]
    const env = { ...collector(), MIXPEEK_PING_URL: `${sinkUrl}/ping/secret?x=1` }
    const ended = await runExport(args, { server, env })
    expect([ended.code, ended.stdout]).toEqual([0, ""])
    const text = readFileSync(metrics, "utf8")
    expect(value(text, 'executions\\{export="nightly"\\}')).toBe(300)
    expect(value(text, 'verdict\\{export="nightly",verdict="complete"\\}')).toBe(1)
    expect(value(text, 'exit_code\\{export="nightly"\\}')).toBe(0)
    expect(Date.now() / 1000 - value(text, 'last_success_timestamp_seconds\\{export="nightly"\\}')).toBeLessThan(60)
    for (const [, name] of text.matchAll(/^(\w+)\{/gm)) expect(text).toContain(`# HELP ${name} `)

    const manifest = JSON.parse(readFileSync(folder.in("one", "datapackage.json"), "utf8")) as {
      run: { runId: string }
    }
    const id = manifest.run.runId
    expect(new Set(lines(ended.stderr).map((line) => line.runId))).toEqual(new Set([id]))
    expect(heard.filter(({ path }) => path.startsWith("/ping")).map(({ path }) => path)).toEqual([
      `/ping/secret/start?x=1&rid=${id}`,
      `/ping/secret?x=1&rid=${id}`,
    ])
    const spans = heard
      .filter(({ path }) => path === "/v1/traces")
      .flatMap(({ text: sent }) => [...sent.matchAll(/"name":"([^"]+)","kind"/g)].map(([, name]) => name))
    expect(new Set(spans)).toEqual(new Set(["export", "plan", "fetch", "seal", "publish", "Mixpeek GET"]))
    expect(spans.filter((name) => name === "Mixpeek GET")).toHaveLength(1)
    expect(
      heard.some(({ path, text: sent }) => path === "/v1/metrics" && sent.includes("mixpeek_alerts_export_executions")),
    ).toBe(true)
    for (const { text: sent } of heard) expect(sent).not.toContain("sk_sandbox")
    expect(ended.stderr).not.toMatch(/secret|sk_sandbox/)
  })

  it("tells of its failure, and when it last succeeded", async () => {
    heard = []
    const metrics = folder.in("nightly.prom")
    const before = readFileSync(metrics, "utf8")
    const args = ["--all", "--out", folder.in("one"), "--metrics-file", metrics, "--ping-url", `${sinkUrl}/gone/secret`]
    const ended = await runExport([...args, "--log-format", "json"], { server })
    expect(ended.code).toBe(73)
    const text = readFileSync(metrics, "utf8")
    const success = 'last_success_timestamp_seconds\\{export="nightly"\\}'
    expect(value(text, success)).toBe(value(before, success))
    expect(value(text, 'exit_code\\{export="nightly"\\}')).toBe(73)
    expect(value(text, 'verdict\\{export="nightly",verdict="unpublished"\\}')).toBe(1)
    expect(heard.map(({ path }) => path.replace(/\?.*/, ""))).toEqual(["/gone/secret/start", "/gone/secret/fail"])
    expect(lines(ended.stderr).map((line) => line.level)).toEqual(["warn", "warn", "error"])
    expect(ended.stderr).toMatch(/The ping \(start\) to 127\.0\.0\.1:\d+ did not arrive: .+\./)
    expect(ended.stderr).not.toContain("secret")
    expect(readdirSync(folder.path).filter((name) => name.endsWith(".new"))).toEqual([])
  })

  it("has no span for each execution, also when each is a request", async () => {
    heard = []
    const ids = readFileSync(folder.in("one", "executions.csv"), "utf8").matchAll(/^(exec_\w+)/gm)
    const some = [...ids].slice(0, 30).map(([id]) => id)
    const args = [...some, "--plan", "by-id", "--out", folder.in("by-id")]
    expect((await runExport(args, { server, env: collector() })).code).toBe(0)
    const sent = heard.filter(({ path }) => path === "/v1/traces").map(({ text }) => text)
    expect(sent.join("")).toContain('"name":"fetch"')
    expect(sent.join("")).not.toContain("Mixpeek GET")
  })

  it("ends as it would have when a collector is away or a variable makes no sense", async () => {
    for (const [env, says] of [
      [{ OTEL_EXPORTER_OTLP_ENDPOINT: "http://127.0.0.1:9" }, ""],
      [{ OTEL_EXPORTER_OTLP_ENDPOINT: "no URL" }, "warning: There will be no traces and metrics: "],
    ] as const) {
      const ended = await runExport(["--all", "-o", "-", "--quiet"], { server, env })
      expect(ended.stderr.startsWith(says), ended.stderr).toBe(true)
      expect([ended.code, ended.stdout.split("\r\n").length]).toEqual([0, 302])
    }
  })

  it("is refused a place for metrics or a URL that makes no sense, without showing the URL", async () => {
    for (const [args, words] of [
      [["--metrics-file", "x.txt"], "--metrics-file x.txt does not end in .prom."],
      [
        ["--metrics-file", folder.in("nowhere", "x.prom")],
        `There is no directory ${folder.in("nowhere")} for --metrics-file.`,
      ],
      [["--ping-url", "secret"], "--ping-url is not an http or https URL."],
    ] as const) {
      const ended = await run(["export", "--all", ...args], { server, cwd: folder.path })
      expect([ended.code, ended.stderr]).toEqual([64, expect.stringContaining(words)])
      expect(ended.stderr).not.toContain("secret")
    }
    expect(existsSync(folder.in("exports"))).toBe(false)
  })

  it("tells of a wrong command line in JSON too", async () => {
    const ended = await run(["export", "--bogus", "--log-format", "json"])
    expect(ended.code).toBe(64)
    expect(lines(ended.stderr)[0]).toMatchObject({
      level: "error",
      exitCode: 64,
      message: expect.stringContaining("--bogus"),
    })
  })
})

describe("a ping", () => {
  it("keeps what the URL says, and adds the signal and the run", () => {
    expect(targetOf(new URL("https://hc.example/a/b/?rid=mine&x=1"), "fail").href).toBe(
      "https://hc.example/a/b/fail?rid=mine&x=1",
    )
    expect(targetOf(new URL("https://hc.example/a"), "success").href).toBe(`https://hc.example/a?rid=${runId}`)
  })

  effectIt.effect("is given up after five seconds", () =>
    Effect.gen(function* () {
      heard = []
      const fiber = yield* Effect.forkChild(ping(new URL(`${sinkUrl}/never`), "start", ""))
      while (heard.length === 0) yield* Effect.promise(() => new Promise((resolve) => setImmediate(resolve)))
      yield* TestClock.adjust("5 seconds")
      yield* Fiber.join(fiber)
      expect(heard).toHaveLength(1)
    }),
  )
})
