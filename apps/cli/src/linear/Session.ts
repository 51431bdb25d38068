/** What a linear session knows: the list, the numbers it gave, and the execution that is open. */
import type { Decoded } from "@mixpeek-alerts/domain"
import * as List from "../tui/List.ts"
import type { Item } from "../tui/Model.ts"

/** Lines that are said at once; the rest waits for `next`. */
export const atOnce = 10

export interface Session {
  readonly list: List.ListState
  /** Number n is the item at n - 1. New ones get new numbers: a number never means something else while it is read. */
  readonly numbered: ReadonlyArray<Item>
  readonly open: Decoded | null
  /** What `next` goes on with. */
  readonly pending: ReadonlyArray<string>
}

export const emptySession = (at: number): Session => ({
  list: List.empty(at),
  numbered: [],
  open: null,
  pending: [],
})

/** As if everything fits: nothing scrolls here. */
export const height = Number.MAX_SAFE_INTEGER

export const itemsOf = ({ list }: Session): ReadonlyArray<Item> => list.visible.filter(List.isItem)

/** The session with some of the lines said, and the rest kept. */
export const said = (session: Session, lines: ReadonlyArray<string>): readonly [Session, ReadonlyArray<string>] => {
  const rest = lines.slice(atOnce)
  const first = lines.slice(0, atOnce)
  return [{ ...session, pending: rest }, rest.length === 0 ? first : [...first, `${rest.length} more: next.`]]
}

/** The session with items that get the next numbers. */
export const withNumbers = (session: Session, items: ReadonlyArray<Item>): Session => ({
  ...session,
  numbered: [...session.numbered, ...items],
})
