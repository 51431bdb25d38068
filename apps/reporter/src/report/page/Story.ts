/** What a page is made from: the runs, what they hold together, and that by time. */
import type { Fold } from "../Fold.ts"
import { many } from "../Numbers.ts"
import type { RunFindings } from "../ReadRuns.ts"
import type { Series } from "../TimeBuckets.ts"

export interface Story {
  readonly title: string
  readonly runs: ReadonlyArray<RunFindings>
  readonly fold: Fold
  /** `null` when no execution has a time. */
  readonly series: Series | null
}

/** An alert, or several that are too rare to have a picture each. */
export interface Group {
  readonly name: string
  /** Whether the name is the server's. */
  readonly isForeign: boolean
  readonly alerts: ReadonlySet<number>
  readonly executions: number
  readonly triggered: number
}

/** The alerts that ran most, and the rest together. */
export const groupsOf = (fold: Fold, limit: number): ReadonlyArray<Group> => {
  const sorted = fold.alerts
    .map((alert, number) => ({ alert, number }))
    .sort((a, b) => b.alert.executions - a.alert.executions || (a.alert.id < b.alert.id ? -1 : 1))
  const single = sorted.slice(0, sorted.length > limit ? limit - 1 : limit)
  const rest = sorted.slice(single.length)
  const group = (name: string, isForeign: boolean, members: typeof sorted): Group => ({
    name,
    isForeign,
    alerts: new Set(members.map((one) => one.number)),
    executions: members.reduce((sum, one) => sum + one.alert.executions, 0),
    triggered: members.reduce((sum, one) => sum + one.alert.triggered, 0),
  })
  return [
    ...single.map((one) => group(one.alert.id, true, [one])),
    ...(rest.length === 0 ? [] : [group(`${many(rest.length, "other alert")}`, false, rest)]),
  ]
}
