/** The first thing on the screen: the frame of the program, painted before anything heavy is loaded. */
import { writeSync } from "node:fs"
import { ruled, smallest } from "../tui/Layout.ts"

/** Draws the header, the rules and the footer into an empty screen and leaves the cursor at the top left. */
export const paintSkeleton = (title: string, columns: number, rows: number): void => {
  if (columns < smallest.columns || rows < smallest.rows) return
  const rule = "─".repeat(Math.max(0, columns))
  const at = (row: number, text: string) => `\u001b[${row};1H${text}`
  const header = `mixpeek-alerts  ${title}`.slice(0, columns)
  const parts = [
    at(1, header),
    ...(ruled({ columns, rows }) ? [at(2, rule), at(rows - 1, rule)] : []),
    at(rows, "q quit"),
    "\u001b[H",
  ]
  try {
    writeSync(1, parts.join(""))
  } catch {
    // A terminal that cannot be written to is found out later, with a message.
  }
}
