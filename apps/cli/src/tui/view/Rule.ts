/** The line between two parts of a screen. */
import { glyphs } from "../../text/Glyph.ts"
import { ruled } from "../Layout.ts"
import type { Model } from "../Model.ts"
import { type Lines, span } from "./Line.ts"

/** A rule; none where rows are short. */
export const rules = ({ size, theme }: Model): Lines =>
  ruled(size) ? [[span(glyphs(theme.ascii).rule.repeat(size.columns), "quiet")]] : []
