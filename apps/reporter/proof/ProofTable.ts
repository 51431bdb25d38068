/** How the proofs of this program tell what they tried: a table with a sum below it, the seed, and each loss. */

/** The name of a line, and its counts. */
export type Line = readonly [name: string, ...counts: ReadonlyArray<number>]

const columnWidth = 10

/** A table with the sum of each column below it. */
export const proofTable = (head: readonly [string, ...ReadonlyArray<string>], lines: ReadonlyArray<Line>): string => {
  const [, ...columns] = head
  const sums = columns.map((_, at) => lines.reduce((sum, [, ...counts]) => sum + (counts[at] ?? 0), 0))
  const all = [head, ...lines, ["all", ...sums] as const]
  const nameWidth = 2 + all.reduce((widest, [name]) => Math.max(widest, name.length), 0)
  return all
    .map(
      ([name, ...cells]) => name.padEnd(nameWidth) + cells.map((cell) => String(cell).padStart(columnWidth)).join(""),
    )
    .join("\n")
}

/** Prints what a proof has found, and lets the process fail if anything was lost. */
export const tell = (
  table: string,
  { began, losses, seed }: { readonly began: number; readonly losses: ReadonlyArray<string>; readonly seed: string },
): void => {
  process.stdout.write(`${table}\n${Math.round((Date.now() - began) / 1000)} s, seed ${seed}\n`)
  for (const loss of losses) process.stdout.write(`LOST ${loss}\n`)
  process.exitCode = losses.length > 0 ? 1 : 0
}
