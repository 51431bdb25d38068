/** What the trends show, made of the rows of the list. */
import { type ExecutionFacts, Stats, Trends } from "@mixpeek-alerts/domain"
import { utcMinute } from "../text/Moment.ts"
import type { TrendsBoard } from "./Board.ts"
import { alertIdOf } from "./History.ts"
import * as Layout from "./Layout.ts"
import { type Row, shownItems } from "./List.ts"
import type { Item, Model } from "./Model.ts"

/** One line of the table, and the filter that lists what it counts. */
export interface TrendLine {
  readonly kind: "time" | "took" | "score"
  readonly label: string
  readonly count: number
  readonly stats: Stats.ExecutionStats | null
  readonly filter: string
}

export interface TrendsPicture {
  /** How many rows were counted, and how many of them did not fit. */
  readonly rows: number
  readonly unfit: number
  readonly stats: Stats.ExecutionStats
  readonly buckets: ReadonlyArray<Trends.TimeBucket>
  readonly durations: ReadonlyArray<Trends.DurationBucket>
  /** The alerts that ran, the busiest first. */
  readonly alerts: ReadonlyArray<string>
  readonly lines: ReadonlyArray<TrendLine>
}

/** Alerts in the rows, the busiest first. */
const alertsIn = (rows: ReadonlyArray<Item>): ReadonlyArray<string> => {
  const counts = new Map<string, number>()
  for (const { facts } of rows) if (facts !== null) counts.set(facts.alertId, (counts.get(facts.alertId) ?? 0) + 1)
  return [...counts].sort(([a, x], [b, y]) => y - x || (a < b ? -1 : 1)).map(([alert]) => alert)
}

const iso = (millis: number): string => `${new Date(millis).toISOString().slice(0, 19)}Z`

const timeLine = ({ from, stats, until }: Trends.TimeBucket): TrendLine => ({
  kind: "time",
  label: utcMinute(from),
  count: stats.executions,
  stats,
  filter: `since:${iso(from)} until:${iso(until)}`,
})

const span = (millis: number): string => (millis < 1000 ? `${millis} ms` : `${millis / 1000} s`)

const durationLine = ({ count, from, until }: Trends.DurationBucket): TrendLine => ({
  kind: "took",
  label: until === null ? `${span(from)} or more` : `${span(from)} to ${span(until)}`,
  count,
  stats: null,
  filter: until === null ? `took:>=${from}` : `took:${from}..${until - 1}`,
})

const scoreLine = (count: number, step: number): TrendLine => {
  const [from, until] = [step / Stats.scoreSteps, (step + 1) / Stats.scoreSteps]
  const last = step === Stats.scoreSteps - 1
  return {
    kind: "score",
    label: `${from.toFixed(1)} to ${until.toFixed(1)}`,
    count,
    stats: null,
    filter: `score:>=${from}${last ? "" : ` score:<${until}`}`,
  }
}

const pictureOf = (all: ReadonlyArray<Item>, board: TrendsBoard, room: number): TrendsPicture => {
  const rows =
    board.alert === null
      ? all
      : all.filter(({ facts, record }) => (facts?.alertId ?? alertIdOf(record)) === board.alert)
  const facts = rows.map((item) => item.facts).filter((one): one is ExecutionFacts => one !== null)
  const stats = Stats.statsOf(facts)
  const buckets = Trends.timeBuckets(facts, board.step ?? Trends.stepFor(facts, room))
  const durations = Trends.durationBuckets(stats)
  return {
    rows: rows.length,
    unfit: rows.length - facts.length,
    stats,
    buckets,
    durations,
    alerts: alertsIn(all),
    lines: [
      ...buckets.toReversed().map(timeLine),
      ...durations.filter(({ count }) => count > 0).map(durationLine),
      ...stats.scores.map(scoreLine).toReversed(),
    ],
  }
}

// Counted once for the rows that are loaded, not once a frame.
const made = new WeakMap<ReadonlyArray<Row>, Map<string, TrendsPicture>>()

/** What the board shows of the list's rows. */
export const trendsOf = ({ list, size }: Pick<Model, "list" | "size">, board: TrendsBoard): TrendsPicture => {
  const room = Layout.bucketRoom(size)
  const ofRows = made.get(list.visible) ?? new Map<string, TrendsPicture>()
  made.set(list.visible, ofRows)
  const key = JSON.stringify([board.alert, board.step, room])
  const picture = ofRows.get(key) ?? pictureOf(shownItems(list), board, room)
  ofRows.set(key, picture)
  return picture
}

/** Which bucket is selected; -1 when there is none. */
export const selectedBucket = ({ buckets }: TrendsPicture, { selected }: TrendsBoard): number => {
  const at = buckets.findIndex(({ from, until }) => selected !== null && from <= selected && selected < until)
  return at === -1 ? buckets.length - 1 : at
}

/** The line of what is selected; `null` when there is nothing. */
export const selectedLine = (picture: TrendsPicture, board: TrendsBoard): TrendLine | null => {
  if (board.table !== null) return picture.lines[board.table.index] ?? null
  const bucket = picture.buckets[selectedBucket(picture, board)]
  return bucket === undefined ? null : timeLine(bucket)
}
