/** Everything that the screen shows, as one value. Changed by `Update` only; holds no functions and no handles. */
import type { Decoded, ExecutionFacts } from "@mixpeek-alerts/domain"
import type { BudgetState } from "@mixpeek-alerts/client"
import type { Problem } from "../Problem.ts"
import type { Binding } from "./Keys.ts"
import type { Times } from "../text/Moment.ts"
import type { Board } from "./Board.ts"
import type { DetailState } from "./Detail.ts"
import type { ListState } from "./List.ts"
import type { LiveState } from "./Live.ts"
import type { Menu } from "./Menu.ts"
import type { PaletteName } from "./Palette.ts"
import type { TextField } from "./TextField.ts"
import type { Visit } from "./Visit.ts"

/** What the terminal can do and what the person asked for. */
export interface Theme {
  readonly ascii: boolean
  readonly color: boolean
  readonly palette: PaletteName
}

/** Where the data comes from, for the header and for what is copied. */
export interface Source {
  readonly demo: boolean
  readonly baseUrl: string
  readonly namespace: string | null
}

/** What lies on top of the screen and takes the keys. */
export type Overlay =
  | { readonly _tag: "Filter"; readonly field: TextField; readonly before: string; readonly selected: string | null }
  | { readonly _tag: "Find"; readonly field: TextField; readonly before: DetailState }
  | { readonly _tag: "Go"; readonly field: TextField; readonly complaint: string }
  | { readonly _tag: "Open"; readonly field: TextField; readonly complaint: string }
  | { readonly _tag: "Menu"; readonly menu: Menu }
  | { readonly _tag: "Help"; readonly field: TextField; readonly index: number }
  | { readonly _tag: "Problem"; readonly problem: Problem; readonly top: number }
  | { readonly _tag: "Text"; readonly title: string; readonly text: string }

export interface Model {
  readonly size: { readonly columns: number; readonly rows: number }
  /** The last known time, in milliseconds since the epoch. */
  readonly now: number
  readonly theme: Theme
  readonly source: Source
  readonly list: ListState
  readonly live: LiveState
  /** The execution that is open; `null` on the list. */
  readonly detail: DetailState | null
  /** What covers both; `null` when nothing does. */
  readonly board: Board | null
  /** From where the list was gone to, when it shows only a part because of that. */
  readonly visit: Visit | null
  /** The rows that were marked to be compared, at most two. */
  readonly marks: ReadonlyArray<Item>
  readonly times: Times
  /** The digits that were typed in front of a key. */
  readonly count: string
  readonly overlay: Overlay | null
  /** The key table, with the keys that the person chose. */
  readonly keys: ReadonlyArray<Binding>
  /** One line about the last action, until the next key. */
  readonly notice: string
  readonly budget: BudgetState | null
  /** Without a key nothing can be fetched: what to do is shown instead. */
  readonly firstRun: { readonly index: number; readonly lookedAt: ReadonlyArray<string> } | null
}

/** A record as rows know it. */
export interface Item {
  readonly key: string
  /** `null` of a record that does not fit. */
  readonly facts: ExecutionFacts | null
  readonly record: Decoded
}
