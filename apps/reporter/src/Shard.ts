/**
 * One of several runs that export together what one would alone. Which of them an execution falls to is decided by its
 * fingerprint, by its ID before anything is fetched, or by its alert, and by nothing that changes from run to run
 * (docs/decisions/0013-shards.md).
 */
import type { Fingerprint } from "@mixpeek-alerts/domain"
import { fingerprint } from "@mixpeek-alerts/domain"
import { Result, Schema } from "effect"
import type { Source } from "./ExportOptions.ts"
import { fail, type ReporterError, usage } from "./ReporterError.ts"

/** Which shard of how many, from 1. */
export interface Part {
  readonly index: number
  readonly count: number
}

/** A shard, as its manifest names it. */
export const Shard = Schema.Struct({
  index: Schema.Int,
  count: Schema.Int,
  /** What is split: the IDs, the alerts, or, of a list that cannot be asked for in parts, the executions on its pages. */
  by: Schema.Literals(["id", "alert", "execution"]),
  /** The query of the whole, which all shards of it have in common. */
  query: Schema.String,
})
export type Shard = typeof Shard.Type

type Environment = Readonly<Record<string, string | undefined>>

/** A shard in words. */
export const shardText = ({ count, index }: Part): string => `shard ${index} of ${count}`

/** Whether what has this fingerprint falls to the shard. (The other bits of it decide a place in `Seen`.) */
export const owns = ({ count, index }: Part, { high }: Fingerprint): boolean => high % count === index - 1

const setting = (message: string): Result.Result<never, ReporterError> =>
  Result.fail(
    fail(
      "BadSetting",
      message,
      "Run it in a Kubernetes Indexed Job whose template sets JOB_COMPLETIONS to its completions, or give --shard like 2/4.",
    ),
  )

/** The shard of a pod: Kubernetes sets the index, which counts from 0; the job's template has to tell the count. */
const fromJob = (environment: Environment): Result.Result<Part, ReporterError> => {
  const read = (name: string): number | null =>
    /^\d{1,6}$/.test(environment[name] ?? "") ? Number(environment[name]) : null
  const index = read("JOB_COMPLETION_INDEX")
  const count = read("JOB_COMPLETIONS")
  if (index === null) return setting("--shard auto needs JOB_COMPLETION_INDEX, a number from 0.")
  if (count === null || count < 1) return setting("--shard auto needs JOB_COMPLETIONS, the number of shards.")
  if (index >= count) return setting(`JOB_COMPLETION_INDEX ${index} is not below JOB_COMPLETIONS ${count}.`)
  return Result.succeed({ index: index + 1, count })
}

/** Reads `2/4`, the second of four, or `auto`. */
export const parsePart = (text: string, environment: Environment): Result.Result<Part, ReporterError> => {
  if (text === "auto") return fromJob(environment)
  const parts = /^(\d{1,6})\/(\d{1,6})$/.exec(text.trim())
  const [index, count] = [Number(parts?.[1]), Number(parts?.[2])]
  return index >= 1 && index <= count
    ? Result.succeed({ index, count })
    : Result.fail(usage(`--shard ${text} is not a shard.`, "Give it like 1/4, the first of four, or auto."))
}

/** How a source is split: so that the shards make the fewest requests together. */
export const splitBy = (source: Source): Shard["by"] =>
  source._tag === "Ids" ? "id" : source._tag === "Alerts" && source.alerts.length > 1 ? "alert" : "execution"

/** What the shard has to fetch of a source; a list that cannot be asked for in parts stays whole. */
export const partOf = (source: Source, part: Part): Source => {
  if (source._tag === "Ids") {
    const ids = source.list.ids.filter((id) => owns(part, fingerprint(id)))
    return { _tag: "Ids", list: { ...source.list, ids } }
  }
  if (source._tag === "All" || splitBy(source) !== "alert") return source
  return { _tag: "Alerts", alerts: source.alerts.filter((_, at) => at % part.count === part.index - 1) }
}

/** Whether nothing of what was asked for falls to this shard. */
export const isIdle = (source: Source): boolean => source._tag === "Alerts" && source.alerts.length === 0
