/** Everything that `Update` can ask for, as data. `Perform` does it, and answers with a message. */
import type { SavedPage } from "../cache/SavedPage.ts"
import type { Cursor, ExecutionId } from "@mixpeek-alerts/domain"

export type Command =
  | { readonly _tag: "LoadExecution"; readonly id: ExecutionId }
  /** `null` loads the first page again; with a gap, what it leaves out. */
  | { readonly _tag: "LoadPage"; readonly cursor: Cursor | null; readonly alert: string | null; readonly gap?: string }
  | { readonly _tag: "LoadHistory"; readonly cursor: Cursor | null; readonly alert: string }
  | { readonly _tag: "LoadAlerts" }
  /** One request for each. */
  | { readonly _tag: "LoadLatest"; readonly alerts: ReadonlyArray<string> }
  /** Wait, then tell that a look is due. */
  | { readonly _tag: "LookLater"; readonly millis: number }
  /** Ask for the first page, once and without a retry. */
  | { readonly _tag: "Look"; readonly pageSize: number; readonly alert: string | null }
  /** Tell the time again, later. */
  | { readonly _tag: "Tick"; readonly millis: number }
  /** Give up a request that is under way. */
  | {
      readonly _tag: "Cancel"
      readonly what: "LoadExecution" | "LoadPage" | "LoadHistory" | "LoadAlerts" | "LoadLatest" | "Look" | "LookLater"
    }
  | { readonly _tag: "Copy"; readonly what: string; readonly text: string }
  /** Give the terminal to the editor or the pager, with this text. */
  | { readonly _tag: "HandOver"; readonly to: "editor" | "pager"; readonly name: string; readonly text: string }
  | { readonly _tag: "WatchBudget" }
  /** Keep the newest rows for the next start. */
  | { readonly _tag: "SavePage"; readonly page: SavedPage }
  /** Give the terminal back to the shell until `fg`. */
  | { readonly _tag: "Suspend" }
  | { readonly _tag: "Repaint" }
  | { readonly _tag: "Quit"; readonly code: number }
