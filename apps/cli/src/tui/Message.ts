/** Everything that can happen to the model. */
import type { BudgetState } from "@mixpeek-alerts/client"
import type { Alert, Decoded, ExecutionFacts, Page } from "@mixpeek-alerts/domain"
import type { Problem } from "../Problem.ts"

export type Message =
  /** One key, by its name in `Keys`. */
  | { readonly _tag: "Pressed"; readonly press: string }
  | { readonly _tag: "Pasted"; readonly text: string }
  | { readonly _tag: "Resized"; readonly columns: number; readonly rows: number }
  | { readonly _tag: "Ticked"; readonly at: number }
  | { readonly _tag: "ExecutionLoaded"; readonly id: string; readonly record: Decoded; readonly at: number }
  | { readonly _tag: "ExecutionFailed"; readonly id: string; readonly problem: Problem; readonly at: number }
  | {
      readonly _tag: "PageLoaded"
      readonly page: Page
      readonly more: boolean
      readonly at: number
      readonly gap?: string
    }
  | { readonly _tag: "PageFailed"; readonly problem: Problem; readonly at: number }
  | { readonly _tag: "HistoryLoaded"; readonly alert: string; readonly page: Page; readonly at: number }
  | { readonly _tag: "HistoryFailed"; readonly alert: string; readonly problem: Problem; readonly at: number }
  | { readonly _tag: "AlertsLoaded"; readonly alerts: ReadonlyArray<Alert>; readonly at: number }
  | { readonly _tag: "AlertsFailed"; readonly problem: Problem; readonly at: number }
  /** The last result of one alert; `facts` is `null` when it never ran. */
  | {
      readonly _tag: "LatestLoaded"
      readonly alert: string
      readonly facts: ExecutionFacts | null
      readonly at: number
    }
  | { readonly _tag: "LatestFailed"; readonly alert: string; readonly problem: Problem; readonly at: number }
  /** Something to say in one line. */
  | { readonly _tag: "Noticed"; readonly text: string }
  | { readonly _tag: "BudgetChanged"; readonly budget: BudgetState; readonly at: number }
  /** It is time for live mode to look for new executions. */
  | { readonly _tag: "LookDue"; readonly at: number }
  | { readonly _tag: "LookLoaded"; readonly alert: string | null; readonly page: Page; readonly at: number }
  | { readonly _tag: "LookFailed"; readonly problem: Problem; readonly at: number }
  /** The terminal says whether its window has the focus. */
  | { readonly _tag: "FocusChanged"; readonly focused: boolean }
  /** Text went to the clipboard by `route`; `null` when no way worked. */
  | { readonly _tag: "Copied"; readonly what: string; readonly text: string; readonly route: string | null }
