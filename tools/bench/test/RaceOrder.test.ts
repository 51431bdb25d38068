import { describe, expect, it } from "vitest"
import { orderOf } from "../src/RaceOrder.ts"

const rows = (count: number, rounds: number) => Array.from({ length: rounds }, (_, round) => orderOf(round, count))

const sorted = (values: ReadonlyArray<number | undefined>) =>
  values.toSorted((one, other) => Number(one) - Number(other))

/** How often each comes right behind each other one. */
const neighbours = (orders: ReadonlyArray<ReadonlyArray<number>>): ReadonlyArray<number> => {
  const seen = new Map<string, number>()
  for (const order of orders) {
    for (const [turn, subject] of order.entries()) {
      if (turn > 0) seen.set(`${order[turn - 1]} ${subject}`, (seen.get(`${order[turn - 1]} ${subject}`) ?? 0) + 1)
    }
  }
  return [...seen.values()]
}

describe("the order of a race", () => {
  it.each([1, 2, 3, 5, 6])("of %i has everybody once in a round, and in every place once", (count) => {
    const everybody = [...Array(count).keys()]
    for (const order of rows(count, 3 * count)) expect(sorted(order)).toEqual(everybody)
    for (const place of everybody) {
      expect(sorted(rows(count, count).map((order) => order[place]))).toEqual(everybody)
    }
  })

  it.each([
    [2, 2, 1],
    [6, 6, 1],
    [3, 6, 2],
    [5, 10, 2],
  ])("of %i has everybody right behind everybody else equally often in %i rounds", (count, rounds, times) => {
    expect(neighbours(rows(count, rounds))).toEqual(Array.from({ length: count * (count - 1) }, () => times))
  })
})
