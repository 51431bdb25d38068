/** A share from 0 to 1 as a column of eighth blocks, row by row. */

const eighths = [" ", "▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"]
const plain = [" ", ".", ":", "-", "=", "+", "*", "%", "#"]

/**
 * What row `row` of a column that is `height` rows high shows, 0 being the lowest. More than nothing is seen in the lowest
 * row, however little it is.
 */
export const column = (share: number, row: number, height: number, ascii = false): string => {
  const units = share > 0 ? Math.max(1, Math.round(Math.min(1, share) * height * 8)) : 0
  return (ascii ? plain : eighths)[Math.min(8, Math.max(0, units - row * 8))] ?? " "
}
