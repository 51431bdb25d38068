/** How to get Mixpeek alert executions. The public API of `@mixpeek-alerts/client`. */
export * as Backend from "./Backend.ts"
export * as Reason from "./Reason.ts"
export { type ListQuery, maxPageSize } from "./Endpoint.ts"
export { ExitCode, exitCodeOf } from "./ExitCode.ts"
export { type Fetched, Mixpeek, type MixpeekShape, type WalkedPage } from "./Mixpeek.ts"
export {
  defaultBaseUrl,
  defaults,
  fromEnvironment,
  type MixpeekConfig,
  type MixpeekOverrides,
  parseApiKey,
  parseBaseUrl,
  type Timeouts,
} from "./MixpeekConfig.ts"
export { Attempt, MixpeekError } from "./MixpeekError.ts"
export type { RequestBudget } from "./RequestBudget.ts"
export type { BudgetState, Rate, RequestBudgetOptions } from "./RequestLedger.ts"
