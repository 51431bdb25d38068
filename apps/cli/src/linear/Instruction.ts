/** What can be typed at the prompt. One table, from which the help is made. */
import { nearest } from "../output/Nearest.ts"

export const instructionNames = [
  "list",
  "next",
  "more",
  "open",
  "matches",
  "match",
  "sources",
  "json",
  "filter",
  "triggered",
  "sort",
  "fill",
  "refresh",
  "live",
  "alerts",
  "stats",
  "budget",
  "help",
  "quit",
] as const
export type InstructionName = (typeof instructionNames)[number]

export interface Instruction {
  readonly name: InstructionName
  /** What follows the name, as it was typed. */
  readonly rest: string
}

/** What each does, for the help, in the order in which people need them. */
export const instructionHelp: Readonly<Record<InstructionName, readonly [form: string, does: string]>> = {
  list: ["list", "the first ten executions that pass the filter, numbered"],
  next: ["next", "the next ten of what was listed last"],
  more: ["more", "loads the next page: one request"],
  open: ["open 3, or open exec_8f3c21, or just 3", "tells about one execution"],
  matches: ["matches", "the matches of the open execution, numbered"],
  match: ["match 2", "features and metadata of one of its matches"],
  sources: ["sources", "its source documents"],
  json: ["json", "its text as the server sent it"],
  filter: ["filter score:>0.8 took:>500ms", "shows only some of the loaded executions; filter alone shows all"],
  triggered: ["triggered", "only triggered executions, or all again"],
  sort: ["sort score", "by time, score, matches or took; the same again turns it around"],
  fill: ["fill", "loads what a gap leaves out: one request"],
  refresh: ["refresh", "asks for the newest executions again"],
  live: ["live, or live 30s", "a line for each new execution, until you press enter or the time is over"],
  alerts: ["alerts, or alerts logo", "alerts by a part of their name: at least one request"],
  stats: ["stats", "how often the loaded executions triggered, how long they took, how high they scored"],
  budget: ["budget", "how many requests are left this minute"],
  help: ["help", "this"],
  quit: ["quit", "ends the program"],
}

const aliases: Readonly<Record<string, InstructionName>> = {
  ls: "list",
  l: "list",
  n: "next",
  o: "open",
  x: "triggered",
  r: "refresh",
  w: "live",
  watch: "live",
  "/": "filter",
  "?": "help",
  h: "help",
  q: "quit",
  exit: "quit",
}

const isName = (word: string): word is InstructionName => (instructionNames as ReadonlyArray<string>).includes(word)

/** Reads a line; `null` is an empty one, and text is what is wrong with it. A number or an ID opens an execution. */
export const parseInstruction = (line: string): Instruction | string | null => {
  const text = line.trim().slice(0, 2000)
  if (text === "") return null
  const [, slash, typed = ""] = /^(\/?)(\S*)/.exec(text) ?? []
  if (slash === "/") return { name: "filter", rest: text.slice(1).trim() }
  const word = typed.toLowerCase()
  const name = isName(word) ? word : Object.hasOwn(aliases, word) ? aliases[word] : undefined
  if (name !== undefined) return { name, rest: text.slice(typed.length).trim() }
  if (/^\d+$/.test(word) || /[\d_]/.test(word) || /^https?:/.test(word)) return { name: "open", rest: text }
  const near = nearest(word, instructionNames)
  return `There is no command ${JSON.stringify(typed)}. ${near === undefined ? "help lists them." : `Did you mean ${near}?`}`
}
