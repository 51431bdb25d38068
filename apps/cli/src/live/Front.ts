/**
 * What is known of a list that grows at its front, one page at a time. Where
 * a page does not reach back to what was known there is a gap, which stays
 * until it is filled: nothing that was not read is passed over in silence.
 */
import type { Cursor } from "@mixpeek-alerts/domain"

export interface Keyed {
  readonly key: string
}

/** Items that are in the list of the server, between two that are known, and were not read. */
export interface Gap {
  readonly key: string
  /** The known item in front of it. */
  readonly after: string
  /** The known item behind it. */
  readonly before: string
  /** Where reading it begins. */
  readonly cursor: Cursor
  /** How many there are, by the totals of the server; `null` when it does not tell. */
  readonly missing: number | null
}

export interface Known<A extends Keyed> {
  /** In the order of the server. */
  readonly items: ReadonlyArray<A>
  readonly gaps: ReadonlyArray<Gap>
  /** How many there are by the server, when the front was read last: what came since then is not counted twice. */
  readonly total: number | null
}

/** A page as it was read. */
export interface PageOf<A extends Keyed> {
  readonly items: ReadonlyArray<A>
  readonly next: Cursor | null
  readonly total: number | null
}

export interface Merged<A extends Keyed> extends Known<A> {
  /** The keys that were not known before, in the order of the page. */
  readonly fresh: ReadonlyArray<string>
  /** Whether the page reaches back to something known, or there was nothing to reach. */
  readonly joined: boolean
}

const distinct = <A extends Keyed>(items: ReadonlyArray<A>): ReadonlyArray<A> =>
  [...new Map(items.toReversed().map((item) => [item.key, item])).values()].toReversed()

const gapAt = (after: string, before: string, cursor: Cursor, missing: number | null): Gap => ({
  key: `gap_${after}_${before}`,
  after,
  before,
  cursor,
  missing: missing !== null && missing > 0 ? missing : null,
})

/** What becomes of a gap when a page is read that may reach into it, or beyond. */
const after = <A extends Keyed>(gap: Gap, page: PageOf<A>, keys: ReadonlySet<string>): ReadonlyArray<Gap> => {
  if (keys.has(gap.before)) return []
  const last = page.items.at(-1)?.key
  const from = page.items.findIndex(({ key }) => key === gap.after)
  if (from === -1 || last === undefined || last === gap.after) return [gap]
  if (page.next === null) return []
  const read = page.items.length - 1 - from
  return [gapAt(last, gap.before, page.next, gap.missing === null ? null : gap.missing - read)]
}

/** The list with its first page read again. */
export const withFront = <A extends Keyed>(known: Known<A>, page: PageOf<A>): Merged<A> => {
  const items = distinct(page.items)
  const keys = new Set(items.map(({ key }) => key))
  const old = new Set(known.items.map(({ key }) => key))
  const fresh = items.filter(({ key }) => !old.has(key)).map(({ key }) => key)
  const first = known.items[0]
  const last = items.at(-1)
  const total = page.total ?? known.total
  const joined = first === undefined || fresh.length < items.length || page.next === null
  const gaps = known.gaps.flatMap((gap) => after(gap, { ...page, items }, keys))
  const all = [...items, ...known.items.filter(({ key }) => !keys.has(key))]
  if (joined || last === undefined || page.next === null) return { items: all, gaps, total, fresh, joined }
  const missing = page.total === null || known.total === null ? null : page.total - known.total - fresh.length
  return { items: all, gaps: [gapAt(last.key, first.key, page.next, missing), ...gaps], total, fresh, joined }
}

/** The list with one more page at its end. */
export const withBack = <A extends Keyed>(known: Known<A>, page: PageOf<A>): Merged<A> => {
  const old = new Set(known.items.map(({ key }) => key))
  const added = distinct(page.items).filter(({ key }) => !old.has(key))
  return {
    items: [...known.items, ...added],
    gaps: known.gaps,
    total: known.total,
    fresh: added.map(({ key }) => key),
    joined: true,
  }
}

/**
 * The list without what is behind its `limit`th item. A gap that leads there
 * goes too: what it leaves out is as old as what is let go.
 */
export const trimmed = <A extends Keyed>(known: Known<A>, limit: number): Known<A> => {
  if (known.items.length <= limit) return known
  const items = known.items.slice(0, limit)
  const kept = new Set(items.map(({ key }) => key))
  return { ...known, items, gaps: known.gaps.filter((gap) => kept.has(gap.before)) }
}

/** The list with a page read where a gap begins. */
export const withFilled = <A extends Keyed>(known: Known<A>, gap: Gap, page: PageOf<A>): Merged<A> => {
  const items = distinct(page.items)
  const old = new Set(known.items.map(({ key }) => key))
  const keys = new Set(items.map(({ key }) => key))
  const added = items.filter(({ key }) => !old.has(key))
  const at = known.items.findIndex(({ key }) => key === gap.after) + 1
  const ahead = known.items.slice(0, at)
  const behind = known.items.slice(at)
  const passed = new Set(ahead.map(({ key }) => key))
  const joined = page.next === null || behind.some(({ key }) => keys.has(key))
  // A page that reaches beyond the gap tells the order of what it reaches.
  const all = [...ahead, ...items.filter(({ key }) => !passed.has(key)), ...behind.filter(({ key }) => !keys.has(key))]
  const rest =
    joined || page.next === null
      ? []
      : [
          gapAt(
            added.at(-1)?.key ?? gap.after,
            gap.before,
            page.next,
            gap.missing === null ? null : gap.missing - added.length,
          ),
        ]
  const gaps = known.gaps.flatMap((one) => (one.key === gap.key ? rest : after(one, { ...page, items }, keys)))
  return { items: all, gaps, total: known.total, fresh: added.map(({ key }) => key), joined }
}
