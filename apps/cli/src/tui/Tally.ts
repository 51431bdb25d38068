/** What the loaded rows say about each alert. */
import { type ExecutionFacts, Stats } from "@mixpeek-alerts/domain"
import type { Item } from "./Model.ts"

export interface AlertTally {
  readonly stats: Stats.ExecutionStats
  /** The facts of what ran last. */
  readonly newest: ExecutionFacts
}

const tally = (rows: ReadonlyArray<Item>): ReadonlyMap<string, AlertTally> => {
  const groups = new Map<string, Array<ExecutionFacts>>()
  for (const { facts } of rows) {
    if (facts === null) continue
    const group = groups.get(facts.alertId)
    if (group === undefined) groups.set(facts.alertId, [facts])
    else group.push(facts)
  }
  return new Map(
    Array.from(groups, ([alert, group]) => [
      alert,
      { stats: Stats.statsOf(group), newest: group.reduce((last, one) => (one.millis > last.millis ? one : last)) },
    ]),
  )
}

// Counted once for the rows that are loaded, not once a frame.
const made = new WeakMap<ReadonlyArray<Item>, ReadonlyMap<string, AlertTally>>()

/** By alert ID. */
export const tallyOf = (rows: ReadonlyArray<Item>): ReadonlyMap<string, AlertTally> => {
  const found = made.get(rows) ?? tally(rows)
  made.set(rows, found)
  return found
}
