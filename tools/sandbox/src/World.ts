/** Everything a running sandbox knows, and nothing that grows with the number of executions. */
import { alerts, make, type Sample } from "@mixpeek-alerts/domain/Sample"
import { executionList, type ExecutionList } from "./ExecutionList.ts"
import { faultBoard, type FaultBoard } from "./FaultBoard.ts"
import { readName } from "./FaultSetting.ts"
import { rateLimit, type RateLimit } from "./RateLimit.ts"
import { mostExecutions, type SandboxOptions } from "./SandboxOptions.ts"
import { traffic, type Traffic } from "./Traffic.ts"

export interface World {
  readonly options: SandboxOptions
  readonly sample: Sample
  readonly faults: FaultBoard
  readonly traffic: Traffic
  readonly rate: RateLimit | undefined
  readonly executions: () => number
  /** Lets newer executions arrive and gives the new number of them. */
  readonly grow: (count: number) => number
  /** The executions of every alert, or of the one at a position in the sample's alerts. */
  readonly list: (alert: number | undefined) => ExecutionList
  /** The origin that `redirect-origin` leads to; it opens when it is first needed. */
  readonly elsewhere: () => Promise<string>
}

export const world = (options: SandboxOptions, elsewhere: () => Promise<string>): World => {
  const sample = make(options.seed)
  const faults = faultBoard(options.seed)
  for (const [name, value] of Object.entries(options.faults)) faults.set(readName(name), value)
  let executions = options.executions
  const everything = executionList(sample, () => executions, undefined)
  const byAlert = alerts.map((_, alert) => executionList(sample, () => executions, alert))
  return {
    options,
    sample,
    faults,
    traffic: traffic(),
    rate: options.rpm === undefined ? undefined : rateLimit(options.rpm, options.windowSeconds),
    executions: () => executions,
    grow: (count) => (executions = Math.min(mostExecutions, executions + count)),
    list: (alert) => (alert === undefined ? everything : (byAlert[alert] ?? everything)),
    elsewhere,
  }
}
