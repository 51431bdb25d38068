/** A running sandbox and how to start one. */
import type { RequestListener } from "node:http"
import type { Sample } from "@mixpeek-alerts/domain/Sample"
import { answerContract, contractPath } from "./Contract.ts"
import { control, controlPrefix } from "./Control.ts"
import { exchange } from "./Exchange.ts"
import type { FaultName } from "./Fault.ts"
import { type FaultValue, readName } from "./FaultSetting.ts"
import { closedOnArrival } from "./KeepAliveFault.ts"
import { type Listener, listen } from "./Listener.ts"
import { isLoopback, originOf } from "./Loopback.ts"
import { defaults, type SandboxOptions } from "./SandboxOptions.ts"
import { type Stats, statsOf } from "./Stats.ts"
import type { ElsewhereCounts, RequestCounts } from "./Traffic.ts"
import { world, type World } from "./World.ts"

export interface Sandbox extends AsyncDisposable {
  /** `http://HOST:PORT`, without a slash at the end. */
  readonly baseUrl: string
  readonly port: number
  readonly apiKey: string
  readonly namespace: string
  /** Where the records come from, to compare with. */
  readonly sample: Sample
  /** A live view of what was asked. */
  readonly requests: RequestCounts
  /** A live view of what reached the second origin, where `redirect-origin` leads. */
  readonly elsewhere: ElsewhereCounts
  /** Switches a fault on, from its beginning. Throws `BadFault` for a value that makes no sense. */
  readonly setFault: (name: FaultName, value: FaultValue) => void
  readonly clearFault: (name: FaultName) => void
  readonly clearFaults: () => void
  /** How often each fault played. */
  readonly fired: () => Readonly<Record<string, number>>
  readonly executions: () => number
  /** Lets newer executions arrive in front of the others and gives the new number of them. */
  readonly grow: (count: number) => number
  readonly openSockets: () => number
  readonly stats: () => Stats
  /** Closes every socket and stops. */
  readonly close: () => Promise<void>
}

/** A host that other machines can reach, without the permission for it. */
export class NotLoopback extends Error {}

const listenerOf =
  (here: World, elsewhere: boolean): RequestListener =>
  (incoming, response) => {
    if (closedOnArrival(incoming.socket)) return
    if (incoming.url?.startsWith(controlPrefix) === true) void control(here, incoming, response)
    else if (incoming.url === contractPath) void answerContract(response)
    else exchange(here, elsewhere, incoming, response)
  }

const sandboxOf = (here: World, listener: Listener, close: () => Promise<void>): Sandbox => ({
  baseUrl: originOf(here.options.host, listener.port),
  port: listener.port,
  apiKey: here.options.apiKey,
  namespace: here.options.namespace,
  sample: here.sample,
  requests: here.traffic.requests,
  elsewhere: here.traffic.elsewhere,
  setFault: (name, value) => here.faults.set(readName(name), value),
  clearFault: here.faults.clear,
  clearFaults: here.faults.clearAll,
  fired: here.faults.fired,
  executions: here.executions,
  grow: here.grow,
  openSockets: here.traffic.socketsOpen,
  stats: () => statsOf(here),
  close,
  [Symbol.asyncDispose]: close,
})

/** Starts a sandbox; without a port, on a free one. Only on loopback, unless told otherwise. */
export const startSandbox = async (given: Partial<SandboxOptions> = {}): Promise<Sandbox> => {
  const options: SandboxOptions = { ...defaults, port: 0, ...given }
  if (!options.allowNonLoopback && !isLoopback(options.host)) {
    throw new NotLoopback(`The sandbox does not listen on ${options.host}: other machines could reach it.`)
  }
  let second: Promise<Listener> | undefined
  const { host, port } = options
  const here: World = world(options, async () => {
    second ??= listen({ host, port: 0 }, here.traffic, listenerOf(here, true))
    return originOf(host, (await second).port)
  })
  const first = await listen({ host, port }, here.traffic, listenerOf(here, false))
  return sandboxOf(here, first, async () => {
    await Promise.all([first.close(), second?.then((one) => one.close())])
  })
}
