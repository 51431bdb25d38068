/**
 * The one table of keys. The footer, the help screen, the README and the tests
 * read it; nothing else knows which key does what.
 */
import type { Mode } from "./Mode.ts"

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
  | "tab5"
  | "filter"
  | "clear"
  | "sort"
  | "triggeredOnly"
  | "loadMore"
  | "preview"
  | "openById"
  | "copy"
  | "find"
  | "findNext"
  | "findPrevious"
  | "mark"
  | "compare"
  | "alerts"
  | "trends"
  | "asTable"
  | "nextAlert"
  | "longer"
  | "shorter"
  | "times"
  | "editor"
  | "pager"
  | "equivalent"
  | "go"
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

const inside: ReadonlyArray<Mode> = ["matches", "tree", "lines", "history"]
const boards: ReadonlyArray<Mode> = ["alerts", "buckets", "compare"]
const moving: ReadonlyArray<Mode> = ["list", ...inside, ...boards]
const empty: ReadonlyArray<Mode> = ["noList", "noRecord", "noBoard"]
const anywhere: ReadonlyArray<Mode> = [...moving, "chart", ...empty]
const records: ReadonlyArray<Mode> = ["list", ...inside]

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
  bind("pageDown", ["pgdn"], ["list", "history"], 0, "page", "one page down"),
  bind("pageDown", ["pgdn", "space"], ["matches", "tree", "lines", ...boards, "reading"], 0, "page", "one page down"),
  bind("pageUp", ["pgup"], [...moving, "reading"], 0, "page", "one page up"),
  bind("halfDown", ["d", "ctrl-d"], moving, 0, "half", "half a page down"),
  bind("halfUp", ["u", "ctrl-u"], moving, 0, "half", "half a page up"),
  bind("first", ["g", "home"], [...moving, "reading"], 0, "first", "first line"),
  bind("last", ["G", "end"], [...moving, "reading"], 0, "last", "last line"),
  bind("open", ["enter", "l", "right"], ["list"], 1, "open", "open the execution"),
  bind("open", ["enter", "l", "right"], ["matches"], 1, "look in", "look into the match: its features and metadata"),
  bind("open", ["enter", "l", "right"], ["history"], 1, "open", "open the execution; esc comes back to this one"),
  bind("open", ["enter", "l", "right"], ["alerts"], 1, "executions", "list the alert's executions (one request)"),
  bind("open", ["enter"], ["chart", "buckets"], 1, "list", "list what the bucket counts"),
  bind("up", ["left", "h"], ["chart"], 2, "earlier", "the bucket before"),
  bind("down", ["right", "l"], ["chart"], 2, "later", "the bucket after"),
  bind("first", ["g", "home"], ["chart"], 0, "first", "the first bucket"),
  bind("last", ["G", "end"], ["chart"], 0, "last", "the last bucket"),
  bind("nextAlert", ["tab"], ["chart", "buckets"], 3, "alert", "the next alert, then all of them"),
  bind("asTable", ["x"], ["chart"], 4, "table", "the same as a table"),
  bind("asTable", ["x"], ["buckets"], 4, "pictures", "the same as pictures"),
  bind("longer", ["+", "="], ["chart", "buckets"], 5, "longer", "longer buckets"),
  bind("shorter", ["-"], ["chart", "buckets"], 5, "shorter", "shorter buckets"),
  bind("open", ["enter"], ["firstRun"], 1, "choose", "choose"),
  bind("toggleFold", ["enter"], ["tree"], 1, "fold", "fold or unfold"),
  bind("unfold", ["right", "l"], ["tree"], 0, "unfold", "unfold"),
  bind("fold", ["left", "h"], ["tree"], 0, "fold", "fold, or go to the line above it"),
  bind("foldAll", ["*"], ["tree"], 4, "all", "fold or unfold everything"),
  bind("otherPane", ["tab"], inside, 2, "next pane", "the other pane, then the next tab"),
  bind("tab1", ["1"], inside, 0, "matches", "the matches"),
  bind("tab2", ["2"], inside, 0, "JSON", "the record as a tree"),
  bind("tab3", ["3"], inside, 0, "sources", "the source documents"),
  bind("tab4", ["4"], inside, 0, "history", "what else its alert did"),
  bind("tab5", ["5"], inside, 0, "raw", "the record as text, every digit as it was sent"),
  bind("find", ["/"], inside, 4, "find", "find in this pane, also in what is folded"),
  bind("findNext", ["n"], inside, 0, "next", "the next place that was looked for"),
  bind("findPrevious", ["N"], inside, 0, "previous", "the place before"),
  bind("mark", ["space"], ["list"], 0, "mark", "mark an execution to compare, or take the mark away"),
  bind("compare", ["c"], ["list"], 0, "compare", "compare two marked executions, or a marked one with this one"),
  bind("compare", ["c"], ["history"], 3, "compare", "compare it with the one that is open"),
  bind("filter", ["/"], ["list"], 2, "filter", "filter the loaded executions"),
  bind("sort", ["s"], ["list"], 4, "sort", "sort by time, top score, matches or duration"),
  bind("triggeredOnly", ["x"], ["list"], 5, "triggered", "only triggered executions, or all"),
  bind("loadMore", ["L"], ["list", "chart", "buckets"], 6, "more", "load the next page (one request)"),
  bind("loadMore", ["L"], ["history"], 2, "more", "ask for the alert's executions, a page at a time (one request)"),
  bind("loadMore", ["L"], ["alerts"], 2, "last results", "ask for last results; says first what it costs"),
  bind("preview", ["p"], ["list"], 0, "preview", "show or hide the preview (from 100 columns)"),
  bind("alerts", ["a"], ["list", ...inside, "chart", "buckets", "compare"], 9, "alerts", "the alerts (one request)"),
  bind("trends", ["t"], ["list"], 9, "trends", "how often, how long, how high: the trends of what is loaded"),
  bind("trends", ["t"], inside, 0, "trends", "the trends of its alert, of what is loaded"),
  bind("trends", ["t"], ["alerts"], 3, "trends", "the trends of the alert, of what is loaded"),
  bind("openById", ["o"], anywhere, 7, "open ID", "open by ID or URL; pasting one works too"),
  bind("copy", ["y"], moving, 3, "copy", "copy an ID, JSON, a path, or a command"),
  bind("editor", ["e"], records, 0, "editor", "open the record in $VISUAL or $EDITOR"),
  bind("pager", ["P"], records, 0, "pager", "open the record in $MIXPEEK_ALERTS_PAGER or $PAGER"),
  bind("equivalent", [";"], [...moving, "chart"], 0, "command", "show the command that prints what is on the screen"),
  bind("go", [":"], anywhere, 0, "go", "go somewhere by its name: alert NAME, trends, alerts, open ID, filter TEXT"),
  bind("times", ["z"], [...moving, "chart"], 0, "times", "times as how long ago, in UTC, or local"),
  bind("refresh", ["r"], ["list", ...inside, "alerts", "chart", "buckets"], 8, "refresh", "ask the server again"),
  bind("refresh", ["r"], empty, 1, "try again", "ask the server again"),
  bind("live", ["w"], ["list"], 6, "live", "look for new executions again and again, or stop"),
  bind("live", ["w"], [...inside, ...empty], 0, "live", "the same, from here"),
  bind("follow", ["f"], ["list"], 0, "follow", "live, with the newest selected; moving the cursor ends it"),
  bind("theme", ["T"], anywhere, 0, "theme", "other colours: the terminal's, blue and orange, high contrast, none"),
  bind("problem", ["!"], anywhere, 0, "error", "details of the last error"),
  bind(
    "clear",
    ["esc"],
    ["list", "noList"],
    0,
    "clear",
    "clear the filter, then back to where the list was gone to from",
  ),
  bind(
    "back",
    ["esc", "backspace"],
    [...inside, ...boards, "chart", "noRecord", "noBoard"],
    5,
    "back",
    "back one step",
  ),
  bind("back", ["left", "h"], ["matches", "lines", "history", "alerts", "compare"], 0, "back", "back one step"),
  bind("back", ["esc", "q", "enter", "backspace"], ["reading"], 1, "close", "close"),
  bind("help", ["?"], [...anywhere, "firstRun"], 9, "help", "all keys; type to search, Enter does it"),
  bind("repaint", ["ctrl-l"], anywhere, 0, "repaint", "paint the screen again"),
  bind("suspend", ["ctrl-z"], anywhere, 0, "suspend", "back to the shell; fg returns"),
  bind("quit", ["q"], [...anywhere, "firstRun"], 10, "quit", "quit; from what was opened in the list, back to it"),
  bind("interrupt", ["ctrl-c"], [...anywhere, "reading", "firstRun"], 0, "quit", "quit at once, from anywhere"),
]

/** The bindings of a mode. */
export const bindingsOf = (mode: Mode, table: ReadonlyArray<Binding> = bindings): ReadonlyArray<Binding> =>
  table.filter(({ modes }) => modes.includes(mode))

/** What a press does in a mode; `null` when nothing. */
export const actionOf = (mode: Mode, press: string, table: ReadonlyArray<Binding> = bindings): Action | null =>
  table.find(({ keys, modes }) => modes.includes(mode) && keys.includes(press))?.action ?? null
