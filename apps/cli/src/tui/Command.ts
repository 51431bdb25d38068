/** Everything that `Update` can ask for, as data. `Perform` does it, and answers with a message. */
import type { Cursor, ExecutionId } from "@mixpeek-alerts/domain"

export type Command =
  | { readonly _tag: "LoadExecution"; readonly id: ExecutionId }
  /** `null` loads the first page again. */
  | { readonly _tag: "LoadPage"; readonly cursor: Cursor | null }
  /** Tell the time again, later. */
  | { readonly _tag: "Tick"; readonly millis: number }
  /** Give up a request that is under way. */
  | { readonly _tag: "Cancel"; readonly what: "LoadExecution" | "LoadPage" }
  | { readonly _tag: "Copy"; readonly what: string; readonly text: string }
  | { readonly _tag: "WatchBudget" }
  /** Give the terminal back to the shell until `fg`. */
  | { readonly _tag: "Suspend" }
  | { readonly _tag: "Repaint" }
  | { readonly _tag: "Quit"; readonly code: number }
