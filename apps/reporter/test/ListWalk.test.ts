import { describe, expect, it } from "@effect/vitest"
import { Arbitrary, Schema } from "effect"
import {
  after,
  begin,
  type ListFacts,
  type ListWalk,
  mayStop,
  seeTime,
  unknownList,
  wholeEveryMillis,
  whyWhole,
} from "../src/ListWalk.ts"

const margin = 2
const pageSize = 3
const tonight = "2026-03-01T00:00:00.000Z"

/** A night in a world of numbers: walks a list by pages, as an export does, and says what it found. */
const walkNight = (list: ReadonlyArray<number>, settled: ReadonlySet<number>, facts: ListFacts) => {
  const fresh = new Set<number>()
  let walk: ListWalk = { ...begin, total: list.length }
  for (let start = 0; walk.end === "open"; start += pageSize) {
    for (const one of list.slice(start, start + pageSize)) {
      if (settled.has(one)) walk = { ...walk, known: walk.known + 1, row: walk.row + 1 }
      else {
        walk = { ...walk, fresh: walk.fresh + 1, late: walk.late + (walk.row >= margin ? 1 : 0), row: 0 }
        fresh.add(one)
      }
    }
    if (start + pageSize >= list.length) walk = { ...walk, end: "whole" }
    else if (whyWhole(facts, Date.parse(tonight)) === null && mayStop(walk, facts, margin))
      walk = { ...walk, end: "early" }
  }
  return { fresh, walk, facts: after(walk, facts, tonight) }
}

/** Where in the list each newcomer of a night turns up: 0 is the top. */
const arrivals = Arbitrary.array(Arbitrary.schema(Schema.Literals([0, 0, 0, 1, 2, 5, 9, 40])), { maxLength: 6 })

describe("a walk that may end early", () => {
  it.prop(
    "has missed nothing as long as nothing is deleted",
    [Arbitrary.array(arrivals, { maxLength: 8 })],
    ([nights]) => {
      const list: Array<number> = []
      const settled = new Set<number>()
      let facts: ListFacts = unknownList
      let next = 0
      for (const night of nights) {
        for (const place of night) list.splice(place, 0, next++)
        const result = walkNight(list, settled, facts)
        expect(list.filter((one) => !settled.has(one) && !result.fresh.has(one))).toEqual([])
        for (const one of result.fresh) settled.add(one)
        facts = result.facts
      }
    },
  )

  it("does end early, and only behind enough of what is known", () => {
    const list = Array.from({ length: 30 }, (_, index) => 30 - index)
    const first = walkNight(list, new Set(), unknownList)
    expect([first.walk.end, first.facts.settled]).toEqual(["whole", 30])
    const second = walkNight([32, 31, ...list], new Set(list), first.facts)
    expect([second.walk.end, second.walk.known, second.facts.settled]).toEqual(["early", 4, 32])
  })

  it("goes on when the server counts more, or fewer, than were found", () => {
    const facts: ListFacts = { settled: 10, late: 0, wholeAt: tonight, doubt: null }
    const walk: ListWalk = { ...begin, total: 12, fresh: 2, known: 5, row: 5 }
    expect(mayStop(walk, facts, margin)).toBe(true)
    expect(mayStop({ ...walk, total: 13 }, facts, margin)).toBe(false)
    expect(mayStop({ ...walk, total: 11 }, facts, margin)).toBe(false)
    expect(mayStop({ ...walk, total: null }, facts, margin)).toBe(false)
    expect(mayStop({ ...walk, row: 1 }, facts, margin)).toBe(false)
    expect(mayStop({ ...walk, late: 1 }, facts, margin)).toBe(false)
    expect(mayStop({ ...walk, disorder: "so" }, facts, margin)).toBe(false)
  })

  it("goes to the end once a week", () => {
    const facts: ListFacts = { settled: 10, late: 0, wholeAt: tonight, doubt: null }
    expect(whyWhole(facts, Date.parse(tonight) + wholeEveryMillis - 1)).toBe(null)
    expect(whyWhole(facts, Date.parse(tonight) + wholeEveryMillis)).toContain("a week old")
  })
})

describe("the order of a list", () => {
  const seen = (...times: ReadonlyArray<string | null>) => {
    let walk = begin
    for (const time of times) walk = { ...walk, ...seeTime(walk, time) }
    return walk.disorder
  }

  it("is newest first whatever the offsets and the digits of its times, and when they tie or lack", () => {
    expect(
      seen(
        "2026-03-01T10:30:00+05:30",
        "2026-03-01T05:00:00Z",
        null,
        "2026-03-01T05:00:00",
        "2026-03-01T04:59:59.999999Z",
      ),
    ).toBe(null)
  })

  it("is not, by one microsecond", () => {
    const late = "2026-03-01T05:00:00.000001Z"
    expect(seen("2026-03-01T05:00:00", late, "2026-03-01T01:00:00Z")).toBe(`${late} came after 2026-03-01T05:00:00`)
    expect(seen("2026-03-01T05:00:00.000000Z", late)).not.toBe(null)
  })

  it("is proved by a whole walk whose counts agree, and by nothing less", () => {
    const walk: ListWalk = { ...begin, total: 5, fresh: 3, known: 2, end: "whole" }
    expect(after(walk, unknownList, tonight)).toEqual({ settled: 5, late: 0, wholeAt: tonight, doubt: null })
    expect(after({ ...walk, failed: 1 }, unknownList, tonight)).toMatchObject({ settled: 4, late: 1 })
    expect(after({ ...walk, total: 6 }, unknownList, tonight)).toMatchObject({
      settled: null,
      doubt: expect.stringMatching(/counted 6 where 5/),
    })
    expect(after({ ...walk, total: null }, unknownList, tonight).settled).toBe(null)
    expect(after({ ...walk, disorder: "so" }, unknownList, tonight).settled).toBe(null)
    expect(after({ ...walk, end: "open" }, unknownList, tonight).settled).toBe(null)
  })
})
