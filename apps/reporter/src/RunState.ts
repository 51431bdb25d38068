/** How far a run is, while it runs: where it goes on, what it counted, and what it wrote already. */
import type { Effect } from "effect"
import type { ListWalk } from "./ListWalk.ts"
import { caught, type ReporterError } from "./ReporterError.ts"
import type { RunDirectory } from "./RunDirectory.ts"
import type { Seen } from "./Seen.ts"
import type { Tally } from "./Tally.ts"
import type { Position, Unit } from "./Unit.ts"
import { published, type RowOptions, type Rows, unitRows } from "./UnitRows.ts"

export interface RunState {
  next: Position
  tally: Tally
  seen: Seen
  readonly rows: Rows
  /** What was seen of each list, for a run with a state. */
  walks: ReadonlyArray<ListWalk>
}

/** The tally with the server's totals: of each list, at its first page and at its latest. */
export const withTotals = (tally: Tally, unit: Unit, from: Position): Tally => {
  if (from._tag !== "Page" || unit.totalCount === null) return tally
  const isFirst = from.cursor === null
  return {
    ...tally,
    totalFirst: isFirst ? (tally.totalFirst ?? 0) + unit.totalCount : tally.totalFirst,
    totalLast:
      unit.next._tag === "Page" && unit.next.list === from.list
        ? tally.totalLast
        : (tally.totalLast ?? 0) + unit.totalCount,
  }
}

/** Appends the rows of a unit to the files of a run, and moves the state past it. */
export const append = (
  run: RunDirectory,
  state: RunState,
  unit: Unit,
  options: RowOptions,
): Effect.Effect<void, ReporterError> =>
  caught(() => {
    const tally = unitRows(unit, state.tally, state.seen, options, state.rows)
    for (const stream of published) {
      run.files[stream].append(state.rows[stream].view())
      state.rows[stream].clear()
    }
    run.files.seen.append(state.seen.drain())
    state.tally = withTotals(tally, unit, state.next)
    state.next = unit.next
  })
