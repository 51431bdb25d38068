/**
 * Keeps memory flat, and the collector idle. V8 would let the young space grow to 3 x 16 MB, where what lives for a page is kept
 * long after it. It is let grow to 2 x 2 MB, and then no more: with more than that, V8 thinks that the old space is nearly full
 * and looks through all of it ten times a second, which can take half of the time. (Its size itself cannot be set when a
 * program runs.)
 */
import { getHeapSpaceStatistics } from "node:v8"
import { keepCompiled } from "./CompiledCode.ts"
import { setFlag, withUsualFlags } from "./EngineFlags.ts"

const lookMillis = 20
/** After that long a run has called what runs call, and V8 has forgotten nothing yet of what its start was. */
const settledMillis = 2000

/** V8's own. */
const usualFactor = 2

const grow = (value: number): void => setFlag({ name: "semi-space-growth-factor", value, usual: usualFactor })

const youngBytes = (): number =>
  getHeapSpaceStatistics().find((space) => space.space_name === "new_space")?.space_size ?? 0

let grownBytes = 4 << 20
let looking: NodeJS.Timeout | undefined

const look = (): void => {
  if (youngBytes() < grownBytes) return
  grow(1)
  clearInterval(looking)
}

const watch = (): void => {
  clearInterval(looking)
  grow(usualFactor)
  looking = setInterval(look, lookMillis).unref()
}

/**
 * Keeps what was compiled, if it was not kept before, with the flags with which the next start begins: V8 takes it only from a
 * process with its flags.
 */
export const keepForNextStart = (): void => withUsualFlags(keepCompiled)

/** Looks after the heap of this process, which runs one command. */
export const tendHeap = (): void => {
  watch()
  setTimeout(keepForNextStart, settledMillis).unref()
}

/**
 * Records that are asked for one by one live as long as a request, and nothing of them grows old: twice the room is half the
 * work of the collector.
 */
export const roomForRecords = (): void => {
  grownBytes = 8 << 20
  if (looking !== undefined) watch()
}
