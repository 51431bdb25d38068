/** Units of IDs, whose answers come in any order. */
import type { ExecutionId } from "@mixpeek-alerts/domain"
import { it } from "@effect/vitest"
import { Schema } from "effect"
import { describe, expect } from "vitest"
import type { Unit } from "../src/Unit.ts"
import { type Answer, idsPerUnit, UnitAssembly } from "../src/UnitAssembly.ts"

const idsOf = (count: number): ReadonlyArray<ExecutionId> =>
  Array.from({ length: count }, (_, index) => `exec_${index}` as ExecutionId)

const answer = (index: number) => ({ id: `exec_${index}`, error: {} }) as unknown as Answer

const indexes = (unit: Unit): ReadonlyArray<number> => unit.missing.map(({ id }) => Number(id.slice(5)))

describe("the units of a list of IDs", () => {
  it.prop(
    "come in order with each ID once, whatever order the answers come in, and say where to go on",
    [
      Schema.Int.check(Schema.isBetween({ minimum: 1, maximum: 200 })),
      Schema.Int.check(Schema.isBetween({ minimum: 0, maximum: 199 })),
      Schema.Int.check(Schema.isBetween({ minimum: 0, maximum: 1_000_000 })),
    ],
    ([count, start, seed]) => {
      const from = Math.min(start, count - 1)
      const assembly = new UnitAssembly(idsOf(count), from, Number.POSITIVE_INFINITY)
      const taken: Array<number> = []
      for (let index = assembly.take(); index !== null; index = assembly.take()) taken.push(index)
      const shuffled = taken.toSorted((one, other) => ((one * 7919 + seed) % 211) - ((other * 7919 + seed) % 211))
      const units = shuffled.flatMap((index) => assembly.put(index, answer(index)))
      expect(units.flatMap(indexes)).toEqual(
        idsOf(count)
          .slice(from)
          .map((_, at) => from + at),
      )
      const nexts = units.map(({ next }) => (next._tag === "Id" ? next.index : count))
      expect(nexts).toEqual(units.map((_, at) => Math.min(count, from + (at + 1) * idsPerUnit)))
      expect(units.at(-1)?.next).toEqual({ _tag: "End" })
    },
  )

  it("are begun only so far ahead of those that were released", () => {
    const assembly = new UnitAssembly(idsOf(200), 0, 2)
    const takeAll = () => {
      const taken: Array<number> = []
      for (let index = assembly.take(); index !== null; index = assembly.take()) taken.push(index)
      return taken
    }
    expect(takeAll()).toEqual(Array.from({ length: 2 * idsPerUnit }, (_, index) => index))
    expect(assembly.isDone).toBe(false)
    assembly.release(1)
    expect(takeAll().length).toBe(idsPerUnit)
    for (let unit = 0; unit < 10; unit++) assembly.release(1)
    expect(takeAll().at(-1)).toBe(199)
    expect(assembly.isDone).toBe(true)
  })
})
