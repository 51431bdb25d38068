/** The list that grows at its front: nothing is lost in silence, whatever page is read when. */
import { assert, describe, it } from "@effect/vitest"
import { Cursor } from "@mixpeek-alerts/domain"
import { Arbitrary, Schema } from "effect"
import { type Known, type Keyed, type PageOf, trimmed, withBack, withFilled, withFront } from "../src/live/Front.ts"
import { intervalOf, pageSizeAfter, share, waitOf } from "../src/live/Pace.ts"

/** A server that lists newest first, whose cursors keep their place when more arrive. */
class Server {
  private count = 0
  grow(by: number): void {
    this.count += by
  }
  all(): ReadonlyArray<string> {
    return Array.from({ length: this.count }, (_, index) => `e${this.count - 1 - index}`)
  }
  page(size: number, cursor: Cursor | null = null): PageOf<Keyed> {
    const until = cursor === null ? this.count : Number(cursor)
    const from = Math.max(0, until - size)
    return {
      items: Array.from({ length: until - from }, (_, index) => ({ key: `e${until - 1 - index}` })),
      next: from === 0 ? null : Cursor.make(String(from)),
      total: this.count,
    }
  }
}

const nothing: Known<Keyed> = { items: [], gaps: [], total: null }

const keys = ({ items }: Known<Keyed>): ReadonlyArray<string> => items.map(({ key }) => key)

/** How many executions of the server lie between two neighbours that are known, by the key of the first. */
const holes = (known: Known<Keyed>, server: Server): ReadonlyMap<string, number> => {
  const places = new Map(server.all().map((key, index) => [key, index]))
  return new Map(
    known.items.slice(1).map(({ key }, index) => {
      const before = known.items[index]?.key ?? ""
      return [before, (places.get(key) ?? 0) - (places.get(before) ?? 0) - 1] as const
    }),
  )
}

const between = (minimum: number, maximum: number) => Schema.Int.check(Schema.isBetween({ minimum, maximum }))

const Move = Schema.Tuple([Schema.Literals(["grow", "look", "fill", "more"]), between(1, 12)])
type Move = typeof Move.Type

const moves = Arbitrary.array(Arbitrary.schema(Move), { minLength: 1, maxLength: 30 })

interface Played {
  readonly known: Known<Keyed>
  readonly next: Cursor | null
}

const play = (server: Server, { known, next }: Played, [what, size]: Move): Played => {
  if (what === "grow") server.grow(size)
  if (what === "look") {
    const page = server.page(size)
    return { known: withFront(known, page), next: known.items.length === 0 ? page.next : next }
  }
  if (what === "fill") {
    const gap = known.gaps[size % Math.max(1, known.gaps.length)]
    if (gap !== undefined) return { known: withFilled(known, gap, server.page(size, gap.cursor)), next }
  }
  if (what === "more" && next !== null) {
    const page = server.page(size, next)
    return { known: withBack(known, page), next: page.next }
  }
  return { known, next }
}

// Cheap, and what breaks the list is rare.
Arbitrary.configureGlobal({ check: { runs: 3000 } })
describe("a list that grows at its front", () => {
  it.prop("has a gap wherever something was not read, with how much it is", [moves], ([script]) => {
    const server = new Server()
    server.grow(5)
    let state: Played = { known: nothing, next: null }
    for (const move of script) {
      state = play(server, state, move)
      const { gaps } = state.known
      for (const [before, size] of holes(state.known, server)) {
        const gap = gaps.find(({ after }) => after === before)
        assert.isAtLeast(size, 0, "the order of the server")
        if (size > 0) assert.isDefined(gap)
        if (gap?.missing != null) assert.strictEqual(gap.missing, size)
      }
      assert.strictEqual(new Set(keys(state.known)).size, state.known.items.length)
    }
  })

  it.prop("is whole when every gap is filled, in the order of the server", [moves, between(1, 9)], ([script, size]) => {
    const server = new Server()
    server.grow(3)
    let state: Played = { known: nothing, next: null }
    for (const move of [...script, ["look", 4] as const]) state = play(server, state, move)
    while (state.known.gaps[0] !== undefined) state = play(server, state, ["fill", size])
    while (state.next !== null) state = play(server, state, ["more", size])
    assert.deepStrictEqual(keys(state.known), server.all())
  })

  it("says how much is missing when the server tells totals, and that something is when it does not", () => {
    const server = new Server()
    server.grow(10)
    const before = withFront(nothing, server.page(5))
    server.grow(8)
    assert.deepStrictEqual(
      withFront(before, server.page(3)).gaps.map(({ missing }) => missing),
      [5],
    )
    const silent = withFront(before, { ...server.page(3), total: null })
    assert.deepStrictEqual(
      silent.gaps.map(({ missing }) => missing),
      [null],
    )
  })

  it("keeps no gap that leads to what was let go", () => {
    const server = new Server()
    server.grow(10)
    let known: Known<Keyed> = withFront(nothing, server.page(5))
    server.grow(8)
    known = withFront(known, server.page(3))
    assert.strictEqual(known.gaps.length, 1)
    const kept = trimmed(known, 3)
    assert.deepStrictEqual(keys(kept), ["e17", "e16", "e15"])
    assert.deepStrictEqual(kept.gaps, [])
    assert.strictEqual(trimmed(known, 4).gaps.length, 1)
  })
})

describe("the pace", () => {
  const Pace = Schema.Struct({
    chosenMillis: between(1, 86_400_000),
    limit: Schema.NullOr(between(1, 10_000)),
    focused: Schema.Boolean,
    failures: between(0, 100),
  })
  const chance = Arbitrary.map(Arbitrary.schema(between(0, 1000)), (parts) => parts / 1000)

  it.prop(
    "never takes more than half of the limit, and is never faster than chosen",
    [Pace, chance],
    ([pace, random]) => {
      const wait = waitOf(pace, random)
      assert.isAtLeast(wait, pace.chosenMillis)
      if (pace.limit !== null) assert.isAtMost(60_000 / wait, pace.limit * share)
      assert.isAtMost(wait, Math.ceil(Math.max(60_000, intervalOf(pace.chosenMillis, pace.limit)) * 4 * 1.1))
    },
  )

  it("is four times slower without the focus, and doubles with every failure up to a minute", () => {
    const pace = { chosenMillis: 1000, limit: 600, focused: true, failures: 0 }
    assert.strictEqual(waitOf(pace, 0), 1000)
    assert.strictEqual(waitOf({ ...pace, focused: false }, 0), 4000)
    assert.deepStrictEqual(
      [1, 2, 3, 4, 5, 50].map((failures) => waitOf({ ...pace, failures }, 0)),
      [2000, 4000, 8000, 16_000, 32_000, 60_000],
    )
    assert.strictEqual(waitOf(pace, 1), 1100)
  })

  it("asks for larger pages when much arrives, and for smaller ones when little does", () => {
    assert.deepStrictEqual(
      [
        pageSizeAfter(100, 100, false),
        pageSizeAfter(100, 60, true),
        pageSizeAfter(100, 20, true),
        pageSizeAfter(100, 0, true),
      ],
      [200, 200, 100, 50],
    )
    assert.strictEqual(pageSizeAfter(20, 0, true), 20)
    assert.strictEqual(pageSizeAfter(60, 60, false), 200)
  })
})
