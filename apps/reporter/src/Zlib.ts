import type * as Zlib from "node:zlib"

/** Node's zlib, loaded when something is packed or unpacked, which most runs never do. */
export const zlib = (): typeof Zlib => process.getBuiltinModule("node:zlib")
