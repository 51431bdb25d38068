/**
 * How many cells a text takes in a terminal, and texts made to fit a number of
 * cells. Counts code point by code point, which is the larger of what
 * terminals do, so a row never runs over. Expects text from `clean`.
 */

const zero = /[\p{Mn}\p{Me}]/u
const wide =
  /[\u1100-\u115f\u231a\u231b\u2329\u232a\u2e80-\u303e\u3041-\u33ff\u3400-\u4dbf\u4e00-\ua4cf\ua960-\ua97f\uac00-\ud7a3\uf900-\ufaff\ufe10-\ufe19\ufe30-\ufe6f\uff01-\uff60\uffe0-\uffe6\u{16fe0}-\u{18d08}\u{1b000}-\u{1b2ff}\u{20000}-\u{3fffd}]|\p{Emoji_Presentation}/u
const flag = /\p{Regional_Indicator}/u

const cellsOf = (point: string): number =>
  point < "\u0300" ? 1 : zero.test(point) ? 0 : flag.test(point) ? 1 : wide.test(point) ? 2 : 1

/** The number of cells. */
export const cells = (text: string): number => {
  if (/^[\x20-\x7e]*$/.test(text)) return text.length
  let sum = 0
  for (const point of text) sum += cellsOf(point)
  return sum
}

const cut = (text: string, limit: number): string => {
  let used = 0
  let kept = ""
  for (const point of text) {
    used += cellsOf(point)
    if (used > limit) break
    kept += point
  }
  return kept
}

/** The text in at most `width` cells; what is missing is marked with `…`. */
export const truncate = (text: string, width: number, mark = "…"): string => {
  if (width <= 0) return ""
  if (cells(text) <= width) return text
  return width <= mark.length ? cut(text, width) : cut(text, width - mark.length) + mark
}

const gap = (text: string, width: number): string => " ".repeat(Math.max(0, width - cells(text)))

/** Exactly `width` cells, starting at the left. */
export const left = (text: string, width: number): string => {
  const fitting = truncate(text, width)
  return fitting + gap(fitting, width)
}

/** Exactly `width` cells, ending at the right. */
export const right = (text: string, width: number): string => {
  const fitting = truncate(text, width)
  return gap(fitting, width) + fitting
}
