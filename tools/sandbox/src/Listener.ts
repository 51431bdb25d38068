/** A plain HTTP server on one port, with its sockets counted. */
import { createServer, type RequestListener, type Server } from "node:http"
import type { AddressInfo } from "node:net"
import type { Traffic } from "./Traffic.ts"

/** Long, so that only the fault `close-keepalive` closes an idle connection. */
const keepAliveMillis = 75_000

export interface Listener {
  readonly port: number
  readonly close: () => Promise<void>
}

const closing = (server: Server, traffic: Traffic): Promise<void> =>
  new Promise((resolve) => {
    server.close(() => resolve())
    traffic.destroySockets()
  })

/** Listens; fails with the error of the operating system when it cannot. */
export const listen = (
  place: { readonly host: string; readonly port: number },
  traffic: Traffic,
  onRequest: RequestListener,
): Promise<Listener> =>
  new Promise((resolve, reject) => {
    const server = createServer({ keepAliveTimeout: keepAliveMillis, requestTimeout: 0 }, onRequest)
    server.on("connection", traffic.opened)
    server.once("error", reject)
    server.listen(place.port, place.host, () => {
      server.off("error", reject)
      resolve({ port: (server.address() as AddressInfo).port, close: () => closing(server, traffic) })
    })
  })
