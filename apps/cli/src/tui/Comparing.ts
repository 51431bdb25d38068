/** Marking executions, and comparing two of them. */
import { Comparison, type ExecutionRecord } from "@mixpeek-alerts/domain"
import { itemOf, selectedItem } from "./List.ts"
import type { Item, Model } from "./Model.ts"
import { known } from "./Remote.ts"
import { start } from "./Spot.ts"

/** Matches that an alert keeps to itself cannot be compared. */
export const isWithheld = ({ execution }: ExecutionRecord): boolean =>
  execution.matches === null && execution.matchCount > 0

/** Marks the selected row, or takes its mark away; a third takes the place of the first. */
export const marked = (model: Model): Model => {
  const item = selectedItem(model.list)
  if (item === null) return model
  const others = model.marks.filter(({ key }) => key !== item.key)
  return { ...model, marks: others.length < model.marks.length ? others : [...others, item].slice(-2) }
}

const compared = (model: Model, one: Item, other: Item): Model => {
  const [first, second] = [one, other].sort((a, b) => (a.facts?.millis ?? 0) - (b.facts?.millis ?? 0)) as [Item, Item]
  const [before, after] = [first.record, second.record]
  if (before._tag !== "ExecutionRecord" || after._tag !== "ExecutionRecord")
    return { ...model, notice: "A record that does not fit cannot be compared." }
  if (one.key === other.key) return { ...model, notice: "These are the same execution." }
  const changes = isWithheld(before) || isWithheld(after) ? [] : Comparison.documentChanges(before, after)
  const fields = Comparison.executionChanges(before, after)
  return { ...model, board: { _tag: "Compare", before, after, fields, changes, spot: start } }
}

/** Two marked rows, or the marked one and the selected one. */
const pairInList = ({ list, marks }: Model): readonly [Item, Item] | null => {
  const [one, other = selectedItem(list)] = marks
  return one === undefined || other === null ? null : [one, other]
}

/** In a history, the open execution and the selected row. */
const pairInHistory = ({ detail }: Model): readonly [Item, Item] | null => {
  const present = detail === null ? null : known(detail.record)
  const row = detail?.history.rows[detail.spots.history.index]
  return present === null || row === undefined ? null : [itemOf(present), row]
}

/** Compares what is marked or selected; says what to do when that is not two. */
export const compare = (model: Model): Model => {
  const pair = model.detail === null ? pairInList(model) : pairInHistory(model)
  return pair === null
    ? { ...model, notice: "Mark an execution with space, go to another, and press c." }
    : compared(model, ...pair)
}
