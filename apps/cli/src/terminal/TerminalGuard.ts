/**
 * Takes the terminal over and gives it back, whatever ends the program.
 *
 * Auto-wrap is off while we draw: a row that a terminal draws wider than we
 * think, or that is drawn while the window shrinks, is then cut instead of
 * pushing everything below it down by one.
 */
import { writeSync } from "node:fs"

// The last two ask the terminal to tell when its window gets and loses the focus, and what was pasted: at once, since rows can
// be seen, and something pasted, before anybody reads keys.
const enterScreen = "\u001b[?1049h\u001b[?25l\u001b[?7l\u001b[2J\u001b[H\u001b[?1004h\u001b[?2004h"
const leaveScreen = "\u001b[?1004l\u001b[?2004l\u001b[0m\u001b[?7h\u001b[?25h\u001b[?1049l"

let taken = false

/** Synchronous, so that it also works in the last moment of the process. */
const put = (text: string): void => {
  try {
    writeSync(1, text)
  } catch {
    // The terminal is gone or busy; there is nobody left to tell.
  }
}

const rawMode = (on: boolean): void => {
  try {
    if (process.stdin.isTTY) process.stdin.setRawMode(on)
  } catch {
    // The terminal is gone.
  }
}

/** Shows the alternate screen, empty. Keys typed from now on are not echoed. */
export const take = (): void => {
  if (taken) return
  taken = true
  process.once("exit", giveBack)
  rawMode(true)
  put(enterScreen)
}

/** Brings back the screen, the cursor, the wrapping and the line editing of the shell. Harmless when done twice. */
export const giveBack = (): void => {
  if (!taken) return
  taken = false
  process.off("exit", giveBack)
  rawMode(false)
  put(leaveScreen)
}
