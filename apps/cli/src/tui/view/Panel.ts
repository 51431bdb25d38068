/** Lines that stand apart from the edges of the screen. */
import { ruled } from "../Layout.ts"
import type { Model } from "../Model.ts"
import { indented, type Lines } from "./Line.ts"

const margin = 3

/** The lines with a margin at their left, and above them where there is room. */
export const panel = (lines: Lines, size: Model["size"]): Lines => [...(ruled(size) ? [[]] : []), ...inset(lines)]

/** The lines with a margin at their left alone. */
export const inset = (lines: Lines): Lines => indented(lines, margin)
