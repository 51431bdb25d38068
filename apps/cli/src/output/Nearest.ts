/** What someone may have meant by a word that is not known. */

const distance = (from: string, to: string): number => {
  let row = Array.from({ length: to.length + 1 }, (_, at) => at)
  for (let at = 1; at <= from.length; at++) {
    const next = [at]
    for (let other = 1; other <= to.length; other++) {
      const swap = (row[other - 1] as number) + (from[at - 1] === to[other - 1] ? 0 : 1)
      next.push(Math.min(swap, (row[other] as number) + 1, (next[other - 1] as number) + 1))
    }
    row = next
  }
  return row[to.length] as number
}

/** The most alike of `known`, if it is alike: a few letters wrong, or the beginning of it. */
export const nearest = (word: string, known: ReadonlyArray<string>): string | undefined => {
  const typed = word.toLowerCase()
  const begun = typed.length >= 2 ? known.find((name) => name.startsWith(typed)) : undefined
  const [best] = known
    .map((name) => ({ name, far: distance(typed, name) }))
    .filter(({ far, name }) => far < typed.length && far <= Math.max(2, Math.ceil(name.length / 3)))
    .sort((one, other) => one.far - other.far)
  return best?.name ?? begun
}
