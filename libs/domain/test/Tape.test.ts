/** What is kept on a tape stays there, whatever comes behind it. */
import { assert, describe, it } from "@effect/vitest"
import { Tape } from "../src/scan/Tape.ts"

const short = new Uint8Array(100)

/** Puts so many numbers on a tape, beginning with this one, and says where. */
const put = (tape: Tape, count: number, first: number): number => {
  const at = tape.reserve(count)
  for (let index = 0; index < count; index++) tape.set(at + index, first + index)
  return at
}

const taken = (tape: Tape, at: number, count: number): ReadonlyArray<number> =>
  Array.from({ length: count }, (_, index) => tape.get(at + index))

const upFrom = (first: number, count: number): ReadonlyArray<number> =>
  Array.from({ length: count }, (_, index) => first + index)

describe("a tape", () => {
  it("begins with -1 in what is reserved, where another tape was given up too", () => {
    const given = new Tape(short)
    put(given, 30, 1)
    const tape = new Tape(short)
    const at = tape.reserve(30)
    assert.deepStrictEqual(
      taken(tape, at, 30),
      Array.from({ length: 30 }, () => -1),
    )
  })

  it("keeps its numbers when it grows beyond what was expected of its text", () => {
    const tape = new Tape(short)
    const first = put(tape, 100, 0)
    const second = put(tape, 50_000, 1000)
    assert.deepStrictEqual(taken(tape, first, 100), upFrom(0, 100))
    assert.deepStrictEqual(taken(tape, second, 50_000), upFrom(1000, 50_000))
  })

  it("is told apart from another that is filled in turns with it", () => {
    const [one, other] = [new Tape(short), new Tape(short)]
    const places = Array.from({ length: 40 }, (_, turn) => [put(one, 7, turn), put(other, 5, -1000 * turn)] as const)
    for (const [turn, [at, otherAt]] of places.entries()) {
      assert.deepStrictEqual(taken(one, at, 7), upFrom(turn, 7))
      assert.deepStrictEqual(taken(other, otherAt, 5), upFrom(-1000 * turn, 5))
    }
  })

  it("stays as it is while many others come behind it", () => {
    const tapes = Array.from({ length: 2000 }, (_, index) => {
      const tape = new Tape(short)
      return { tape, index, at: put(tape, 60, index), more: put(tape, 3, -index) }
    })
    for (const { at, index, more, tape } of tapes) {
      assert.deepStrictEqual(taken(tape, at, 60), upFrom(index, 60))
      assert.deepStrictEqual(taken(tape, more, 3), upFrom(-index, 3))
    }
  })

  it("of a page has room of its own", () => {
    const page = new Tape(new Uint8Array(1 << 20))
    const alone = new Tape(short)
    const [at, aloneAt] = [put(page, 1000, 5), put(alone, 20, 9)]
    assert.deepStrictEqual(taken(page, at, 1000), upFrom(5, 1000))
    assert.deepStrictEqual(taken(alone, aloneAt, 20), upFrom(9, 20))
  })
})
