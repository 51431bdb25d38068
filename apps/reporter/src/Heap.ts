/**
 * Keeps memory flat: V8 would let short-lived objects fill 100 MB and more before it looks at them, and this program
 * makes little else. Imported first, before anything allocates.
 */
import { setFlagsFromString } from "node:v8"

setFlagsFromString("--max-semi-space-size=4")
setFlagsFromString("--semi-space-growth-factor=1")
setFlagsFromString("--heap-growing-percent=100")
