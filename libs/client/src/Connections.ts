/** The sockets of a client: how many, how long they live, and whether a proxy is between. */
import type { Socket } from "node:net"
import { buildConnector, Client, type Dispatcher, EnvHttpProxyAgent } from "undici"
import { isLoopback } from "./BaseUrl.ts"

/** Limits of the connections to one origin. */
export interface ConnectionOptions {
  readonly baseUrl: URL
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

/** The connections to one origin. Each has one request at a time; there are as many as there were requests at once. */
export interface Connections {
  /** A connection that nobody uses. To be given back when its request has ended, however it did. */
  readonly take: () => Dispatcher
  readonly give: (connection: Dispatcher) => void
  /** Closes a connection that is being made for a request that nobody waits for any more. */
  readonly drop: (connection: Dispatcher) => void
  /** Ends all requests, also those to come, and closes all sockets. */
  readonly destroy: () => Promise<void>
}

// HTTP/1.1, so that one request does not wait for another; the size of headers as Node's own, which undici would load `node:http` to ask for.
const limits = { allowH2: false, keepAliveTimeout: 30_000, maxHeaderSize: 16 << 10, pipelining: 1 }

/** `secureConnecting` is Node's; its types leave it out. */
const isInTheMaking = (socket: Socket & { readonly secureConnecting?: boolean }): boolean =>
  socket.connecting || socket.secureConnecting === true

/** What was used last is used next, so that what is not needed any more is closed when it has been idle for long enough. */
const direct = ({ baseUrl, connectMillis }: ConnectionOptions): Connections => {
  // One for all, since it remembers the sessions of TLS.
  const connect = buildConnector({ allowH2: false, timeout: connectMillis })
  const idle: Array<Client> = []
  /** All that are there, with the socket of each. */
  const made = new Map<Dispatcher, Socket | null>()
  let isDestroyed = false

  const make = (): Client => {
    const client: Client = new Client(baseUrl.origin, {
      ...limits,
      connect: (options, callback) => void made.set(client, connect(options, callback) as unknown as Socket),
    })
    made.set(client, null)
    return client
  }

  /** undici itself leaves a socket alone that is not connected yet. */
  const close = async (connection: Dispatcher): Promise<void> => {
    const socket = made.get(connection)
    made.delete(connection)
    const closed = connection.destroy()
    if (socket != null && isInTheMaking(socket)) socket.destroy(new Error("interrupted"))
    await closed
  }

  return {
    take: () => {
      const client = idle.pop() ?? make()
      if (isDestroyed) void close(client)
      return client
    },
    give: (connection) => {
      const client = connection as Client
      if (client.destroyed) made.delete(client)
      else idle.push(client)
    },
    drop: (connection) => void close(connection),
    destroy: async () => {
      isDestroyed = true
      await Promise.all(Array.from(made.keys(), close))
    },
  }
}

/** Proxies are undici's, with the connections to them. */
const proxied = ({ connectMillis }: ConnectionOptions): Connections => {
  const agent = new EnvHttpProxyAgent({ ...limits, connect: { timeout: connectMillis }, connectTimeout: connectMillis })
  return { take: () => agent, give: () => {}, drop: () => {}, destroy: () => agent.destroy() }
}

/** The connections of one client of the API. */
export const connectionsOf = (options: ConnectionOptions): Connections =>
  usesProxy(options.baseUrl, process.env) ? proxied(options) : direct(options)
