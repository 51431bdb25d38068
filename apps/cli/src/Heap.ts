/**
 * Keeps the heap of a screen that stays open small. V8 lets a heap of 20 MB grow to 80 before it looks for what is no longer
 * needed, and its young space to 3 x 16 MB, and keeps the pages that it has emptied, which is right for a program that
 * computes. A screen makes a frame or a page at a time: its young space stays as large as loading it needed, and what is
 * empty goes back.
 */
import { setFlagsFromString } from "node:v8"
import { keepCompiled } from "./CompiledCode.ts"

const grow = (factor: number): void => setFlagsFromString(`--semi-space-growth-factor=${factor}`)

/** V8's own. */
const usualFactor = 2

/** From now on the young space grows no more. */
export const holdYoungSpace = (): void => grow(1)

/**
 * From now on memory counts more than speed. What was compiled is kept for the next start before that, and with the flags with
 * which that will begin: V8 takes compiled code only from a process whose flags were its own.
 */
export const holdHeap = (): void => {
  grow(usualFactor)
  keepCompiled()
  holdYoungSpace()
  setFlagsFromString("--optimize-for-size")
}
