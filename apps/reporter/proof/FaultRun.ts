/** One export while a fault plays, resumed without it when it did not end whole, and judged. */
import { existsSync, readdirSync, writeFileSync } from "node:fs"
import { basename, dirname } from "node:path"
import { type Ended, start } from "../test/Reporter.ts"
import type { Server } from "../test/Server.ts"
import { type FaultCase, tableNames } from "./FaultCase.ts"
import { type Judgement, judgeTable, namedIn, namelessOf } from "./FaultJudge.ts"
import { nightsProblem } from "./FaultNights.ts"
import { argsOf, lay, type Scenario } from "./Scenario.ts"

export type End = "complete" | "partial" | "resumed" | "refused"

export interface FaultResult {
  readonly end: End
  /** How often the fault played. */
  readonly fired: number
  /** What went wrong; `null` when nothing was lost. */
  readonly loss: string | null
}

export interface FaultGround {
  readonly server: Server
  readonly program: string
  readonly seed: number
  /** Where the result goes. */
  readonly target: string
  readonly maxMillis: number
  /** The state with which the nights begin; `null` when they make it. */
  readonly state: string | null
}

/** How much later than its time limit a process may end, on a busy machine, before it counts as hung. */
const graceMillis = 20_000

/** The codes of the table that a fault of the server may lead to. */
const codes: ReadonlySet<number | null> = new Set([0, 64, 66, 69, 75, 76, 77, 80])

const scenarioOf = ({ args, output, table }: FaultCase, { state }: FaultGround): Scenario => {
  const single = output === "file" || output === "stdout"
  return {
    name: output,
    single,
    args: single ? [...args, "--table", table] : args,
    ...(output === "nights" ? { state } : {}),
  }
}

const attempt = async (one: FaultCase, ground: FaultGround, limit: ReadonlyArray<string>): Promise<Ended> => {
  const target = one.output === "stdout" ? "-" : ground.target
  const running = start([...argsOf(scenarioOf(one, ground), target), ...limit], ground)
  const hung = setTimeout(() => running.child.kill("SIGKILL"), ground.maxMillis + graceMillis)
  return running.ended.finally(() => clearTimeout(hung))
}

const behaviour = ({ code, millis, signal, stderr, stdout }: Ended): string | null => {
  if (signal !== null) return `it hung: killed after ${millis} ms`
  if (!codes.has(code)) return `it ended with ${code}: ${stderr.trim()}`
  if (/\n\s+at \S+ \(?(?:file|node):/.test(stderr)) return `a stack trace: ${stderr.trim()}`
  if (`${stderr}${stdout}`.includes("sk_sandbox")) return "it told the key"
  return null
}

/**
 * How many may be missing without a name: what the server neither listed nor counted. It is then for the run to say that it
 * counted fewer, or that fewer were read than counted.
 */
const deniedBy = ({ fault, indexes }: FaultCase, { code, stderr }: Ended): number => {
  if (fault !== "withheld-records") return 0
  const [, all] = /all (\d+) that the server counted at the start were read/.exec(stderr) ?? []
  const [, counted, read] = /the server counted (\d+) at the start and (\d+) were read/.exec(stderr) ?? []
  return code === 0 ? indexes.length - Number(all ?? indexes.length) : Number(counted ?? 0) - Number(read ?? 0)
}

/** The judgement on the published result, with what the failures must name. */
const published = (one: FaultCase, ground: FaultGround, ended: Ended, fired: number): string | null => {
  const { code, stderr } = ended
  const { target } = ground
  const judged: ReadonlyArray<Judgement> =
    one.output === "run"
      ? tableNames.map((table) => judgeTable(`${target}/${table}.csv`, table, one, ground.seed))
      : [judgeTable(target, one.table, one, ground.seed)]
  const problem = judged.find((judgement) => judgement.problem !== null)?.problem
  if (problem) return problem
  const named = namedIn(one.output === "run" ? `${target}/failures.csv` : `${target}.failures.csv`, fired)
  const said = one.output === "stdout" ? (stderr.match(/^failed: .*$/gm) ?? []) : []
  const isNamed = (id: string): boolean => named.ids.has(id) || said.some((line) => line.includes(id))
  const saidNameless = said.filter((line) => line.startsWith("failed: ,"))
  const saidEnds = saidNameless.map((line) => line.slice(line.lastIndexOf(",") + 1))
  const nameless = one.output === "stdout" ? namelessOf(saidEnds, fired) : named.nameless
  const missing = judged.flatMap((judgement) => judgement.missing)
  const denied = deniedBy(one, ended)
  if (denied > 0 && new Set(missing).size <= denied) return null
  if (code === 0 && (missing.length > 0 || one.absent.length > 0))
    return `it calls itself complete without ${missing.length + one.absent.length}`
  const unnamed = missing.filter((id) => id === null || !isNamed(id))
  if (unnamed.length > nameless * judged.length) return `missing and not named: ${unnamed.join(", ")}`
  const absent = one.absent.find((id) => !isNamed(id))
  if (absent !== undefined) return `absent and not named: ${absent}`
  if (code === 80 && !/NOT complete: /.test(stderr)) return "it is partial and does not say why"
  return null
}

const leftovers = ({ target }: FaultGround): string | null => {
  const allowed = new Set([basename(target), `${basename(target)}.failures.csv`])
  const others = readdirSync(dirname(target)).filter((name) => !allowed.has(name))
  return others.length === 0 ? null : `left behind: ${others.join(", ")}`
}

const toDisk = async (
  one: FaultCase,
  ground: FaultGround,
  first: Ended,
  fired: number,
): Promise<Omit<FaultResult, "fired">> => {
  const isWhole = first.code === 0 || first.code === 80
  if (isWhole !== existsSync(ground.target))
    return { end: "refused", loss: `it ended with ${first.code} and ${isWhole ? "no" : "a"} final name` }
  if (isWhole) {
    return {
      end: first.code === 0 ? "complete" : "partial",
      loss: published(one, ground, first, fired) ?? leftovers(ground),
    }
  }
  await ground.server.clear()
  const second = await attempt(one, ground, [])
  const loss = behaviour(second)
  if (loss !== null) return { end: "resumed", loss: `resumed, ${loss}` }
  if (second.code !== 0 && second.code !== 80)
    return {
      end: "resumed",
      loss: `after ${first.code} (${first.stderr.trim()}) it does not resume: ${second.code} ${second.stderr}`,
    }
  return { end: "resumed", loss: published(one, ground, second, fired) ?? leftovers(ground) }
}

const toStdout = (one: FaultCase, ground: FaultGround, ended: Ended, fired: number): Omit<FaultResult, "fired"> => {
  writeFileSync(ground.target, ended.stdout)
  if (ended.code === 0 || ended.code === 80) {
    return { end: ended.code === 0 ? "complete" : "partial", loss: published(one, ground, ended, fired) }
  }
  const { problem } = ended.stdout === "" ? { problem: null } : judgeTable(ground.target, one.table, one, ground.seed)
  return { end: "refused", loss: problem }
}

const overNights = async (one: FaultCase, ground: FaultGround, first: Ended): Promise<Omit<FaultResult, "fired">> => {
  await ground.server.clear()
  return {
    end: first.code === 0 ? "complete" : first.code === 80 ? "partial" : "resumed",
    loss: await nightsProblem(one, scenarioOf(one, ground), ground, first),
  }
}

const judged = async (
  one: FaultCase,
  ground: FaultGround,
  first: Ended,
  fired: number,
): Promise<Omit<FaultResult, "fired">> => {
  if (one.output === "nights") return overNights(one, ground, first)
  return one.output === "stdout" ? toStdout(one, ground, first, fired) : toDisk(one, ground, first, fired)
}

/** Runs one case. */
export const faultRun = async (one: FaultCase, ground: FaultGround): Promise<FaultResult> => {
  lay(scenarioOf(one, ground), ground.target)
  await ground.server.clear()
  await ground.server.faults({ [one.fault]: one.value })
  const before = (await ground.server.fired())[one.fault] ?? 0
  const first = await attempt(one, ground, ["--max-duration", `${Math.ceil(ground.maxMillis / 1000)}s`])
  const fired = ((await ground.server.fired())[one.fault] ?? 0) - before
  const loss = behaviour(first)
  if (loss !== null) return { end: "refused", fired, loss }
  return { ...(await judged(one, ground, first, fired)), fired }
}
