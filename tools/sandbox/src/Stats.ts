/** Everything the sandbox has counted, as the control endpoint and tests read it. */
import type { ElsewhereCounts, RequestCounts } from "./Traffic.ts"
import type { World } from "./World.ts"

export interface Stats {
  readonly requests: RequestCounts
  readonly sockets: { readonly open: number; readonly ever: number }
  readonly elsewhere: ElsewhereCounts
  /** How often each fault played. */
  readonly faults: Readonly<Record<string, number>>
  readonly executions: number
}

export const statsOf = (world: World): Stats => ({
  requests: structuredClone(world.traffic.requests),
  sockets: { open: world.traffic.socketsOpen(), ever: world.traffic.socketsEver() },
  elsewhere: { ...world.traffic.elsewhere },
  faults: world.faults.fired(),
  executions: world.executions(),
})
