/** Whether the way to the endpoint is open: proxy, DNS, TLS, and whether its clock agrees with this one. */
import { Backend, ExitCode } from "@mixpeek-alerts/client"
import { Clock, Effect, Option } from "effect"
import * as HttpClient from "effect/http/HttpClient"
import { isIP } from "node:net"
import type { TLSSocket } from "node:tls"
import { clean } from "../../text/Clean.ts"
import { type Check, failed, ok, skip, warn } from "./Check.ts"

type Env = Readonly<Record<string, string | undefined>>

const proxyNames = ["HTTPS_PROXY", "https_proxy", "HTTP_PROXY", "http_proxy"]
const isLocal = (url: URL): boolean => /^(localhost|127\.|\[::1\])/.test(url.hostname)

/** The variable that sends requests to this endpoint through a proxy. */
const proxyOf = (url: URL, env: Env): string | undefined =>
  isLocal(url) ? undefined : proxyNames.find((name) => (env[name] ?? "") !== "")

const proxyCheck = (url: URL, env: Env): Check => {
  const name = proxyOf(url, env)
  if (name === undefined) return ok("proxy", isLocal(url) ? "none to this machine" : "none is set")
  const proxy = URL.parse(env[name] ?? "")
  if (proxy === null || !/^https?:$/.test(proxy.protocol))
    return failed(
      "proxy",
      ExitCode.config,
      `${name} is not the URL of a proxy.`,
      "Give it like http://proxy.example.com:3128, or leave it out.",
    )
  const except = env["NO_PROXY"] ?? env["no_proxy"] ?? ""
  return ok("proxy", `${proxy.host} from ${name}${except === "" ? "" : `, except for ${clean(except)}`}`)
}

const hostOf = (url: URL): string => url.hostname.replace(/^\[|\]$/g, "")

const dnsCheck = (url: URL, millis: number): Effect.Effect<Check> =>
  Effect.gen(function* () {
    const host = hostOf(url)
    if (isIP(host) !== 0) return ok("dns", `${host} is an address`)
    const started = yield* Clock.currentTimeMillis
    const found = yield* Effect.tryPromise(() =>
      process.getBuiltinModule("node:dns/promises").lookup(host, { all: true }),
    ).pipe(Effect.timeoutOption(millis), Effect.orElseSucceed(Option.none))
    const took = (yield* Clock.currentTimeMillis) - started
    return Option.isSome(found)
      ? ok("dns", `${host} is ${found.value[0]?.address ?? "known"}, in ${took} ms`)
      : failed(
          "dns",
          ExitCode.unavailable,
          `The name ${host} could not be resolved.`,
          "Check the network, the name in MIXPEEK_BASE_URL, and the DNS server.",
        )
  })

interface Handshake {
  readonly protocol: string
  readonly validTo: string
  readonly error: string | null
}

const handshakeOf = (socket: TLSSocket): Handshake => ({
  protocol: socket.getProtocol() ?? "TLS",
  validTo: socket.getPeerCertificate().valid_to,
  error: null,
})

const handshake = (url: URL): Effect.Effect<Handshake> =>
  Effect.callback<Handshake>((resume) => {
    const host = hostOf(url)
    const { connect } = process.getBuiltinModule("node:tls")
    const socket = connect({ host, port: Number(url.port || 443), ...(isIP(host) === 0 ? { servername: host } : {}) })
    socket.once("secureConnect", () => {
      const found = handshakeOf(socket)
      socket.destroy()
      resume(Effect.succeed(found))
    })
    socket.once("error", (error: NodeJS.ErrnoException) =>
      resume(Effect.succeed({ protocol: "", validTo: "", error: error.code ?? error.message })),
    )
    return Effect.sync(() => socket.destroy())
  })

const day = 86_400_000
const expiresSoonDays = 14

const tlsCheck = (url: URL, millis: number): Effect.Effect<Check> =>
  Effect.gen(function* () {
    if (url.protocol === "http:") return skip("tls", "not used to this machine")
    const found = Option.getOrElse(yield* Effect.timeoutOption(handshake(url), millis), () => ({
      protocol: "",
      validTo: "",
      error: "no answer in time",
    }))
    if (found.error !== null)
      return failed(
        "tls",
        ExitCode.unavailable,
        `No trusted connection to ${url.host} could be made (${clean(found.error)}).`,
        "Check the clock and the certificates; a private CA goes into NODE_EXTRA_CA_CERTS.",
      )
    const days = Math.floor((Date.parse(found.validTo) - (yield* Clock.currentTimeMillis)) / day)
    const text = `${found.protocol}, the certificate is valid for ${days} days`
    return days < expiresSoonDays ? warn("tls", `${text}.`, "Its owner should renew it.") : ok("tls", text)
  })

const mostSkewSeconds = 30

const clockCheck = (url: URL, millis: number): Effect.Effect<Check> =>
  Effect.gen(function* () {
    const http = yield* HttpClient.HttpClient
    const sent = yield* Clock.currentTimeMillis
    const answer = yield* http
      .get(new URL("/", url))
      .pipe(Effect.timeoutOption(millis), Effect.orElseSucceed(Option.none))
    const received = yield* Clock.currentTimeMillis
    if (Option.isNone(answer))
      return failed(
        "clock",
        ExitCode.unavailable,
        `${url.origin} does not answer.`,
        "Check the network, MIXPEEK_BASE_URL and the proxy variables (HTTPS_PROXY, NO_PROXY).",
      )
    const date = Date.parse(answer.value.headers["date"] ?? "")
    if (Number.isNaN(date)) return skip("clock", "The server does not tell its time.")
    // The header has whole seconds: on average it is half a second behind.
    const skew = Math.round((date + 500 - (sent + received) / 2) / 1000)
    const text = `${Math.abs(skew)} s ${skew > 0 ? "behind" : "ahead of"} the server`
    return Math.abs(skew) > mostSkewSeconds
      ? warn(
          "clock",
          `This machine's clock is ${text}.`,
          "Set it by NTP: --since 2h and waiting for rate limits go by it.",
        )
      : ok("clock", skew === 0 ? "agrees with the server's" : text)
  }).pipe(
    Effect.provide(
      Backend.layer({
        baseUrl: url,
        connectMillis: millis,
        headersMillis: millis,
        bodyIdleMillis: millis,
        maxBodyBytes: 1024 * 1024,
      }),
    ),
  )

/** Everything up to the first answer of the endpoint, whoever asks. */
export const networkChecks = Effect.fnUntraced(function* (url: URL, env: Env, millis: number) {
  const proxy = proxyCheck(url, env)
  if (proxy.status === "fail") return [proxy]
  if (proxyOf(url, env) !== undefined) {
    const left = (name: string) => skip(name, "left to the proxy")
    return [proxy, left("dns"), left("tls"), yield* clockCheck(url, millis)]
  }
  const dns = yield* dnsCheck(url, millis)
  if (dns.status === "fail") return [proxy, dns]
  const tls = yield* tlsCheck(url, millis)
  return tls.status === "fail" ? [proxy, dns, tls] : [proxy, dns, tls, yield* clockCheck(url, millis)]
})
