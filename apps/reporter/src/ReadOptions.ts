/** Makes checked options of the flags, and says which flags contradict each other. */
import type { Rate } from "@mixpeek-alerts/client"
import { parseSpan } from "@mixpeek-alerts/domain"
import { Clock, Effect, Option, Result } from "effect"
import { hash } from "node:crypto"
import { resolve } from "node:path"
import type { ExportOptions, FailureLimit, Target } from "./ExportOptions.ts"
import type { ExportFlags } from "./Flags.ts"
import { parseFlatten } from "./Flatten.ts"
import { filterAt } from "./ReadFilter.ts"
import { readPart } from "./ReadPart.ts"
import { readSource } from "./ReadSource.ts"
import { type ReporterError, usage } from "./ReporterError.ts"
import { readKeep } from "./Keep.ts"
import { readState } from "./StateScope.ts"
import { type Part, partOf, shardText, splitBy } from "./Shard.ts"

const target = Effect.fnUntraced(function* (
  flags: ExportFlags,
  now: number,
  part: Part | null,
): Effect.fn.Return<Target, ReporterError> {
  if (Option.isSome(flags.out) && Option.isSome(flags.output)) {
    return yield* usage(
      "--out and --output exclude each other.",
      "Give --out for a run directory, or --output for one table.",
    )
  }
  if (Option.isSome(flags.output)) {
    if (flags.report)
      return yield* usage("--report is for run directories.", "Give --out instead of --output, or leave out --report.")
    const path = flags.output.value
    if (path.trim() === "") return yield* usage("--output is empty.", "Give a file, or - for standard output.")
    if (path === "-" && flags.compress !== "none")
      return yield* usage(
        "--compress is for files, not for standard output.",
        "Pipe it through the compressor instead.",
      )
    if (path === "-") return { _tag: "Stdout", table: flags.table }
    return { _tag: "File", path: resolve(path), table: flags.table }
  }
  const stamp = new Date(now).toISOString().slice(0, 19).replaceAll(":", "-")
  const ending = part === null ? "" : `-shard-${part.index}-of-${part.count}`
  const path = Option.getOrElse(flags.out, () => `exports/${stamp}Z${ending}`)
  if (path.trim() === "") return yield* usage("--out is empty.", "Give a directory that does not exist yet.")
  return {
    _tag: "Directory",
    path: resolve(path),
    latest: flags.latest,
    chosen: Option.isSome(flags.out),
    report: flags.report,
  }
})

const failureLimit = (flags: ExportFlags): Result.Result<FailureLimit, ReporterError> => {
  if (flags.strict) return Result.succeed({ count: 0 })
  if (Option.isNone(flags.maxFailures)) return Result.succeed(null)
  const parts = /^(\d+(?:\.\d+)?)(%?)$/.exec(flags.maxFailures.value.trim())
  if (parts === null || (parts[2] === "" && parts[1]?.includes("."))) {
    return Result.fail(
      usage(`--max-failures ${flags.maxFailures.value} is neither a number nor a share.`, "Give it like 10 or 5%."),
    )
  }
  return Result.succeed(parts[2] === "%" ? { percent: Number(parts[1]) } : { count: Number(parts[1]) })
}

/** `600/min`, `600`, or `unlimited`; as the server allows when it is not given. */
export const parseRate = (flag: Option.Option<string>): Result.Result<Rate, ReporterError> => {
  if (Option.isNone(flag)) return Result.succeed("auto")
  if (flag.value === "unlimited" || flag.value === "auto") return Result.succeed(flag.value)
  const parts = /^(\d+(?:\.\d+)?)(?:\/min)?$/.exec(flag.value.trim())
  const perMinute = parts === null ? 0 : Number(parts[1])
  return perMinute > 0
    ? Result.succeed({ perMinute })
    : Result.fail(usage(`--rate ${flag.value} is not a rate.`, "Give requests a minute, like 60/min, or unlimited."))
}

const between = (name: string, value: number, low: number, high: number): Effect.Effect<void, ReporterError> =>
  value >= low && value <= high
    ? Effect.void
    : Effect.fail(usage(`--${name} ${value} is out of range.`, `Give a number from ${low} to ${high}.`))

/** Many IDs as a short text that stands for exactly these, in this order. */
const fingerprint = (ids: ReadonlyArray<string>): string =>
  `${ids.length} IDs, sha256 ${hash("sha256", ids.join("\n"))}`

const queryOf = (options: Omit<ExportOptions, "query" | "shard">, flags: ExportFlags, scope: string): string =>
  JSON.stringify({
    scope,
    source:
      options.source._tag === "Ids"
        ? fingerprint(options.source.list.ids)
        : options.source._tag === "Alerts"
          ? options.source.alerts
          : "all",
    filter: [flags.since, flags.until, flags.where].map((flag) => Option.getOrNull(flag)),
    minScore: Option.getOrNull(flags.minScore),
    only: [flags.triggered, flags.notTriggered, flags.collection],
    format: [
      options.compression,
      options.excel,
      options.flatten.map((column) => column.name),
      options.plan,
      options.pageSize,
    ],
    target: options.target._tag === "Directory" ? "run" : options.target.table,
    ...(options.state === null ? {} : { state: true }),
  })

/** Checks the flags. `scope` names the server and the namespace, which decide what is exported. */
export const readOptions = Effect.fnUntraced(function* (
  flags: ExportFlags,
  scope: string,
): Effect.fn.Return<ExportOptions, ReporterError> {
  const now = yield* Clock.currentTimeMillis
  yield* between("page-size", flags.pageSize, 1, 1000)
  yield* between("concurrency", flags.concurrency, 1, 1000)
  if (!(flags.rateShare > 0 && flags.rateShare <= 1))
    return yield* usage(`--rate-share ${flags.rateShare} is out of range.`, "Give a number above 0 and up to 1.")
  const duration = Option.map(flags.maxDuration, parseSpan)
  if (Option.isSome(duration) && Option.isNone(duration.value))
    return yield* usage("--max-duration is not a length of time.", "Write it like 30m or 2h.")
  const source = yield* readSource(flags)
  const part = yield* readPart(flags)
  const options = {
    target: yield* target(flags, now, part),
    filterAt: yield* filterAt(flags, now),
    maxFailures: yield* Effect.fromResult(failureLimit(flags)),
    flatten: Option.isNone(flags.flatten) ? [] : yield* Effect.fromResult(parseFlatten(flags.flatten.value)),
    compression: flags.compress,
    excel: flags.excel,
    plan: flags.plan,
    pageSize: flags.pageSize,
    concurrency: flags.concurrency,
    restart: flags.restart,
    failOnEmpty: flags.failOnEmpty,
    maxDurationMillis: Option.getOrNull(Option.flatten(duration)),
    completes: null,
    source,
    state: yield* readState(flags, source, scope),
    keep: yield* readKeep(flags),
  }
  const query = queryOf(options, flags, scope)
  if (part === null) return { ...options, query, shard: null }
  return {
    ...options,
    source: partOf(options.source, part),
    query: `${query} ${shardText(part)}`,
    shard: { ...part, by: splitBy(options.source), query },
  }
})
