/**
 * The one table of keys. The footer, the help screen, the README and the tests
 * read it; nothing else knows which key does what.
 */
import { focus } from "./Detail.ts"
import type { Model } from "./Model.ts"
import { known } from "./Remote.ts"

/** What takes the keys. */
export type Mode =
  | "list"
  | "matches"
  | "tree"
  | "lines"
  | "noList"
  | "noRecord"
  | "text"
  | "menu"
  | "help"
  | "reading"
  | "firstRun"

export type Action =
  | "up"
  | "down"
  | "pageUp"
  | "pageDown"
  | "halfUp"
  | "halfDown"
  | "first"
  | "last"
  | "open"
  | "unfold"
  | "toggleFold"
  | "fold"
  | "foldAll"
  | "back"
  | "otherPane"
  | "tab1"
  | "tab2"
  | "tab3"
  | "tab4"
  | "filter"
  | "clear"
  | "sort"
  | "triggeredOnly"
  | "loadMore"
  | "preview"
  | "openById"
  | "copy"
  | "refresh"
  | "live"
  | "follow"
  | "theme"
  | "problem"
  | "help"
  | "repaint"
  | "suspend"
  | "quit"
  | "interrupt"

export interface Binding {
  readonly action: Action
  /** The presses that do it, the one to show first. */
  readonly keys: ReadonlyArray<string>
  /** What it does, for the footer: one or two words. */
  readonly label: string
  /** What it does, for the help screen and the README. */
  readonly help: string
  readonly modes: ReadonlyArray<Mode>
  /** How early it shows in the footer, 1 first; 0 never. */
  readonly rank: number
}

const moving: ReadonlyArray<Mode> = ["list", "matches", "tree", "lines"]
const inside: ReadonlyArray<Mode> = ["matches", "tree", "lines"]
const empty: ReadonlyArray<Mode> = ["noList", "noRecord"]
const anywhere: ReadonlyArray<Mode> = [...moving, ...empty]

const bind = (
  action: Action,
  keys: ReadonlyArray<string>,
  modes: ReadonlyArray<Mode>,
  rank: number,
  label: string,
  help: string,
): Binding => ({ action, keys, modes, rank, label, help })

export const bindings: ReadonlyArray<Binding> = [
  bind("down", ["down", "j"], [...moving, "reading", "firstRun"], 0, "next", "next line"),
  bind("up", ["up", "k"], [...moving, "reading", "firstRun"], 0, "previous", "previous line"),
  bind("pageDown", ["pgdn", "space"], [...moving, "reading"], 0, "page", "one page down"),
  bind("pageUp", ["pgup"], [...moving, "reading"], 0, "page", "one page up"),
  bind("halfDown", ["d", "ctrl-d"], moving, 0, "half", "half a page down"),
  bind("halfUp", ["u", "ctrl-u"], moving, 0, "half", "half a page up"),
  bind("first", ["g", "home"], [...moving, "reading"], 0, "first", "first line"),
  bind("last", ["G", "end"], [...moving, "reading"], 0, "last", "last line"),
  bind("open", ["enter", "l", "right"], ["list"], 1, "open", "open the execution"),
  bind("open", ["enter", "l", "right"], ["matches"], 1, "look in", "look into the match: its features and metadata"),
  bind("open", ["enter"], ["firstRun"], 1, "choose", "choose"),
  bind("toggleFold", ["enter"], ["tree"], 1, "fold", "fold or unfold"),
  bind("unfold", ["right", "l"], ["tree"], 0, "unfold", "unfold"),
  bind("fold", ["left", "h"], ["tree"], 0, "fold", "fold, or go to the line above it"),
  bind("foldAll", ["*"], ["tree"], 4, "all", "fold or unfold everything"),
  bind("otherPane", ["tab"], inside, 2, "next pane", "the other pane, then the next tab"),
  bind("tab1", ["1"], inside, 0, "matches", "the matches"),
  bind("tab2", ["2"], inside, 0, "JSON", "the record as a tree"),
  bind("tab3", ["3"], inside, 0, "sources", "the source documents"),
  bind("tab4", ["4"], inside, 0, "raw", "the record as text, every digit as it was sent"),
  bind("filter", ["/"], ["list"], 2, "filter", "filter the loaded executions"),
  bind("sort", ["s"], ["list"], 4, "sort", "sort by time, top score, matches or duration"),
  bind("triggeredOnly", ["x"], ["list"], 5, "triggered", "only triggered executions, or all"),
  bind("loadMore", ["L"], ["list"], 6, "more", "load the next page (one request)"),
  bind("preview", ["p"], ["list"], 0, "preview", "show or hide the preview (from 100 columns)"),
  bind("openById", ["o"], anywhere, 7, "open ID", "open by ID or URL; pasting one works too"),
  bind("copy", ["y"], moving, 3, "copy", "copy an ID, JSON, a path, or a command"),
  bind("refresh", ["r"], moving, 8, "refresh", "ask the server again"),
  bind("refresh", ["r"], empty, 1, "try again", "ask the server again"),
  bind("live", ["w"], ["list"], 6, "live", "look for new executions again and again, or stop"),
  bind("live", ["w"], [...inside, ...empty], 0, "live", "the same, from here"),
  bind("follow", ["f"], ["list"], 0, "follow", "live, with the newest selected; moving the cursor ends it"),
  bind("theme", ["T"], anywhere, 0, "theme", "other colours: the terminal's, blue and orange, high contrast, none"),
  bind("problem", ["!"], anywhere, 0, "error", "details of the last error"),
  bind("clear", ["esc"], ["list"], 0, "clear", "clear the filter"),
  bind("back", ["esc", "backspace"], [...inside, "noRecord"], 5, "back", "back one step"),
  bind("back", ["left", "h"], ["matches", "lines"], 0, "back", "back one step"),
  bind("back", ["esc", "q", "enter", "backspace"], ["reading"], 1, "close", "close"),
  bind("help", ["?"], [...anywhere, "firstRun"], 9, "help", "all keys; type to search, Enter does it"),
  bind("repaint", ["ctrl-l"], anywhere, 0, "repaint", "paint the screen again"),
  bind("suspend", ["ctrl-z"], anywhere, 0, "suspend", "back to the shell; fg returns"),
  bind(
    "quit",
    ["q"],
    [...anywhere, "firstRun"],
    10,
    "quit",
    "quit; from an execution that was opened in the list, back to it",
  ),
  bind("interrupt", ["ctrl-c"], [...anywhere, "reading", "firstRun"], 0, "quit", "quit at once, from anywhere"),
]

/** What takes the keys now. */
export const modeOf = (model: Model): Mode => {
  switch (model.overlay?._tag) {
    case "Filter":
    case "Open":
      return "text"
    case "Menu":
      return "menu"
    case "Help":
      return "help"
    case "Problem":
    case "Text":
      return "reading"
    case undefined:
      return screenMode(model)
  }
}

/** What takes the keys when nothing lies on top. */
export const screenMode = (model: Model): Mode => {
  if (model.firstRun !== null) return "firstRun"
  // Nothing is there yet, or nothing came: only what does not need data works.
  if (model.detail === null) return known(model.list.items) === null ? "noList" : "list"
  if (known(model.detail.record) === null) return "noRecord"
  const at = focus(model.detail)
  return at === "matches" ? "matches" : at === "tree" || at === "json" ? "tree" : "lines"
}

/** The bindings of a mode. */
export const bindingsOf = (mode: Mode, table: ReadonlyArray<Binding> = bindings): ReadonlyArray<Binding> =>
  table.filter(({ modes }) => modes.includes(mode))

/** What a press does in a mode; `null` when nothing. */
export const actionOf = (mode: Mode, press: string, table: ReadonlyArray<Binding> = bindings): Action | null =>
  table.find(({ keys, modes }) => modes.includes(mode) && keys.includes(press))?.action ?? null
