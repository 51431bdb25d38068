/** Several processes with one key and a real Redis. */
import { make } from "@mixpeek-alerts/domain/Sample"
import { spawnSync } from "node:child_process"
import { existsSync, readdirSync, readFileSync } from "node:fs"
import { join } from "node:path"
import { beforeAll, describe, expect, it } from "vitest"
import { startCollector } from "./Collector.ts"
import { freePort, say, startRedis } from "./Redis.ts"
import { run, type Running, scratch, start, until } from "./Reporter.ts"
import { startServer } from "./Server.ts"

const password = "s3cret-canary"

beforeAll(() => expect(spawnSync("redis-server", ["--version"]).status, "redis-server is installed").toBe(0))

describe("three processes with one key", () => {
  it("keep its limit together, and nobody starves", { timeout: 60_000 }, async () => {
    using folder = scratch()
    const port = await freePort()
    await using _redis = await startRedis(port)
    await using server = await startServer({ executions: 42, rpm: 24, windowSeconds: 3 })
    const ids = Array.from({ length: 42 }, (_, index) => index)
      .filter((index) => make(1).hasId(index))
      .slice(0, 14)
      .map((index) => make(1).executionId(index))
    const alerts = Array.from({ length: 42 }, (_, index) => /alt_\w+/.exec(make(1).json(index))?.[0] ?? "")
    const alert = Object.entries(Object.groupBy(alerts, (one) => one)).toSorted(
      ([, one = []], [, other = []]) => other.length - one.length,
    )[0]?.[0]
    // Redis gives nobody a slot until all of them are there to ask.
    expect(await say(port, "CLIENT PAUSE 60000 WRITE")).toContain("OK")
    const running: ReadonlyArray<Running> = [
      ["--plan", "by-id", ...ids],
      ["--all", "--page-size", "3"],
      ["--alert", alert ?? "", "--page-size", "1"],
    ].map((args, at) =>
      start(["export", "--limiter", `redis://127.0.0.1:${port}`, "--out", folder.in(`run${at}`), ...args], { server }),
    )
    const routes = [
      "GET /v1/alerts/executions/{execution_id}",
      "GET /v1/alerts/executions",
      "GET /v1/alerts/{alert_identifier}/executions",
    ]
    const ended = Promise.all(running.map((one) => one.ended))
    const asking = async () => (await say(port, "CLIENT LIST")).match(/cmd=eval/g)?.length ?? 0
    await until(async () => (await asking()) === running.length, "all ask for a slot", 30_000)
    expect(await say(port, "CLIENT UNPAUSE")).toContain("OK")
    await until(
      async () => Object.values((await server.stats()).byPath).some((count) => count >= 9),
      "one has nine",
      30_000,
    )
    const { byPath } = await server.stats()
    for (const route of routes) expect(byPath[route] ?? 0, JSON.stringify(byPath)).toBeGreaterThanOrEqual(3)
    expect((await ended).map(({ code }) => code)).toEqual([0, 0, 0])
    const { byStatus, total } = await server.stats()
    expect(total).toBeGreaterThan(24)
    expect(byStatus["429"] ?? 0).toBe(0)
  })
})

describe("a Redis", () => {
  it("that is not there is said before anything is asked or written, and is worth a retry", async () => {
    using folder = scratch()
    await using server = await startServer({ executions: 1 })
    const url = `redis://user:${password}@127.0.0.1:${await freePort()}`
    const { code, stderr } = await run(["export", "--all", "--out", folder.in("run")], {
      server,
      env: { MIXPEEK_LIMITER: url },
    })
    expect(stderr).toMatch(
      /^error: The shared rate limiter did not answer \(redis:\/\/127\.0\.0\.1:\d+: .*ECONNREFUSED.*\)\.\n/,
    )
    expect(stderr).not.toContain(password)
    expect(code).toBe(69)
    expect(await server.requests()).toBe(0)
    expect(existsSync(folder.in("run.partial"))).toBe(false)
  })

  it("that lets this client not in is a setting to mend, and its password is not shown", async () => {
    const port = await freePort()
    await using _redis = await startRedis(port, "--requirepass", "another")
    for (const limiter of [`redis://:${password}@127.0.0.1:${port}`, `redis://127.0.0.1:${port}`]) {
      const server = { url: "http://127.0.0.1:9" }
      const { code, stderr } = await run(["export", "--all", "--limiter", limiter], { server })
      expect(stderr).toMatch(
        /^error: Redis at redis:\/\/127\.0\.0\.1:\d+ refuses this client \((WRONGPASS|NOAUTH)\)\.\n/,
      )
      expect(stderr).not.toContain(password)
      expect(code).toBe(78)
    }
  })

  it("has a password that is told nowhere: not in files, logs, spans or errors, however much is said", async () => {
    using folder = scratch()
    const port = await freePort()
    await using _redis = await startRedis(port, "--requirepass", password)
    await using server = await startServer({ executions: 20, faults: { "bad-record": "next:1,kind=wrong-type" } })
    await using collector = await startCollector()
    const url = `redis://:${password}@127.0.0.1:${port}`
    const talkative = ["--verbose", "--log-format", "json", "--report", "--metrics-file", folder.in("run.prom")]
    const args = [
      "export",
      "--all",
      "--limiter",
      url,
      "--out",
      folder.in("run"),
      "--state",
      folder.in("state"),
      ...talkative,
    ]
    const env = { OTEL_EXPORTER_OTLP_ENDPOINT: collector.url, OTEL_EXPORTER_OTLP_PROTOCOL: "http/json" }
    const ended = await run(args, { server, env })
    expect(ended.code, ended.stderr).toBe(80)
    const misused = await Promise.all([
      run([...args, "--pagesize", "1"], { server }),
      run(["export", "--all", `--limitr=${url}`], { server }),
      run(["export", url], { server }),
      run(["export", "--all", "--page-size", url], { server }),
    ])
    for (const { code } of misused) expect(code).toBe(64)
    const files = readdirSync(folder.path, { recursive: true, withFileTypes: true }).filter((one) => one.isFile())
    expect(files.map(({ name }) => name)).toEqual(
      expect.arrayContaining(["datapackage.json", "report.html", "run.prom", "state"]),
    )
    expect(collector.heard()).toContain('"name":"export"')
    const told = [
      ...files.map(({ name, parentPath }) => readFileSync(join(parentPath, name), "latin1")),
      ...[ended, ...misused].flatMap(({ stderr, stdout }) => [stderr, stdout]),
      collector.heard(),
    ]
    for (const text of told) expect(text).not.toContain(password)
  })

  it("is found over TLS", async () => {
    using folder = scratch()
    const files = { key: folder.in("key.pem"), cert: folder.in("cert.pem") }
    const subject = ["-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost"]
    const curve = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-days", "2"]
    spawnSync("openssl", ["req", "-x509", ...curve, "-keyout", files.key, "-out", files.cert, ...subject])
    const [plain, port] = [await freePort(), await freePort()]
    const tls = ["--tls-port", String(port), "--tls-cert-file", files.cert, "--tls-key-file", files.key]
    await using _redis = await startRedis(plain, ...tls, "--tls-auth-clients", "no", "--requirepass", password)
    await using server = await startServer({ executions: 20 })
    const limiter = `rediss://:${password}@localhost:${port}/1`
    const trusting = { NODE_EXTRA_CA_CERTS: files.cert }
    const args = ["export", "--all", "--limiter", limiter, "--out", folder.in("run")]
    const refused = await run(args, { server })
    expect([refused.code, refused.stderr.includes(password)], refused.stderr).toEqual([69, false])
    expect((await run(args, { server, env: trusting })).code).toBe(0)
  })

  it.each(["http://127.0.0.1", "redis://", `redis://:${password}@host/a/b`, "127.0.0.1:6379", ""])(
    "is not named by %j",
    async (limiter) => {
      const { code, stderr } = await run(["export", "--all", `--limiter=${limiter}`], {
        server: { url: "http://127.0.0.1:9" },
      })
      expect(stderr).toMatch(/^error: --limiter is not the URL of a Redis server\./)
      expect(stderr).not.toContain(password)
      expect(code).toBe(78)
    },
  )
})
