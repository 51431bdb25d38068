/** Whether the exporter's memory grows with what it exports. */
import type { Finding } from "./ExportBench.ts"
import { grid } from "./Grid.ts"
import { race, type Standing } from "./Race.ts"
import { startServer } from "./ServerProcess.ts"
import { ours } from "./Subject.ts"

const one = async (executions: number, rounds: number): Promise<Standing> => {
  using server = await startServer({ executions })
  const { standings } = await race([ours], { kind: "pages" }, server, rounds)
  return standings[0] as Standing
}

/** The peak at each size, in pages; the last two sizes are compared. */
export const memory = async (sizes: ReadonlyArray<number>, rounds: number): Promise<Finding> => {
  const standings: Array<Standing> = []
  for (const size of sizes) standings.push(await one(size, rounds))
  const [before, last] = standings.slice(-2).map((standing) => standing.mebibytes) as [number, number]
  return {
    title: `memory of the exporter in pages, ${rounds} rounds`,
    table: grid([
      ["executions", "peak MiB", "wall s", "CPU s"],
      ...standings.map(({ cpu, mebibytes, wall }, index) => [
        String(sizes[index]),
        mebibytes.toFixed(0),
        wall.toFixed(2),
        cpu.toFixed(2),
      ]),
    ]),
    verdicts: [
      { what: `peak at ${sizes.at(-1)} against ${sizes.at(-2)}`, value: last / before, atMost: 1.1, unit: "" },
      { what: `peak at ${sizes.at(-1)}`, value: last, atMost: 200, unit: " MiB" },
    ],
  }
}
