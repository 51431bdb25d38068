/** Which proxy and which certificates are used. */
import { spawn, spawnSync } from "node:child_process"
import { mkdtempSync, readFileSync, rmSync } from "node:fs"
import { createServer as createProxy } from "node:http"
import { createServer, type Server } from "node:https"
import { type AddressInfo, connect } from "node:net"
import { tmpdir } from "node:os"
import type { TLSSocket } from "node:tls"
import { join } from "node:path"
import { fileURLToPath } from "node:url"
import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { type Client, EnvHttpProxyAgent } from "undici"
import { badProxy, connectionsOf, usesProxy } from "../src/Connections.ts"

const hosted = new URL("https://api.mixpeek.com")

describe("a proxy", () => {
  it.each([["HTTPS_PROXY"], ["https_proxy"], ["HTTP_PROXY"], ["http_proxy"]])("is used when %s names one", (name) => {
    expect(usesProxy(hosted, { [name]: "http://proxy.example.com:3128" })).toBe(true)
  })

  it("is not used without such a variable, or with an empty one", () => {
    expect(usesProxy(hosted, {})).toBe(false)
    expect(usesProxy(hosted, { HTTPS_PROXY: "" })).toBe(false)
  })

  it.each([["http://127.0.0.1:8080"], ["http://localhost"], ["http://[::1]:1"]])("is never used for %s", (url) => {
    expect(usesProxy(new URL(url), { HTTPS_PROXY: "http://proxy.example.com" })).toBe(false)
  })

  it.each([["nonsense"], ["ftp://proxy.example.com"], ["http://"]])(
    "is refused when it is %s, by name only",
    (value) => {
      expect(badProxy(hosted, { HTTPS_PROXY: value })).toBe("HTTPS_PROXY")
      expect(badProxy(hosted, { HTTPS_PROXY: "http://user:secret@proxy.example.com:3128" })).toBe(null)
      expect(badProxy(new URL("http://127.0.0.1"), { HTTPS_PROXY: value })).toBe(null)
    },
  )

  it("is found by the connections of a client", async () => {
    const before = process.env["HTTPS_PROXY"]
    process.env["HTTPS_PROXY"] = "http://127.0.0.1:9"
    const connections = connectionsOf({ baseUrl: hosted, connectMillis: 100 })
    if (before === undefined) delete process.env["HTTPS_PROXY"]
    else process.env["HTTPS_PROXY"] = before
    expect(connections.take()).toBeInstanceOf(EnvHttpProxyAgent)
    await connections.destroy()
  })
})

describe("connections that were closed", () => {
  it("are not opened again by a request that comes later, whether one was idle or none", async () => {
    const connections = connectionsOf({ baseUrl: new URL("http://127.0.0.1:9"), connectMillis: 100 })
    connections.give(connections.take())
    await connections.destroy()
    for (const late of [connections.take(), connections.take()]) expect((late as Client).destroyed).toBe(true)
  })
})

const program = `
import { Effect, Redacted } from "effect"
import { defaults, Mixpeek } from "@mixpeek-alerts/client"
const timeouts = { ...defaults.timeouts, totalMillis: 2000 }
const layer = Mixpeek.layer({ ...defaults, timeouts, rate: "unlimited", apiKey: Redacted.make("sk_1"), namespace: null, baseUrl: new URL(process.argv[1]) })
const one = Mixpeek.use((mixpeek) => mixpeek.page())
const pages = process.argv[2] === "thrice" ? Effect.andThen(one, Effect.all([one, one], { concurrency: 2 })) : one
const { _tag, failure } = await Effect.runPromise(pages.pipe(Effect.provide(layer), Effect.result))
process.stdout.write(_tag + " " + (failure?.reason.phase ?? "") + " " + (failure?.attempts.length ?? ""))
`

/** What a process with this environment says about a page of `baseUrl`. */
const say = (baseUrl: string, env: Record<string, string>, times = "once"): Promise<string> =>
  new Promise((resolve) => {
    const flags = ["--conditions=@mixpeek-alerts/source", "--input-type=module", "-e", program, baseUrl, times]
    const child = spawn(process.execPath, flags, {
      cwd: fileURLToPath(new URL("../", import.meta.url)),
      env: { PATH: process.env["PATH"] ?? "", ...env },
    })
    let text = ""
    child.stdout.on("data", (chunk: Buffer) => (text += chunk.toString()))
    child.stderr.on("data", (chunk: Buffer) => (text += chunk.toString()))
    child.on("close", () => resolve(text))
  })

const hasOpenssl = spawnSync("openssl", ["version"]).status === 0

describe.skipIf(!hasOpenssl)("a server with a certificate of a private authority", () => {
  const folder = mkdtempSync(join(tmpdir(), "mixpeek-ca-"))
  const certificate = join(folder, "cert.pem")
  let server: Server
  let baseUrl = ""

  beforeAll(async () => {
    const subject = [
      "-subj",
      "/CN=localhost",
      "-addext",
      "subjectAltName=DNS:localhost,DNS:api.mixpeek.test,IP:127.0.0.1",
    ]
    const files = ["-keyout", join(folder, "key.pem"), "-out", certificate]
    const curve = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1"]
    spawnSync("openssl", ["req", "-x509", ...curve, "-nodes", "-days", "2", ...files, ...subject])
    const pair = { key: readFileSync(join(folder, "key.pem")), cert: readFileSync(certificate) }
    server = createServer(pair, (_, response) => response.end('{"results":[],"total_count":0}'))
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve))
    baseUrl = `https://localhost:${(server.address() as AddressInfo).port}`
  })

  afterAll(() => {
    server.close()
    rmSync(folder, { recursive: true })
  })

  it("is refused at once, as a matter of TLS", async () => {
    expect(await say(baseUrl, {})).toBe("Failure tls 1")
  })

  it("is reached through the tunnel of a proxy, which sees neither key nor namespace, unless NO_PROXY says otherwise", async () => {
    const asked: Array<string> = []
    const proxy = createProxy().on("connect", (request, socket, head) => {
      asked.push(`${request.url} ${JSON.stringify(request.headers)}`)
      const upstream = connect((server.address() as AddressInfo).port, "127.0.0.1", () => {
        socket.write("HTTP/1.1 200 Connection established\r\n\r\n")
        upstream.write(head)
        upstream.pipe(socket).pipe(upstream)
      })
      upstream.on("error", () => socket.destroy())
      socket.on("error", () => upstream.destroy())
    })
    await new Promise<void>((resolve) => proxy.listen(0, "127.0.0.1", resolve))
    const HTTPS_PROXY = `http://127.0.0.1:${(proxy.address() as AddressInfo).port}`
    const env = { HTTPS_PROXY, NODE_EXTRA_CA_CERTS: certificate }
    expect(await say("https://api.mixpeek.test", env)).toContain("Success")
    expect(asked).toHaveLength(1)
    expect(asked[0]).toMatch(/^api\.mixpeek\.test:443 /)
    expect(asked[0]).not.toMatch(/sk_1|authorization|namespace/i)
    const direct = { ...env, NO_PROXY: "api.mixpeek.test" }
    expect(await say("https://api.mixpeek.test", direct)).toContain("Failure dns")
    expect(asked).toHaveLength(1)
    proxy.close()
  })

  it("is asked for no second handshake by the next connection", async () => {
    const resumed: Array<boolean> = []
    const note = (socket: TLSSocket) => resumed.push(socket.isSessionReused())
    server.on("secureConnection", note)
    expect(await say(baseUrl, { NODE_EXTRA_CA_CERTS: certificate }, "thrice")).toContain("Success")
    server.off("secureConnection", note)
    expect(resumed).toEqual([false, true])
  })

  it("is trusted when NODE_EXTRA_CA_CERTS says so", async () => {
    expect(await say(baseUrl, { NODE_EXTRA_CA_CERTS: certificate })).toContain("Success")
  })
})
