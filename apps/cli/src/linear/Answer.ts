/** What an instruction does to a session, what is said, and what is asked of Mixpeek. Pure. */
import { type ExecutionId, parseExecutionId, parseSpan, Stats } from "@mixpeek-alerts/domain"
import { Option, Result } from "effect"
import { filterOf } from "../tui/Filter.ts"
import * as List from "../tui/List.ts"
import { type Aim } from "../tui/Paging.ts"
import { instructionHelp, instructionNames, type Instruction } from "./Instruction.ts"
import { documentLines, jsonLines, matchesLines, matchLines } from "./Opened.ts"
import { counted, executionSentences, rowSentence, statsSentences } from "./Sentence.ts"
import { height, itemsOf, said, type Session } from "./Session.ts"

export type Ask =
  | { readonly _tag: "Page"; readonly aim: Aim }
  | { readonly _tag: "Execution"; readonly id: ExecutionId }
  | { readonly _tag: "Alerts"; readonly search: string }
  /** `null` goes on until somebody types. */
  | { readonly _tag: "Live"; readonly forMillis: number | null }
  | { readonly _tag: "Budget" }
  | { readonly _tag: "Quit" }

export interface Answered {
  readonly session: Session
  readonly lines: ReadonlyArray<string>
  readonly ask: Ask | null
}

const saying = (session: Session, ...lines: ReadonlyArray<string>): Answered => ({ session, lines, ask: null })
const asking = (session: Session, ask: Ask): Answered => ({ session, lines: [], ask })

/** Lines of which only some are said at once. */
const some = (session: Session, lines: ReadonlyArray<string>): Answered => {
  const [next, first] = said(session, lines)
  return saying(next, ...first)
}

const order = ({ by, descending }: List.ListState["sort"]): string =>
  `${by === "time" ? (descending ? "newest" : "oldest") : descending ? "highest" : "lowest"} first${by === "time" ? "" : `, by ${by}`}`

/** How much is listed, and of what. */
export const summary = (session: Session): string => {
  const { list } = session
  const loaded = List.loaded(list).length
  const shown = itemsOf(session).length
  const some = shown === loaded ? "" : `${shown} of them pass the filter, `
  const more = list.next === null ? "that is all there are" : "more loads more"
  const total = list.total === null ? "" : ` of ${list.total}`
  return `${counted(loaded, "execution")} loaded${total}, ${some}${order(list.sort)}; ${more}.`
}

const gapSentence = (missing: number | null): string =>
  missing === null
    ? "Maybe some are missing here; fill looks."
    : `${counted(missing, "execution")} not loaded here; fill loads them.`

/** The list from its beginning, numbered anew. */
export const listed = (session: Session, now: number): Answered => {
  const numbered = itemsOf(session)
  let number = 0
  const lines = session.list.visible.map((row) =>
    List.isItem(row) ? `${++number} ${rowSentence(row.record, now)}` : gapSentence(row.gap.missing),
  )
  const [next, first] = said({ ...session, numbered }, lines)
  return saying(next, summary(session), ...first)
}

const arranged = (session: Session, change: Partial<List.ListState>): Session => ({
  ...session,
  list: List.arranged({ ...session.list, ...change }, height),
})

const filtered = (session: Session, text: string, now: number): Answered => {
  const { complaint, filter } = filterOf(text, now)
  return complaint === null ? listed(arranged(session, { filter }), now) : saying(session, complaint)
}

const sorted = (session: Session, rest: string, now: number): Answered => {
  const by = List.columnsToSort.find((column) => column === rest)
  if (by === undefined) return saying(session, `Sort by ${List.columnsToSort.join(", ")}.`)
  const { sort } = session.list
  return listed(arranged(session, { sort: { by, descending: by === sort.by ? !sort.descending : true } }), now)
}

const opened = (session: Session, rest: string, now: number): Answered => {
  if (rest === "") return saying(session, "Say which: open 3, or open exec_8f3c21.")
  if (/^\d+$/.test(rest) && rest.length < 7) {
    const item = session.numbered[Number(rest) - 1]
    if (item === undefined)
      return saying(session, `There is no number ${rest}; list gives numbers, so far up to ${session.numbered.length}.`)
    return saying({ ...session, open: item.record, pending: [] }, ...executionSentences(item.record, now))
  }
  const id = parseExecutionId(rest)
  return Result.isSuccess(id)
    ? asking(session, { _tag: "Execution", id: id.success })
    : saying(session, `${id.failure.message} ${id.failure.hint}`)
}

const counting = (session: Session): ReadonlyArray<string> =>
  statsSentences(Stats.statsOf(List.loaded(session.list).flatMap(({ facts }) => (facts === null ? [] : [facts]))))

const living = (session: Session, rest: string): Answered => {
  if (rest === "") return asking(session, { _tag: "Live", forMillis: null })
  const millis = Option.getOrNull(parseSpan(/^\d+$/.test(rest) ? `${rest}s` : rest))
  return millis === null
    ? saying(session, "How long? As in live 30s, or live alone.")
    : asking(session, { _tag: "Live", forMillis: millis })
}

const filling = (session: Session): Answered => {
  const gap = session.list.gaps[0]
  return gap === undefined
    ? saying(session, "There is no gap.")
    : asking(session, { _tag: "Page", aim: { gap: gap.key } })
}

const help = (): ReadonlyArray<string> => [
  ...instructionNames.map((name) => `${instructionHelp[name][0]}: ${instructionHelp[name][1]}.`),
  "A slash and a filter is short for filter; x, r, w, q are short for triggered, refresh, live, quit.",
]

/** Does what an instruction says. */
export const answer = (session: Session, { name, rest }: Instruction, now: number): Answered => {
  switch (name) {
    case "list":
      return listed(session, now)
    case "next":
      return session.pending.length === 0 ? saying(session, "That was all.") : some(session, session.pending)
    case "more":
      return session.list.next === null
        ? saying(session, "Everything is loaded.")
        : asking(session, { _tag: "Page", aim: "more" })
    case "open":
      return opened(session, rest, now)
    case "matches":
      return some(session, matchesLines(session.open))
    case "match":
      return some(session, matchLines(session.open, rest))
    case "sources":
      return some(session, documentLines(session.open))
    case "json":
      return saying(session, ...jsonLines(session.open))
    case "filter":
      return filtered(session, rest, now)
    case "triggered":
      return listed(arranged(session, { triggeredOnly: !session.list.triggeredOnly }), now)
    case "sort":
      return sorted(session, rest, now)
    case "fill":
      return filling(session)
    case "refresh":
      return asking(session, { _tag: "Page", aim: "front" })
    case "live":
      return living(session, rest)
    case "alerts":
      return asking(session, { _tag: "Alerts", search: rest })
    case "stats":
      return saying(session, ...counting(session))
    case "budget":
      return asking(session, { _tag: "Budget" })
    case "help":
      return saying(session, ...help())
    case "quit":
      return asking(session, { _tag: "Quit" })
  }
}
