/** A score from 0 to 1 as a bar of eighth blocks. */

const eighths = ["", "▏", "▎", "▍", "▌", "▋", "▊", "▉"]

/** At most `width` cells; in ASCII, whole cells of `#`. */
export const bar = (share: number, width: number, ascii = false): string => {
  const clamped = Math.min(1, Math.max(0, share))
  if (ascii) return "#".repeat(Math.round(clamped * width))
  const units = Math.round(clamped * width * 8)
  return "█".repeat(Math.floor(units / 8)) + (eighths[units % 8] ?? "")
}
