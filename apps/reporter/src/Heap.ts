/**
 * Keeps memory flat, and the collector idle. V8 would let the young space grow to 3 x 16 MB, where what lives for a page
 * is kept long after it. It is let grow to 2 x 4 MB, and then no more: with more than that, V8 thinks that the old space is
 * nearly full and looks through all of it ten times a second, which can take half of the time. (Its size itself cannot be set
 * when a program runs.)
 */
import { getHeapSpaceStatistics, setFlagsFromString } from "node:v8"

const grownBytes = 4 << 20
const lookMillis = 20

const grow = (factor: number): void => setFlagsFromString(`--semi-space-growth-factor=${factor}`)

/** V8's own. */
const usualFactor = 2

const youngBytes = (): number =>
  getHeapSpaceStatistics().find((space) => space.space_name === "new_space")?.space_size ?? 0

const look = setInterval(() => {
  if (youngBytes() < grownBytes) return
  grow(1)
  clearInterval(look)
}, lookMillis).unref()

/**
 * At the end: the flags are again what they were when the program was loaded. Only so does V8 take the code that is kept now
 * at the next start.
 */
export const releaseHeap = (): void => {
  clearInterval(look)
  grow(usualFactor)
}
