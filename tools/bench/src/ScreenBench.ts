/** The screen with ten thousand rows: keys, bytes, idle CPU, memory. */
import type { Finding } from "./ExportBench.ts"
import { grid } from "./Grid.ts"
import { median } from "./Measurement.ts"
import { startServer } from "./ServerProcess.ts"
import { drive, type Step, type Timed } from "./Session.ts"
import { terminalEnvironment, terminalProgram } from "./StartBench.ts"

const rowsOfPage = 100
const moves = 60
const idleSeconds = 10

/** Only the cells that changed are drawn: these words are, since they take the place of the one for waiting. */
const loadUpTo = (rows: number): ReadonlyArray<Step> =>
  Array.from({ length: rows / rowsOfPage - 1 }, (): Step => ({ type: "L", expect: "live off" }))

const middle = (timed: ReadonlyArray<Timed>) => ({
  millis: median(timed.map(({ seconds }) => seconds)) * 1000,
  bytes: median(timed.map((one) => one.bytes)),
})

const row = (name: string, timed: ReadonlyArray<Timed>): ReadonlyArray<string> => {
  const { bytes, millis } = middle(timed)
  return [name, millis.toFixed(1), bytes.toFixed(0)]
}

/** Loads so many rows, moves the cursor through them, then leaves them alone. */
export const screen = async (rows: number): Promise<Finding> => {
  using server = await startServer({ executions: rows * 2 })
  // The server lists the oldest first, so what is loaded later goes above the first page, where the cursor stays.
  const top: Step = { key: "g" }
  const loading: ReadonlyArray<Step> = [
    { expect: "exec_[0-9a-f]{8}" },
    { watch: 1 },
    ...loadUpTo(rows),
    { watch: 1 },
    top,
  ]
  const keys = Array.from({ length: moves }, (): Step => ({ key: "j" }))
  const pages = Array.from({ length: moves / 2 }, (): Step => ({ key: "\u001b[6~" }))
  const timed = drive({
    args: [process.execPath, terminalProgram],
    env: terminalEnvironment(server),
    columns: 120,
    rows: 40,
    steps: [...loading, ...keys, { key: "p" }, ...keys, ...pages, { watch: idleSeconds }],
  })
  const previewed = timed.slice(loading.length, loading.length + moves)
  const moved = timed.slice(loading.length + moves + 1, loading.length + moves * 2 + 1)
  const paged = timed.slice(loading.length + moves * 2 + 1, -1)
  const idle = timed.at(-1)
  const { bytes, millis } = middle(moved)
  const cpu = ((idle?.cpu ?? Number.NaN) / idleSeconds) * 100
  const mebibytes = idle?.mebibytes ?? Number.NaN
  return {
    title: `the screen with ${rows} rows at 120x40`,
    table: grid([
      ["", "median ms", "median bytes"],
      row("down, with the preview", previewed),
      row("down", moved),
      row("a page down", paged),
    ]),
    verdicts: [
      { what: "key to frame", value: millis, atMost: 33, unit: " ms" },
      { what: "a cursor move in the list", value: bytes, atMost: 400, unit: " bytes" },
      { what: "idle CPU", value: cpu, atMost: 1, unit: " %" },
      { what: "resident memory", value: mebibytes, atMost: 150, unit: " MiB" },
    ],
  }
}
