/** Lines of the screen: pieces of text with a style, cut to what fits. Data alone: what draws them is elsewhere. */
import { cells, truncate } from "../../text/Width.ts"
import type { Tone } from "../Palette.ts"

export interface Span {
  readonly text: string
  readonly tone?: Tone
  readonly bold?: boolean
  readonly dim?: boolean
  /** Where the cursor is: foreground and background swapped. */
  readonly inverse?: boolean
}

/** One line, from its left end. */
export type Line = ReadonlyArray<Span>

/** Lines from top to bottom: a view, or a part of one. */
export type Lines = ReadonlyArray<Line>

export const span = (text: string, tone: Tone = "plain", style: { bold?: boolean; dim?: boolean } = {}): Span => ({
  text,
  tone,
  ...style,
})

/** The spans cut to `width` cells. */
export const fit = (spans: Line, width: number): Line => {
  const kept: Array<Span> = []
  let room = width
  for (const one of spans) {
    if (room <= 0) break
    const text = truncate(one.text, room)
    kept.push(text === one.text ? one : { ...one, text })
    room -= cells(text)
  }
  return kept
}

/** The cells of all of them. */
export const widthOf = (spans: Line): number => spans.reduce((sum, { text }) => sum + cells(text), 0)

/** The spans, and spaces up to `width` cells. */
export const filled = (spans: Line, width: number): Line => {
  const room = width - widthOf(spans)
  return room <= 0 ? spans : [...spans, span(" ".repeat(room))]
}

/** Two groups at the two ends of a line; the left one gives way. */
export const ends = (start: Line, end: Line, width: number): Line => {
  const last = fit(end, width)
  const first = fit(start, Math.max(0, width - widthOf(last) - 1))
  const gap = Math.max(0, width - widthOf(first) - widthOf(last))
  return [...first, span(" ".repeat(gap)), ...last]
}

/** The spans as one line; that of the cursor is inverse over the whole width, and has no other colour. */
export const line = (spans: Line, width: number, selected = false): Line => {
  const fitting = fit(spans, width)
  return selected
    ? filled(fitting, width).map(({ bold, text }) => ({ text, bold: bold === true, inverse: true }))
    : fitting
}

/** So many empty lines. */
export const emptyLines = (count: number): Lines => Array.from({ length: Math.max(0, count) }, () => [])

/** Exactly `height` lines: cut, or with empty ones below. */
export const filling = (lines: Lines, height: number): Lines =>
  lines.length >= height ? lines.slice(0, Math.max(0, height)) : [...lines, ...emptyLines(height - lines.length)]

/** The lines moved to the right. */
export const indented = (lines: Lines, by: number): Lines => lines.map((one) => [span(" ".repeat(by)), ...one])

/** Two groups of lines side by side, of which the left one takes `width` cells. */
export const beside = (start: Lines, end: Lines, width: number): Lines =>
  Array.from({ length: Math.max(start.length, end.length) }, (_, index) => [
    ...filled(start[index] ?? [], width),
    ...(end[index] ?? []),
  ])
