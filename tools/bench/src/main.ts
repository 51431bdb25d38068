/** `npm run bench`: see the README beside this folder. */
import { parseArgs } from "node:util"
import { byId, byIdFar, type Finding, limited, pages } from "./ExportBench.ts"
import { memory } from "./MemoryBench.ts"
import { screen } from "./ScreenBench.ts"
import { start } from "./StartBench.ts"
import { met, verdictLine } from "./Verdict.ts"

const usage = `Usage: npm run bench -- [--quick] [--only NAME]... [--rounds N] [--executions N] [--strict]

  --quick         smaller work, under three minutes in all
  --only NAME     one of: by-id, by-id-far, pages, limited, memory, start, screen
  --rounds N      rounds in which the subjects take turns
  --executions N  how many executions are exported
  --strict        exit with 1 when a limit is missed
`

const { values } = parseArgs({
  options: {
    quick: { type: "boolean", default: false },
    only: { type: "string", multiple: true },
    rounds: { type: "string" },
    executions: { type: "string" },
    strict: { type: "boolean", default: false },
    help: { type: "boolean", short: "h" },
  },
})

const quick = values.quick
const size = (executions: number, quickExecutions: number, rounds: number, quickRounds: number) => ({
  executions: Number(values.executions ?? (quick ? quickExecutions : executions)),
  rounds: Number(values.rounds ?? (quick ? quickRounds : rounds)),
})

const benches: Readonly<Record<string, () => Promise<Finding>>> = {
  "by-id": () => byId(size(20_000, 4000, 5, 3)),
  "by-id-far": () => byIdFar(size(20_000, 4000, 3, 1)),
  pages: () => pages(size(1_000_000, 20_000, 3, 2)),
  limited: () => limited(size(12_100, 6100, 1, 1)),
  memory: () => memory(quick ? [10_000, 100_000] : [10_000, 100_000, 1_000_000], quick ? 1 : 3),
  start: () => start(Number(values.rounds ?? (quick ? 3 : 10))),
  screen: () => screen(quick ? 2000 : 10_000),
}

const chosen = values.only ?? Object.keys(benches)
const unknown = chosen.find((name) => !(name in benches))
if (values.help === true || unknown !== undefined) {
  if (unknown !== undefined) process.stderr.write(`There is no bench ${unknown}.\n`)
  process.stdout.write(usage)
  process.exit(unknown === undefined ? 0 : 64)
}

let missed = 0
for (const name of chosen) {
  const { table, title, verdicts } = await (benches[name] as () => Promise<Finding>)()
  process.stdout.write(`\n${title}\n${table}${verdicts.map((one) => `${verdictLine(one)}\n`).join("")}`)
  missed += verdicts.filter((one) => !met(one)).length
}
process.stdout.write(`\n${missed === 0 ? "every limit is met" : `${missed} limits are missed`}\n`)
process.exitCode = values.strict && missed > 0 ? 1 : 0
