/**
 * Keeps memory flat, and the collector idle. V8 would let the young space grow to 3 x 16 MB, where what lives for a page
 * is kept long after it; a young space of the first size would be looked at so often that a fifth of the time went there.
 * It is let grow once, to 2 x 4 MB, and then no more. (Its size itself cannot be set when a program runs.) Imported first,
 * before anything allocates.
 */
import { getHeapSpaceStatistics, setFlagsFromString } from "node:v8"

const grownBytes = 8 << 20
const lookMillis = 20

const grow = (factor: number): void => setFlagsFromString(`--semi-space-growth-factor=${factor}`)

const growOnce = (): void => grow(4)
growOnce()

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
  growOnce()
}
