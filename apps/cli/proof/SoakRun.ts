/** One long run of live mode in a pseudo-terminal: faults, resizes, keys, and what was measured meanwhile. */
import { readFileSync } from "node:fs"
import { entry } from "../test/Program.ts"
import { type Sandbox, startSandbox } from "../test/Sandbox.ts"
import { Tmux } from "../test/Tmux.ts"

export interface Sample {
  readonly at: number
  /** Requests that the server has seen so far. */
  readonly requests: number
  /** Resident memory in megabytes. */
  readonly megabytes: number
}

export interface Soaked {
  readonly limit: number
  readonly samples: ReadonlyArray<Sample>
  /** What was wrong on the screen. */
  readonly wrong: ReadonlyArray<string>
  readonly arrived: number
}

/** The same sequence for the same seed. */
const dice = (seed: number) => {
  let state = seed >>> 0
  return (sides: number): number => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0
    return Math.floor((state / 2 ** 32) * sides)
  }
}

const faults: ReadonlyArray<Readonly<Record<string, unknown>>> = [
  {},
  { "429": { next: 1, seconds: 3 } },
  { "503": { next: 2 } },
  { "reset-body": { next: 1 } },
  { "stall-headers": { next: 1, ms: 3000 } },
  { "truncated-body": { next: 1 } },
  { "no-total": 1 },
  { "duplicate-records": { next: 1 } },
  { "bad-record": { next: 1 } },
  { latency: { next: 3, ms: 800 } },
]

const sizes = [
  [80, 24],
  [120, 40],
  [41, 11],
  [100, 30],
  [20, 5],
  [60, 15],
] as const

// None of them asks for anything: only live mode makes requests.
const keys = ["j", "k", "g", "G", "f", "x", "PageDown", "s", "Escape", "Enter", "Escape", "T", "Escape"] as const

const memoryOf = (pid: number): number =>
  Number(/^VmRSS:\s+(\d+) kB/m.exec(readFileSync(`/proc/${pid}/status`, "utf8"))?.[1] ?? Number.NaN) / 1024

const disturb = async (
  turn: number,
  roll: (sides: number) => number,
  sandbox: Sandbox,
  terminal: Tmux,
): Promise<void> => {
  if (turn % 7 === 3) await sandbox.faults(faults[roll(faults.length)] ?? {})
  if (turn % 11 === 5) {
    const [columns, rows] = sizes[roll(sizes.length)] ?? sizes[0]
    await terminal.resize(columns, rows)
  }
  if (turn % 3 === 1) await terminal.press(keys[roll(keys.length)] ?? "j")
}

const pause = (millis: number): Promise<void> => new Promise((next) => setTimeout(next, millis))

/** Watches live mode for so long. */
export const soak = async (
  limit: number,
  millis: number,
  seed: number,
  env: Record<string, string> = {},
): Promise<Soaked> => {
  await using sandbox = await startSandbox("--executions", "2000", "--rpm", String(limit))
  await using terminal = await Tmux.start(
    [process.execPath, entry, "--live", "--interval", "100ms", "--timeout", "5"],
    {
      env: { ...sandbox.env, ...env },
    },
  )
  await terminal.until("loaded of 2000")
  const pid = await terminal.child()
  const roll = dice(seed)
  const samples: Array<Sample> = []
  const wrong: Array<string> = []
  let arrived = 0
  const end = Date.now() + millis
  for (let turn = 0; Date.now() < end; turn++) {
    if (turn % 2 === 0) await sandbox.grow(1 + roll(3)).then(() => arrived++)
    await disturb(turn, roll, sandbox, terminal)
    samples.push({ at: Date.now(), requests: await sandbox.requests(), megabytes: memoryOf(pid) })
    await pause(1000)
    const screen = await terminal.screen()
    if (!screen.startsWith("mixpeek-a")) wrong.push(`turn ${turn}: ${screen.slice(0, 200)}`)
  }
  await sandbox.faults({})
  await terminal.resize(80, 24)
  await terminal.press("Escape", "Escape")
  await terminal.until(/(live|following) \d/)
  await terminal.press("C-c")
  await terminal.until("exit:130")
  return { limit, samples, wrong, arrived }
}
