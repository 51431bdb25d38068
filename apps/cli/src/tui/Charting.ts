/** What the keys do to the trends. */
import { Trends } from "@mixpeek-alerts/domain"
import type { TrendsBoard } from "./Board.ts"
import { filterOf } from "./Filter.ts"
import * as Layout from "./Layout.ts"
import type { Model } from "./Model.ts"
import { type Move, move, start } from "./Spot.ts"
import { type Step, step } from "./Step.ts"
import { selectedBucket, selectedLine, trendsOf } from "./Trends.ts"
import { toFilter } from "./Visit.ts"

/** Shows the trends of one alert, or of all. */
export const show = (model: Model, alert: string | null): Model => ({
  ...model,
  board: { _tag: "Trends", alert, step: null, selected: null, table: null },
})

const withBoard = (model: Model, board: TrendsBoard): Model => ({ ...model, board })

const steps: Readonly<Record<Move, number>> = {
  up: -1,
  down: 1,
  pageUp: -10,
  pageDown: 10,
  halfUp: -5,
  halfDown: 5,
  first: Number.NEGATIVE_INFINITY,
  last: Number.POSITIVE_INFINITY,
}

/** Along the buckets, or along the lines of the table. */
export const moved = (model: Model, board: TrendsBoard, by: Move): Model => {
  const picture = trendsOf(model, board)
  if (board.table !== null)
    return withBoard(model, {
      ...board,
      table: move(board.table, by, picture.lines.length, Layout.listHeight(model.size)),
    })
  const last = picture.buckets.length - 1
  const at = Math.max(0, Math.min(last, selectedBucket(picture, board) + steps[by]))
  return withBoard(model, { ...board, selected: picture.buckets[at]?.from ?? null })
}

/** The next alert that ran, and after the last all of them again. */
export const nextAlert = (model: Model, board: TrendsBoard): Model => {
  const { alerts } = trendsOf(model, board)
  const at = board.alert === null ? -1 : alerts.indexOf(board.alert)
  const table = board.table === null ? null : start
  return withBoard(model, { ...board, alert: alerts[at + 1] ?? null, table })
}

/** Longer buckets, or shorter ones. */
export const scaled = (model: Model, board: TrendsBoard, by: 1 | -1): Model => {
  const [bucket] = trendsOf(model, board).buckets
  if (bucket === undefined) return model
  const now = Trends.timeSteps.findIndex((one) => one >= bucket.until - bucket.from)
  const next = Trends.timeSteps[now + by]
  if (next === undefined) return { ...model, notice: `There are no ${by === 1 ? "longer" : "shorter"} buckets.` }
  const table = board.table === null ? null : start
  return withBoard(model, { ...board, step: next, table })
}

/** The same as a table, or as pictures. */
export const tableTurned = (model: Model, board: TrendsBoard): Model => {
  const { buckets } = trendsOf(model, board)
  if (board.table === null) {
    const index = buckets.length - 1 - selectedBucket(trendsOf(model, board), board)
    const spot = move(
      { index: Math.max(0, index - 1), top: 0 },
      index > 0 ? "down" : "first",
      buckets.length,
      Layout.listHeight(model.size),
    )
    return withBoard(model, { ...board, table: spot })
  }
  const bucket = buckets[buckets.length - 1 - board.table.index]
  return withBoard(model, { ...board, table: null, selected: bucket?.from ?? board.selected })
}

/** Lists what the selected bucket counts. */
export const open = (model: Model, board: TrendsBoard): Step => {
  const line = selectedLine(trendsOf(model, board), board)
  if (line === null || line.count === 0) return step({ ...model, notice: "Nothing is in there." })
  const alert = board.alert === null ? [] : [`alert:"=${board.alert}"`]
  const before = model.list.filter === null ? [] : [model.list.filter.text]
  const { complaint, filter } = filterOf([...before, ...alert, line.filter].join(" "), model.now)
  return step(filter === null ? { ...model, notice: complaint ?? "" } : toFilter(model, filter))
}
