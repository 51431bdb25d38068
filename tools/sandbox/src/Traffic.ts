/** What has come and gone: requests by path and status, sockets, and requests at once. */
import type { Socket } from "node:net"

/** The counts of requests; a live view, which changes as requests come. */
export interface RequestCounts {
  readonly total: number
  /** By method and route, as in `GET /v1/alerts/executions/{execution_id}`. */
  readonly byPath: Readonly<Record<string, number>>
  /** By status; `none` counts requests that got no status line. */
  readonly byStatus: Readonly<Record<string, number>>
  readonly inFlight: number
  readonly maxInFlight: number
}

/** What reached the second origin, where `redirect-origin` leads. */
export interface ElsewhereCounts {
  readonly requests: number
  readonly withKey: number
  readonly withNamespace: number
}

type Writable<A> = { -readonly [K in keyof A]: A[K] }

export interface Traffic {
  readonly requests: RequestCounts
  readonly elsewhere: ElsewhereCounts
  readonly socketsOpen: () => number
  readonly socketsEver: () => number
  /** Counts an arrival and gives its number. */
  readonly arrive: (route: string) => number
  /** Counts a departure, with its status when it got one. */
  readonly leave: (status: number | undefined) => void
  readonly arriveElsewhere: (sent: { readonly key: boolean; readonly namespace: boolean }) => void
  readonly opened: (socket: Socket) => void
  readonly destroySockets: () => void
}

const countIn = (counts: Record<string, number>, key: string): void => {
  counts[key] = (counts[key] ?? 0) + 1
}

export const traffic = (): Traffic => {
  const byPath: Record<string, number> = {}
  const byStatus: Record<string, number> = {}
  const requests: Writable<RequestCounts> = { total: 0, byPath, byStatus, inFlight: 0, maxInFlight: 0 }
  const elsewhere: Writable<ElsewhereCounts> = { requests: 0, withKey: 0, withNamespace: 0 }
  const sockets = new Set<Socket>()
  let ever = 0
  return {
    requests,
    elsewhere,
    socketsOpen: () => sockets.size,
    socketsEver: () => ever,
    arrive: (route) => {
      countIn(byPath, route)
      requests.inFlight++
      requests.maxInFlight = Math.max(requests.maxInFlight, requests.inFlight)
      return ++requests.total
    },
    leave: (status) => {
      requests.inFlight--
      countIn(byStatus, status === undefined ? "none" : String(status))
    },
    arriveElsewhere: (sent) => {
      elsewhere.requests++
      if (sent.key) elsewhere.withKey++
      if (sent.namespace) elsewhere.withNamespace++
    },
    opened: (socket) => {
      ever++
      sockets.add(socket)
      socket.once("close", () => sockets.delete(socket))
    },
    destroySockets: () => {
      for (const socket of sockets) socket.destroy()
    },
  }
}
