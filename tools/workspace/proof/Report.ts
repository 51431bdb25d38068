/** How a proof tells what it does: one line for each step, with its time; the first that fails ends it. */

/** Does a step and gives what it gave. Throws what it throws. */
export const proving = async <A>(what: string, work: () => A | Promise<A>): Promise<A> => {
  const began = performance.now()
  const result = await work()
  process.stdout.write(`ok  ${what}  ${((performance.now() - began) / 1000).toFixed(1)} s\n`)
  return result
}
