/** Every command in every format, into a pipe and on a terminal, against one sandbox: what it prints is in `golden`. */
import { make } from "@mixpeek-alerts/domain/Sample"
import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { join } from "node:path"
import { formats } from "../src/output/Format.ts"
import { type Ended, runProgram } from "./Program.ts"
import { runOnTerminals } from "./Pty.ts"
import { type Sandbox, startSandbox } from "./Sandbox.ts"

const executions = 60
const sample = make(7)
const indexes = Array.from({ length: executions }, (_, index) => executions - 1 - index)

/** An execution with a few matches, one before it of the same alert, and one that came without its matches. */
const withMatches = (few: number): ReadonlyArray<string> =>
  indexes
    .filter((index) => sample.hasId(index))
    .filter((index) => {
      const { match_count, matches } = JSON.parse(sample.json(index)) as { match_count: number; matches?: unknown }
      return match_count > 0 && match_count <= few && Array.isArray(matches)
    })
    .map((index) => sample.executionId(index))

const [one = "", other = ""] = withMatches(4)
const third = sample.executionId(executions - 3)

interface Case {
  readonly name: string
  readonly args: ReadonlyArray<string>
}

/** The commands whose output has all formats. */
const listed: ReadonlyArray<Case> = [
  { name: "get", args: ["get", one] },
  { name: "list", args: ["list", "-n", "3"] },
  { name: "latest", args: ["latest"] },
  { name: "matches", args: ["matches", one] },
  { name: "stats", args: ["stats", "--alert", "brand-logo"] },
  { name: "compare", args: ["compare", other, one] },
  { name: "watch", args: ["watch", "--since-id", third, "--max-requests", "1"] },
  { name: "alerts", args: ["alerts", "o"] },
  { name: "doctor", args: ["doctor"] },
  { name: "config", args: ["config"] },
]

/** The commands that print in one way only, with and without a terminal. */
const single: ReadonlyArray<Case> = [
  { name: "get-unasked", args: ["get", one] },
  { name: "get-several", args: ["get", one, other, "--json", "--fields", "execution_id,top_score"] },
  { name: "list-unasked", args: ["list", "-n", "3"] },
  {
    name: "list-fields",
    args: ["list", "-n", "3", "-o", "table", "--fields", "alert_id,source_documents,.trace.span"],
  },
  { name: "matches-several", args: ["matches", one, other, "-o", "table"] },
  { name: "pick", args: ["get", one, "--pick", "matches[].document_id"] },
  { name: "pick-json", args: ["get", one, "--pick", "matches[].score", "--json"] },
  { name: "utc", args: ["list", "-n", "2", "--utc", "--no-color", "--ascii"] },
  { name: "no-header", args: ["list", "-n", "2", "--no-header"] },
  { name: "config-path", args: ["config", "path"] },
  { name: "open", args: ["open", "not/an/id"] },
]

interface Run extends Case {
  readonly side: "pipe" | "terminal"
}

const runsOf = ({ args, name }: Case): ReadonlyArray<Run> =>
  (["pipe", "terminal"] as const).map((side) => ({ name, args, side }))

const runs: ReadonlyArray<Run> = [
  ...listed.flatMap(({ args, name }) => formats.flatMap((format) => runsOf({ name, args: [...args, "-o", format] }))),
  ...single.flatMap(runsOf),
]

/** Without what differs from run to run: the port, the home, how long something took and how long ago it was. */
const steady = (text: string, url: string): string =>
  text
    .replaceAll(url, "http://127.0.0.1:00000")
    .replaceAll(/[^\s"]*\/mixpeek-alerts-home-\w+/g, "/home")
    .replaceAll(/in \d+ ms/g, "in N ms")
    .replaceAll(/(?:\d+[smhdy] ago|future|\bnow\b) */g, "AGO       ")
    .replaceAll(/[01] s (?:behind|ahead of) the server/g, "agrees with the server's")
    .replaceAll("\u001b", "␛")

const section = ({ args, side }: Run, { code, stderr, stdout }: Ended): string =>
  [
    `=== mixpeek-alerts ${args.join(" ")} | ${side}, exit code ${code}`,
    stdout.replaceAll("\r", "␍"),
    ...(stderr === "" ? [] : ["--- stderr", stderr]),
  ].join("\n")

/** Runs them a few at a time. */
const runPiped = async (piped: ReadonlyArray<Run>, env: Record<string, string>): Promise<ReadonlyArray<Ended>> => {
  const ended: Array<Ended> = []
  let next = 0
  const worker = async (): Promise<void> => {
    while (next < piped.length) {
      const at = next++
      ended[at] = await runProgram((piped[at] as Run).args, env)
    }
  }
  await Promise.all([worker(), worker(), worker()])
  return ended
}

let sandbox: Sandbox
const results = new Map<Run, Ended>()

beforeAll(async () => {
  sandbox = await startSandbox("--executions", String(executions))
  const env = { ...sandbox.env, MIXPEEK_ALERTS_PAGER: "" }
  const sides = (["pipe", "terminal"] as const).map((side) => runs.filter((run) => run.side === side))
  const [piped = [], terminal = []] = sides
  const [fromPipes, fromTerminals] = await Promise.all([
    runPiped(piped, env),
    runOnTerminals(terminal.map(({ args }) => ({ args, env }))),
  ])
  piped.forEach((run, at) => results.set(run, fromPipes[at] as Ended))
  terminal.forEach((run, at) => results.set(run, fromTerminals[at] as Ended))
}, 120_000)

afterAll(() => sandbox[Symbol.asyncDispose]())

describe("every command in every format, in a pipe and on a terminal", () => {
  for (const { name } of [...listed, ...single]) {
    it(`${name} prints what is in its golden file`, async () => {
      const sections = runs
        .filter((run) => run.name === name)
        .map((run) => section(run, results.get(run) as Ended))
        .join("\n")
      const file = join(import.meta.dirname, "golden", `${name}.txt`)
      await expect(steady(sections, sandbox.url)).toMatchFileSnapshot(file)
    })
  }

  it("uses colours only on a terminal", () => {
    for (const [run, { stdout }] of results) {
      if (run.side === "pipe") expect(stdout, run.args.join(" ")).not.toContain("\u001b")
    }
    const table = [...results].find(([{ name, side }]) => name === "list" && side === "terminal")
    expect(table?.[1].stdout).toContain("\u001b[")
  })
})
