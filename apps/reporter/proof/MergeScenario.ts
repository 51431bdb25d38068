/** A merge of shards that were made before. */
import { run, type Scratch } from "../test/Reporter.ts"
import type { Server } from "../test/Server.ts"
import type { Scenario } from "./Scenario.ts"

const count = 3

/** Exports everything that the server has in shards; gives the merge of them. */
export const mergeScenario = async (
  options: { readonly server: Pick<Server, "url">; readonly program: string },
  folder: Scratch,
): Promise<Scenario> => {
  const shards = Array.from({ length: count }, (_, at) => folder.in("shards", `${at + 1}`))
  const ended = await Promise.all(
    shards.map((out, at) =>
      run(["export", "--all", "--rate", "unlimited", "--shard", `${at + 1}/${count}`, "--out", out], options),
    ),
  )
  const failed = ended.find(({ code }) => code !== 0)
  if (failed !== undefined) throw new Error(`a shard ended with ${failed.code}: ${failed.stderr}`)
  return { name: "merge", single: false, command: "merge", args: shards }
}
