/**
 * Keeps memory flat: V8 would let short-lived objects fill 100 MB and more before it looks at them, and this program
 * makes little else. Imported first, before anything allocates. (The size of the young space cannot be set any more when
 * a program runs, but it can be kept from growing.)
 */
import { setFlagsFromString } from "node:v8"

setFlagsFromString("--semi-space-growth-factor=1")
setFlagsFromString("--heap-growing-percent=100")
