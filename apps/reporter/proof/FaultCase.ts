/** One export against one fault: what is asked for, where it goes, and how often the fault plays. */
import { make } from "@mixpeek-alerts/domain/Sample"
import type { FaultParameters } from "../test/Server.ts"

export const sources = ["ids", "all", "alert"] as const
/** `nights` is a run directory with a state, and the nights after it. */
export const outputs = ["run", "nights", "file", "stdout"] as const
export const tableNames = ["executions", "matches", "source_documents"] as const

export type SourceName = (typeof sources)[number]
export type OutputName = (typeof outputs)[number]
export type TableName = (typeof tableNames)[number]

export interface FaultCase {
  readonly fault: string
  readonly value: Readonly<Record<string, number | string>>
  readonly source: SourceName
  readonly output: OutputName
  /** What `-o` writes. */
  readonly table: TableName
  readonly args: ReadonlyArray<string>
  /** The executions that are due, in the order of their rows. */
  readonly indexes: ReadonlyArray<number>
  /** IDs that are asked for and do not exist. */
  readonly absent: ReadonlyArray<string>
}

/** How many executions the servers have, and what they are made from. */
export interface World {
  readonly executions: number
  readonly seed: number
  /** How many of them a state knows from the night before, when everything is exported. */
  readonly known?: number
}

type Roll = () => number

const pick = <A>(roll: Roll, from: ReadonlyArray<A>): A => from[Math.floor(roll() * from.length)] as A

/** Values that are worth trying, where the default would take long or try little. */
const worth: Readonly<Record<string, Readonly<Record<string, ReadonlyArray<number>>>>> = {
  latency: { ms: [20, 60] },
  "clock-skew": { seconds: [-7200, 3600, 604_800] },
  "429": { seconds: [1] },
  "503": { seconds: [0, 1] },
  "expired-cursor": { age: [0, 1] },
  "empty-page": { times: [1, 3] },
  "duplicate-records": { count: [1, 7] },
  "huge-metadata": { megabytes: [0.01, 1] },
  "wrong-total": { by: [7, -7] },
  "gzip-bomb": { megabytes: [10, 10, 300] },
  "stall-headers": { ms: [0, 200] },
  "stall-body": { ms: [0, 200] },
  "wrong-length": { by: [-10, 10] },
  "slow-drip": { ms: [2] },
}

const parameterOf = (roll: Roll, fault: string, name: string, known: FaultParameters[string]): number | string =>
  typeof known === "object" ? pick(roll, known) : pick(roll, worth[fault]?.[name] ?? [known])

const settingOf = (roll: Roll, fault: string, parameters: FaultParameters): FaultCase["value"] => ({
  ...(roll() < 0.3 ? { next: 1 + Math.floor(roll() * 3) } : { rate: pick(roll, [0.1, 0.3, 0.6, 1]) }),
  ...(roll() < 0.25 ? { after: 1 + Math.floor(roll() * 3) } : {}),
  ...Object.fromEntries(
    Object.entries(parameters)
      .filter(([, known]) => known !== "")
      .map(([name, known]) => [name, parameterOf(roll, fault, name, known)]),
  ),
})

const dueOf = (roll: Roll, source: SourceName, { executions, known = 0, seed }: World) => {
  const sample = make(seed)
  const newestFirst = Array.from({ length: executions }, (_, position) => executions - 1 - position)
  const alert = (index: number): string => (JSON.parse(sample.json(index)) as { alert_id: string }).alert_id
  if (source === "all") return { indexes: newestFirst.filter((index) => index >= known), absent: [], args: ["--all"] }
  if (source === "alert") {
    const wanted = alert(pick(roll, newestFirst))
    return { indexes: newestFirst.filter((index) => alert(index) === wanted), absent: [], args: ["--alert", wanted] }
  }
  const indexes = newestFirst.filter((index) => sample.hasId(index) && roll() < 0.2)
  const absent = roll() < 0.3 || indexes.length === 0 ? ["exec_absent"] : []
  const ids = [...indexes.map((index) => sample.executionId(index)), ...absent]
  return { indexes, absent, args: [...ids, "--plan", pick(roll, ["by-id", "walk"])] }
}

/** Several pages, with a state too, which lets a walk end at a page after a hundred that are known. */
export const pageSizeOf = ({ known = 0 }: World): number => (known === 0 ? 10 : 50)

/** A case at random for a fault, a source and an output. */
export const faultCase = (
  roll: Roll,
  world: World,
  fault: string,
  parameters: FaultParameters,
  source: SourceName,
  output: OutputName,
): FaultCase => {
  const due = dueOf(roll, source, world)
  return {
    fault,
    value: settingOf(roll, fault, parameters),
    source,
    output,
    table: pick(roll, tableNames),
    ...due,
    args: [...due.args, "--page-size", String(pageSizeOf(world))],
  }
}
