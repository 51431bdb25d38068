/** How soon the terminal program answers, in units of the least Ink program, in turns with it. */
import { existsSync, mkdtempSync, readdirSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import type { Finding } from "./ExportBench.ts"
import { grid } from "./Grid.ts"
import { median } from "./Measurement.ts"
import { type ServerProcess, startServer } from "./ServerProcess.ts"
import { drive, type Session } from "./Session.ts"
import { environment } from "./Subject.ts"

const root = join(import.meta.dirname, "..", "..", "..")
const hello = join(import.meta.dirname, "..", "rivals", "ink-hello.mjs")
export const terminalProgram = join(root, "apps", "cli", "bin", "mixpeek-alerts.mjs")

/** The first row of the list, as it is drawn. */
const firstRow = "exec_[0-9a-f]{8}"

interface Start {
  readonly name: string
  readonly args: ReadonlyArray<string>
  /** What is on the screen when it has started, one moment after another. */
  readonly moments: ReadonlyArray<string>
  /** Whether it finds what the run before has kept of the list. Without, every row comes from the server. */
  readonly again?: boolean
  /** Whether it stays until someone leaves it. It keeps what it has compiled when it has come to rest. */
  readonly stays?: boolean
}

const control: Start = { name: "Ink hello-world, unbundled", args: [process.execPath, hello], moments: ["Hello"] }

const starts: ReadonlyArray<Start> = [
  control,
  {
    name: "mixpeek-alerts",
    args: [process.execPath, terminalProgram],
    moments: ["mixpeek-alerts", firstRow],
    stays: true,
  },
  {
    name: "mixpeek-alerts, again",
    args: [process.execPath, terminalProgram],
    moments: [firstRow],
    again: true,
    stays: true,
  },
  {
    name: "mixpeek-alerts list --limit 1",
    args: [process.execPath, terminalProgram, "list", "--limit", "1", "-o", "ids"],
    moments: [firstRow],
  },
]

/** What is in the environment of nobody: the theme and the tracing of whoever measures. */
export const terminalEnvironment = (server: ServerProcess): NodeJS.ProcessEnv => ({
  ...environment(server),
  TERM: "xterm-256color",
  NO_COLOR: undefined,
  CI: undefined,
  NODE_ENV: undefined,
})

/** Forgets the pages that were kept, and not what was compiled. */
const forgetPages = (cache: string): void => {
  const folder = join(cache, "mixpeek-alerts")
  const kept = existsSync(folder) ? readdirSync(folder) : []
  for (const name of kept) if (name !== "code") rmSync(join(folder, name))
}

/** How long it is left alone in the round that does not count. */
const restSeconds = 2

const secondsOf = (start: Start, server: ServerProcess, cache: string, counts = true): ReadonlyArray<number> => {
  if (start.again !== true) forgetPages(cache)
  const session: Session = {
    args: start.args,
    env: { ...terminalEnvironment(server), XDG_CACHE_HOME: cache },
    columns: 80,
    rows: 24,
    steps: [
      ...start.moments.map((expect) => ({ expect })),
      ...(start.stays === true && !counts ? [{ watch: restSeconds }] : []),
    ],
  }
  return drive(session).map(({ seconds }) => seconds)
}

/** Fills the cache for one that starts again. */
const prepare = (start: Start, server: ServerProcess, cache: string): void => {
  if (start.again === true) secondsOf({ ...start, again: false }, server, cache)
}

/** So many rounds, after one in which compiled code is kept, and which does not count. */
export const start = async (rounds: number): Promise<Finding> => {
  using server = await startServer({ executions: 10_000 })
  const cache = mkdtempSync(join(tmpdir(), "mixpeek-alerts-bench-"))
  const times = starts.map((one) => one.moments.map((): Array<number> => []))
  for (let round = -1; round < rounds; round++) {
    const order = round % 2 === 0 ? starts : starts.toReversed()
    for (const one of order) {
      prepare(one, server, cache)
      const seconds = secondsOf(one, server, cache, round >= 0)
      if (round >= 0) seconds.forEach((value, at) => times[starts.indexOf(one)]?.[at]?.push(value))
    }
  }
  rmSync(cache, { recursive: true })
  const middle = times.map((moments) => moments.map(median))
  const unit = middle[0]?.[0] as number
  const ratio = (at: number, moment: number): number => (middle[at]?.[moment] as number) / unit
  return {
    title: `start, 80x24, ${rounds} rounds`,
    table: grid([
      ["", "ms", "of Ink hello"],
      ...starts.flatMap((one, at) =>
        one.moments.map((moment, index) => [
          `${one.name}: ${moment === firstRow ? "first row" : moment}`,
          ((middle[at]?.[index] as number) * 1000).toFixed(0),
          ratio(at, index).toFixed(2),
        ]),
      ),
    ]),
    verdicts: [
      { what: "terminal, first painted frame against Ink hello", value: ratio(1, 0), atMost: 0.2, unit: "" },
      { what: "terminal, full first frame against Ink hello", value: ratio(1, 1), atMost: 0.55, unit: "" },
      { what: "scripted command, first byte against Ink hello", value: ratio(3, 0), atMost: 0.3, unit: "" },
    ],
  }
}
