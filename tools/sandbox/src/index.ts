/** A Mixpeek-compatible server on loopback. The public API of `@mixpeek-alerts/sandbox`. */
export type { ApiRequest } from "./ApiRequest.ts"
export { type FaultName, faultNames } from "./Fault.ts"
export { BadFault, type FaultFields, type FaultValue } from "./FaultSetting.ts"
export { NotLoopback, type Sandbox, startSandbox } from "./Sandbox.ts"
export type { SandboxOptions } from "./SandboxOptions.ts"
export type { Stats } from "./Stats.ts"
export type { ElsewhereCounts, RequestCounts } from "./Traffic.ts"
