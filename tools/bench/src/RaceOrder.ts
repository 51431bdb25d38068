/**
 * Who runs when. What ran before leaves its heat: its files in memory, its memory to be given back. With the same neighbour
 * in every round that becomes a part of the result, and 5 % were seen. So the rounds are rows of a Williams design, in which
 * everybody comes right behind everybody else equally often (E. J. Williams, 1949).
 */

/** 0, 1, n - 1, 2, n - 2 and so on: the differences between neighbours are all different. */
const firstRow = (count: number): ReadonlyArray<number> =>
  Array.from({ length: count }, (_, turn) => (turn % 2 === 1 ? (turn + 1) / 2 : (count - turn / 2) % count))

/** The order of `count` subjects in a round. Balanced after `count` rounds, and after twice as many when `count` is odd. */
export const orderOf = (round: number, count: number): ReadonlyArray<number> => {
  const row = firstRow(count).map((place) => (place + round) % count)
  return count % 2 === 1 && Math.floor(round / count) % 2 === 1 ? row.toReversed() : row
}
