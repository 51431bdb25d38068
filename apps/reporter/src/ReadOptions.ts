/** Makes checked options of the flags, and says which flags contradict each other. */
import type { Rate } from "@mixpeek-alerts/client"
import { type ExecutionFilter, parseFilter, parseMoment, parseSpan } from "@mixpeek-alerts/domain"
import { Clock, Effect, Option, Result } from "effect"
import { readFile } from "node:fs/promises"
import { resolve } from "node:path"
import { text as readStream } from "node:stream/consumers"
import type { ExportOptions, FailureLimit, Source, Target } from "./ExportOptions.ts"
import type { ExportFlags } from "./Flags.ts"
import { parseFlatten } from "./Flatten.ts"
import { fromArguments, fromText } from "./IdList.ts"
import { fail, ReporterError } from "./ReporterError.ts"

const usage = (message: string, hint: string): ReporterError => fail("Usage", message, hint)

const readIds = (path: string): Effect.Effect<string, ReporterError> =>
  Effect.tryPromise({
    try: () => (path === "-" ? readStream(process.stdin) : readFile(path, "utf8")),
    catch: (error) =>
      fail(
        "BadIdFile",
        `The ID file ${path} cannot be read (${(error as NodeJS.ErrnoException).code ?? "unknown error"}).`,
        "Check the path; - reads standard input.",
      ),
  })

const source = Effect.fnUntraced(function* (flags: ExportFlags): Effect.fn.Return<Source, ReporterError> {
  const given = [flags.executionIds.length > 0, Option.isSome(flags.ids), flags.alert.length > 0, flags.all].filter(
    Boolean,
  )
  if (given.length === 0)
    return yield* usage("It is not said what to export.", "Give execution IDs, --ids FILE, --alert NAME, or --all.")
  if (given.length > 1)
    return yield* usage("More than one source was given.", "Give only one of: execution IDs, --ids, --alert, --all.")
  if (flags.all) return { _tag: "All" }
  if (flags.alert.length > 0) {
    const bad = flags.alert.find((alert) => alert.trim() === "" || alert.length > 200 || /[\p{Cc}]/u.test(alert))
    if (bad !== undefined)
      return yield* usage(
        "An alert's name is empty, too long, or holds a control character.",
        "Give an alert ID (alt_…) or its name.",
      )
    return { _tag: "Alerts", alerts: Array.from(new Set(flags.alert)) }
  }
  if (Option.isNone(flags.ids))
    return { _tag: "Ids", list: yield* Effect.fromResult(fromArguments(flags.executionIds)) }
  const path = flags.ids.value
  return {
    _tag: "Ids",
    list: yield* Effect.fromResult(fromText(yield* readIds(path), path === "-" ? "standard input" : path)),
  }
})

/** The filter flags as one text of the filter language. */
const filterText = Effect.fnUntraced(function* (
  flags: ExportFlags,
  now: number,
): Effect.fn.Return<string, ReporterError> {
  if (flags.triggered && flags.notTriggered)
    return yield* usage("--triggered and --not-triggered exclude each other.", "Give one of them.")
  const terms: Array<string> = []
  for (const [name, value] of [
    ["since", flags.since],
    ["until", flags.until],
  ] as const) {
    if (Option.isNone(value)) continue
    if (Option.isNone(parseMoment(value.value, now)))
      return yield* usage(
        `--${name} ${value.value} is not a time.`,
        "Write it like 24h, 7d, 2026-03-01 or 2026-03-01T09:30:00Z.",
      )
    terms.push(`${name}:${value.value}`)
  }
  if (flags.triggered) terms.push("triggered:yes")
  if (flags.notTriggered) terms.push("triggered:no")
  if (Option.isSome(flags.minScore)) {
    const { value } = flags.minScore
    if (value < 0 || value > 1)
      return yield* usage(`--min-score ${value} is not a score.`, "Give a number from 0 to 1.")
    terms.push(`score:>=${value}`)
  }
  if (Option.isSome(flags.where)) terms.push(flags.where.value)
  return terms.join(" ")
})

const compile = (
  text: string,
  collections: ReadonlySet<string>,
  now: number,
): Result.Result<ExecutionFilter, ReporterError> =>
  Result.map(
    Result.mapError(parseFilter(text, now), (problem) => usage(problem.message, problem.hint)),
    (base): ExecutionFilter =>
      collections.size === 0
        ? base
        : {
            ...base,
            terms: base.terms + 1,
            test: (record) => collections.has(record.execution.collectionId) && base.test(record),
          },
  )

/** The filter as of any moment: a resumed run counts `24h` from when it began. */
const filterAt = Effect.fnUntraced(function* (
  flags: ExportFlags,
  now: number,
): Effect.fn.Return<(nowMillis: number) => ExecutionFilter, ReporterError> {
  const text = yield* filterText(flags, now)
  const collections = new Set(flags.collection)
  yield* Effect.fromResult(compile(text, collections, now))
  return (moment) => Result.getOrThrow(compile(text, collections, moment))
})

const target = Effect.fnUntraced(function* (flags: ExportFlags, now: number): Effect.fn.Return<Target, ReporterError> {
  if (Option.isSome(flags.out) && Option.isSome(flags.output)) {
    return yield* usage(
      "--out and --output exclude each other.",
      "Give --out for a run directory, or --output for one table.",
    )
  }
  if (Option.isSome(flags.output)) {
    const path = flags.output.value
    if (path.trim() === "") return yield* usage("--output is empty.", "Give a file, or - for standard output.")
    if (path === "-") return { _tag: "Stdout", table: flags.table }
    return { _tag: "File", path: resolve(path), table: flags.table }
  }
  const stamp = new Date(now).toISOString().slice(0, 19).replaceAll(":", "-")
  const path = Option.getOrElse(flags.out, () => `exports/${stamp}Z`)
  if (path.trim() === "") return yield* usage("--out is empty.", "Give a directory that does not exist yet.")
  return { _tag: "Directory", path: resolve(path), latest: flags.latest, chosen: Option.isSome(flags.out) }
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

const queryOf = (options: Omit<ExportOptions, "query">, flags: ExportFlags, scope: string): string =>
  JSON.stringify({
    scope,
    source:
      options.source._tag === "Ids"
        ? options.source.list.ids
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
  const options = {
    target: yield* target(flags, now),
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
    source: yield* source(flags),
  }
  return { ...options, query: queryOf(options, flags, scope) }
})
