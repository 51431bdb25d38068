/** Three scheduled exports of one state that are killed again and again, while executions arrive. */
import { once } from "node:events"
import { existsSync, mkdirSync } from "node:fs"
import { join } from "node:path"
import { DatabaseSync } from "node:sqlite"
import { type Running, start } from "../test/Reporter.ts"
import { keysBeneath, wrongKeys } from "../test/RunKeys.ts"
import type { Server } from "../test/Server.ts"
import { alive, dice, pause } from "./CrashRun.ts"

export interface NightsGround {
  readonly program: string
  readonly server: Server
  readonly executions: number
  readonly seed: number
  readonly longestLife: number
  /** Whether another kill may still happen; counts it if so. */
  readonly takeKill: () => boolean
}

export interface NightsResult {
  readonly kills: number
  /** Kills that fell between the moment when a run was ready in the state and the moment when it counted there. */
  readonly between: number
  readonly losses: ReadonlyArray<string>
}

const nights = 3

/** What goes wrong on the first nights: a record that does not fit now is exported on a later one. */
const weather = {
  "429": { rate: 0.01, seconds: 1 },
  "500": 0.02,
  "reset-body": 0.02,
  "bad-record": { rate: 0.05, kind: "wrong-type", path: "limit=" },
  latency: { rate: 1, ms: 20 },
}

interface Place {
  readonly state: string
  readonly out: string
}

const argsOf = ({ out, state }: Place, pageSize: number): ReadonlyArray<string> =>
  ["export", "--all", "--quiet", "--rate", "unlimited"].concat(
    "--page-size",
    String(pageSize),
    "--state",
    state,
    "--keep",
    "99",
    "--out",
    out,
    // Another query: a run of such a name is not gone on with by one of a plain name, but overtaken.
    ...(/-o\d+$/.test(out) ? ["--plan", "walk"] : []),
  )

/** Waits for one of the moments in which a run and its state become one: a transaction of the state, the manifest, the name. */
const untilEnding = async (running: Running, { out, state }: Place, moment: number): Promise<void> => {
  const sign = [`${state}-journal`, `${out}.partial/datapackage.json.new`, `${out}.partial/datapackage.json`, out][
    moment
  ]
  while (alive(running) && !existsSync(sign as string) && !existsSync(out)) await pause(0)
}

/** Whether the state waits to hear if its run was published. */
const isBetween = (state: string): boolean => {
  if (!existsSync(state)) return false
  const database = new DatabaseSync(state)
  try {
    return database.prepare("SELECT 1 FROM run WHERE phase = 'ready'").get() !== undefined
  } finally {
    database.close()
  }
}

/** Kills at a random moment, or, as often as not, near the end. */
const strike = async (running: Running, place: Place, ground: NightsGround, roll: () => number): Promise<boolean> => {
  if (roll() < 0.7) {
    await untilEnding(running, place, Math.floor(roll() * 4))
    for (const end = performance.now() + roll() * roll() * 25; performance.now() < end && alive(running);)
      await pause(0)
  } else await Promise.race([pause(100 + roll() * ground.longestLife), running.ended])
  if (!alive(running) || !ground.takeKill()) return false
  running.child.kill("SIGKILL")
  await once(running.child, "close")
  return running.child.signalCode === "SIGKILL"
}

const good: ReadonlySet<number | null> = new Set([0, 80, 75, 69])

/** Runs the nights, killing on the way, and compares what they hold together with what there was. */
export const nightsRun = async (folder: string, ground: NightsGround, seed: number): Promise<NightsResult> => {
  const { server } = ground
  const roll = dice(seed)
  const losses: Array<string> = []
  const runs = join(folder, "runs")
  const state = join(folder, "nightly.state")
  const most = 200
  /** Unfinished runs that a later one may have overtaken; their command may still come again. */
  const overtaken: Array<string> = []
  let there = ground.executions
  let [kills, between, lives] = [0, 0, 0]
  const arrive = async (count: number) => {
    await server.grow(count)
    there += count
  }
  mkdirSync(runs, { recursive: true })
  await server.faults(weather)
  for (let night = 1; night <= nights; night++) {
    if (night === nights) await server.faults({ "bad-record": null })
    let out = overtaken.shift() ?? join(runs, `${night}`)
    for (let over = false; !over; lives++) {
      if (lives === most) return { kills, between, losses: ["it never ended"] }
      const place = { state, out }
      const running = start(argsOf(place, 100), { server, program: ground.program })
      const growing =
        night < nights && roll() < 0.5 ? pause(roll() * 400).then(() => arrive(1 + Math.floor(roll() * 40))) : null
      const killed = await strike(running, place, ground, roll)
      await growing
      if (!killed) {
        const { code, stderr } = await running.ended
        const named = existsSync(out)
        if (!good.has(code) && !(code === 73 && named)) losses.push(`ended with ${code}: ${stderr.trim()}`)
        over = losses.length > 0 || named
      } else {
        kills++
        if (isBetween(state)) between++
        // A scheduler may run the same command again, or the next night's, which overtakes this one.
        if (existsSync(out)) over = night < nights && roll() < 0.5
        else if (roll() < 0.3) {
          overtaken.push(out)
          const other = join(runs, `${night}-${roll() < 0.5 ? "o" : "p"}${lives}`)
          out = roll() < 0.5 ? (overtaken.shift() as string) : other
        }
      }
    }
    const keys = keysBeneath(runs)
    if (new Set(keys).size !== keys.length) losses.push(`night ${night}: ${keys.length - new Set(keys).size} twice`)
    if (losses.length > 0) return { kills, between, losses }
    if (night < nights) await arrive(Math.floor(roll() * 150))
  }
  return { kills, between, losses: wrongKeys(keysBeneath(runs), there, ground.seed) }
}
