/** The sockets of a client: how many, how long they live, and whether a proxy is between. */
import { Agent, type Dispatcher, EnvHttpProxyAgent } from "undici"
import { isLoopback } from "./BaseUrl.ts"

/** Limits of the connections to one origin. */
export interface ConnectionOptions {
  readonly baseUrl: URL
  /** The most sockets. */
  readonly connections: number
  /** Until a connection is made, its TLS handshake included, in milliseconds. */
  readonly connectMillis: number
}

type Environment = Readonly<Record<string, string | undefined>>

const proxyNames = ["HTTPS_PROXY", "https_proxy", "HTTP_PROXY", "http_proxy"]

/** Whether the proxy variables count: always when there are any, except to loopback, which no proxy can reach. */
export const usesProxy = (baseUrl: URL, environment: Environment): boolean =>
  !isLoopback(baseUrl.hostname) && proxyNames.some((name) => (environment[name] ?? "") !== "")

/** The proxy variable that is set and names no proxy; `null` when all is well. Its value may hold a password: never show it. */
export const badProxy = (baseUrl: URL, environment: Environment): string | null => {
  if (!usesProxy(baseUrl, environment)) return null
  const isBad = (name: string): boolean => {
    const value = environment[name] ?? ""
    return value !== "" && !/^https?:$/.test(URL.parse(value)?.protocol ?? "")
  }
  return proxyNames.find(isBad) ?? null
}

/** The connections of one client. */
export const dispatcherOf = (options: ConnectionOptions): Dispatcher => {
  const limits = {
    connections: options.connections,
    connect: { timeout: options.connectMillis },
    connectTimeout: options.connectMillis,
    keepAliveTimeout: 30_000,
    // As Node's own; undici would load `node:http` to ask for it.
    maxHeaderSize: 16 << 10,
    pipelining: 1,
  }
  return usesProxy(options.baseUrl, process.env) ? new EnvHttpProxyAgent(limits) : new Agent(limits)
}
