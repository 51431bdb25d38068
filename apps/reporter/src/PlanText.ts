/** What `plan` prints. */
import type { BudgetState } from "@mixpeek-alerts/client"
import { join } from "node:path"
import type { ExportOptions } from "./ExportOptions.ts"
import { fileName } from "./FileName.ts"
import { manifestName } from "./Manifest.ts"
import type { Plan } from "./Plan.ts"
import { published } from "./UnitRows.ts"

const paths = (options: ExportOptions): ReadonlyArray<string> => {
  const { compression, target } = options
  if (target._tag === "Stdout") return [`standard output (${target.table})`]
  if (target._tag === "File") return [`${target.path} (${target.table})`]
  return [
    ...published.map((stream) => join(target.path, fileName(stream, compression))),
    join(target.path, manifestName),
  ]
}

/** Minutes for so many requests, when the server said how many a window it allows. */
const minutes = (requests: number | null, budget: BudgetState): number | null => {
  if (requests === null || budget.limit === null) return null
  return requests <= (budget.remaining ?? 0) ? 0 : requests / budget.limit
}

const fits = (took: number | null, limit: number | null): string => {
  if (limit === null) return ""
  if (took === null) return "  fits          unknown: the server does not say its limit\n"
  return `  fits          ${took * 60_000 <= limit ? "yes" : "no, it will stop and go on with the next run"}\n`
}

const plural = (count: number, one: string): string => `${count} ${one}${count === 1 ? "" : "s"}`

/** What falls to a shard, and what splitting the work costs. */
const shardLine = ({ shard, source }: ExportOptions, requests: number | null): string => {
  if (shard === null) return ""
  const all = requests === null ? "" : ` (${plural(requests * shard.count, "request")} together)`
  const what = {
    id: () => `the IDs are split, ${source._tag === "Ids" ? source.list.ids.length : 0} fall to this one`,
    alert: () => `the alerts are split, ${source._tag === "Alerts" ? source.alerts.length : 0} fall to this one`,
    execution: () => `a list cannot be split: each of the ${shard.count} reads all pages${all} and writes its part`,
  }[shard.by]()
  return `  shard         ${shard.index} of ${shard.count}: ${what}\n`
}

export const planText = (plan: Plan, options: ExportOptions, budget: BudgetState): string => {
  const took = minutes(plan.requests, budget)
  const time =
    took === null ? "unknown: the server does not say its limit" : took < 1 ? "under a minute" : `${Math.ceil(took)}`
  return (
    `  way           ${plan.strategy._tag === "ById" ? "by ID" : "by pages"}: ${plan.why}\n${shardLine(options, plan.requests)}` +
    `  requests      ${plan.requests ?? "unknown: the server gives no total"}\n` +
    `  rate limit    ${budget.limit === null ? "not announced" : `${budget.remaining} of ${budget.limit} left in this window`}\n` +
    `  minutes       ${time}\n${fits(took, options.maxDurationMillis)}` +
    paths(options)
      .map((path, index) => `  ${index === 0 ? "writes  " : "        "}      ${path}\n`)
      .join("")
  )
}
