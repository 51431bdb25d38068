/** Reads pages and keeps what was asked for; the API has no filters of its own. */
import { maxPageSize, Mixpeek, type MixpeekError } from "@mixpeek-alerts/client"
import { Cursor, type Decoded, type ExecutionFilter, type FilterTerms, parseFilterTerms } from "@mixpeek-alerts/domain"
import { Effect, Stream } from "effect"
import { Code } from "../Code.ts"
import { type Problem, problem } from "../Problem.ts"
import { fail, type Failure, understood } from "./Failure.ts"
import { type Invocation, nowOf } from "./Invocation.ts"

/** Which executions, and how many. */
export interface Wanted {
  /** An alert's ID or name; `null` for the whole namespace. */
  readonly alert: string | null
  readonly terms: FilterTerms
  /** The most to select; `null` for all. */
  readonly limit: number | null
  readonly cursor: string | null
}

/** What a selection has seen so far. */
export interface Progress {
  read: number
  selected: number
  /** Records that do not fit, and so could not be compared with the filter or printed. */
  leftOut: number
  /** The place of the first that was left out. */
  firstProblem: string
  /** How many there are in all, when the server says so. */
  total: number | null
  /** Where the next page begins; `null` at the end, or when the selection stopped inside a page. */
  next: Cursor | null
  /** Whether everything was read. */
  ended: boolean
}

export interface Selection {
  readonly progress: Progress
  /** The selected records, a page at a time. */
  readonly pages: Stream.Stream<ReadonlyArray<Decoded>, MixpeekError, Mixpeek>
}

const unread = (): Progress => ({
  read: 0,
  selected: 0,
  leftOut: 0,
  firstProblem: "",
  total: null,
  next: null,
  ended: false,
})

/** Remembers records that are left out, and gives the others. */
const fitting = (records: ReadonlyArray<Decoded>, progress: Progress): ReadonlyArray<Decoded> =>
  records.filter((record) => {
    if (record._tag === "ExecutionRecord") return true
    if (progress.leftOut++ === 0) progress.firstProblem = record.problem.message
    return false
  })

/** What passes. A record that does not fit passes where everything does, and is left out where it cannot be compared. */
const passing = (
  records: ReadonlyArray<Decoded>,
  filter: ExecutionFilter,
  progress: Progress,
): ReadonlyArray<Decoded> =>
  filter.terms === 0
    ? records
    : fitting(records, progress).filter((record) => record._tag === "ExecutionRecord" && filter.test(record))

const nameProblem = (alert: string | null): Effect.Effect<void, Failure> =>
  alert === null || (alert.trim() !== "" && alert.length <= 200 && !/\p{Cc}/u.test(alert))
    ? Effect.void
    : fail(
        problem(
          "Usage",
          Code.usage,
          "The alert's name is empty, too long, or holds a control character.",
          "Give an alert ID (alt_…) or its name.",
        ),
      )

/** Checks what is wanted. `keepsUnfit` says whether a record that does not fit can be printed. */
export const select = Effect.fnUntraced(function* (
  invocation: Invocation,
  wanted: Wanted,
  keepsUnfit: boolean,
): Effect.fn.Return<Selection, Failure> {
  yield* nameProblem(wanted.alert)
  const filter = yield* understood(parseFilterTerms(wanted.terms, yield* nowOf(invocation)))
  const limit = wanted.limit ?? Number.POSITIVE_INFINITY
  const query = {
    pageSize: filter.terms === 0 ? Math.min(limit, maxPageSize) : maxPageSize,
    ...(wanted.alert === null ? {} : { alert: wanted.alert }),
    ...(wanted.cursor === null ? {} : { cursor: Cursor.make(wanted.cursor) }),
  }
  const progress = unread()
  const pages = Stream.unwrap(Effect.map(Mixpeek, (mixpeek) => mixpeek.pages(query))).pipe(
    Stream.map((page) => {
      const found = passing(page.records, filter, progress)
      const taken = found.slice(0, limit - progress.selected)
      progress.read += page.records.length
      progress.selected += taken.length
      progress.total = page.totalCount
      progress.next = taken.length < found.length ? null : page.next
      progress.ended = page.next === null && taken.length === found.length
      return keepsUnfit ? taken : fitting(taken, progress)
    }),
    Stream.takeUntil(() => progress.selected >= limit),
  )
  return { progress, pages }
})

/** What to tell about records that were left out; `null` when there were none. */
export const leftOut = ({ firstProblem, leftOut: count, read }: Progress): Problem | null =>
  count === 0
    ? null
    : problem(
        "Malformed",
        Code.data,
        `${count} of the ${read} records that were read do not fit and were left out; the first: ${firstProblem}.`,
        "mixpeek-alerts list -o ndjson prints them as the server sent them.",
      )
