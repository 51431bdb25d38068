/** The command line of `export` and `plan`: what each flag is called, and what it means. */
import { Config, type Option } from "effect"
import { Argument, Flag } from "effect/cli"

const text = (name: string, metavar: string, description: string) =>
  Flag.String(name).pipe(Flag.withMetavar(metavar), Flag.withDescription(description), Flag.optional)

const several = (name: string, metavar: string, description: string) =>
  Flag.String(name).pipe(Flag.withMetavar(metavar), Flag.withDescription(description), Flag.atLeast(0))

const toggle = (name: string, description: string) =>
  Flag.Boolean(name).pipe(Flag.withDescription(description), Flag.withDefault(false))

const whole = (name: string, description: string, fallback: number) =>
  Flag.Int(name).pipe(Flag.withDescription(description), Flag.withDefault(fallback))

/** Every flag of an export, as text or number; `ExportFlags` checks what they say together. */
export const exportFlags = {
  executionIds: Argument.String("execution-id").pipe(
    Argument.withDescription("Executions to export: IDs or URLs"),
    Argument.variadic(),
  ),
  ids: text("ids", "FILE|-", "A file of IDs, one a line, or JSON lines with execution_id; - reads standard input"),
  alert: several("alert", "ID|NAME", "Every execution of this alert; may be given more than once"),
  all: toggle("all", "Every execution of the namespace"),
  since: text("since", "TIME", "Only executions at or after this time: 24h, 7d, 2026-03-01, or ISO 8601"),
  until: text("until", "TIME", "Only executions before this time"),
  triggered: toggle("triggered", "Only executions that triggered"),
  notTriggered: toggle("not-triggered", "Only executions that did not trigger"),
  collection: several("collection", "ID", "Only executions against this collection"),
  minScore: Flag.Finite("min-score").pipe(
    Flag.withDescription("Only executions whose top score is at least this, 0 to 1"),
    Flag.optional,
  ),
  where: text("where", "FILTER", "Only executions that pass, as in 'triggered:yes score:>0.8 took:>500ms'"),
  out: text("out", "DIR", "The run directory; ./exports/<UTC time> by default"),
  latest: toggle("latest", "Point the link `latest` beside the run at it"),
  report: toggle("report", "Also write report.html into the run: a page with pictures"),
  output: Flag.String("output").pipe(
    Flag.withAlias("o"),
    Flag.withMetavar("FILE|-"),
    Flag.withDescription("Write one table to a file, or to standard output"),
    Flag.optional,
  ),
  table: Flag.Literals("table", ["executions", "matches", "source_documents"]).pipe(
    Flag.withDescription("The table for --output"),
    Flag.withDefault("executions" as const),
  ),
  compress: Flag.Literals("compress", ["none", "gzip", "zstd"]).pipe(
    Flag.withDescription("Compress the tables"),
    Flag.withDefault("none" as const),
  ),
  excel: toggle("excel", "For spreadsheets: a byte order mark, and no cell that starts a formula"),
  flatten: text("flatten", "PATHS", "Extra columns of matches.csv, as in metadata.camera.id,matched_features.label"),
  state: text("state", "FILE", "Export only what runs with this file did not export before; the first makes it"),
  fullWalk: toggle("full-walk", "With --state: read every page, also where nothing new is expected"),
  keep: text(
    "keep",
    "N|TIME",
    "After publishing, remove older runs of this query beside it: all but N, or older than 30d",
  ),
  restart: toggle("restart", "Forget an unfinished run instead of going on with it"),
  strict: toggle("strict", "Publish nothing if one execution fails"),
  maxFailures: text("max-failures", "N|P%", "Give up after so many failures"),
  failOnEmpty: toggle("fail-on-empty", "Exit with 82 if there is nothing to export"),
  maxDuration: text("max-duration", "TIME", "Stop after this long, to go on later: 30m, 2h"),
  plan: Flag.Literals("plan", ["auto", "by-id", "walk"]).pipe(
    Flag.withDescription("How to fetch IDs: one request each, or by walking the pages"),
    Flag.withDefault("auto" as const),
  ),
  shard: text(
    "shard",
    "I/N|auto",
    "Only the I-th of N parts of the export, for `merge`; auto takes it from a Kubernetes Indexed Job",
  ),
  pageSize: whole("page-size", "Executions in a page, 1 to 1000", 1000),
  concurrency: whole("concurrency", "Requests at once", 5),
  rate: text("rate", "N/min", "Requests a minute, or `unlimited`; what the server allows by default"),
  rateShare: Flag.Finite("rate-share").pipe(
    Flag.withDescription("The part of the rate limit to use, 0 to 1"),
    Flag.withDefault(1),
  ),
  limiter: text(
    "limiter",
    "URL",
    "Share the rate limit with other processes that use the key, through Redis: redis://host:6379; else MIXPEEK_LIMITER",
  ),
  progress: Flag.Literals("progress", ["auto", "always", "never"]).pipe(
    Flag.withDescription("Show how far the run is"),
    Flag.withDefault("auto" as const),
  ),
  logFormat: Flag.Literals("log-format", ["auto", "pretty", "json"]).pipe(
    Flag.withDescription("How messages on standard error look"),
    Flag.withDefault("auto" as const),
  ),
  metricsFile: text("metrics-file", "FILE.prom", "Write how the run went, for the textfile collector of Prometheus"),
  pingUrl: Flag.String("ping-url").pipe(
    Flag.withMetavar("URL"),
    Flag.withDescription("Tell a dead man's switch that the run began, succeeded or failed; or MIXPEEK_PING_URL"),
    Flag.withFallbackConfig(Config.String("MIXPEEK_PING_URL")),
    Flag.optional,
  ),
  quiet: toggle("quiet", "Say nothing but errors"),
  verbose: toggle("verbose", "Also say how many requests were made"),
}

/** What the flags parse to. */
export interface ExportFlags {
  readonly executionIds: ReadonlyArray<string>
  readonly ids: Option.Option<string>
  readonly alert: ReadonlyArray<string>
  readonly all: boolean
  readonly since: Option.Option<string>
  readonly until: Option.Option<string>
  readonly triggered: boolean
  readonly notTriggered: boolean
  readonly collection: ReadonlyArray<string>
  readonly minScore: Option.Option<number>
  readonly where: Option.Option<string>
  readonly out: Option.Option<string>
  readonly latest: boolean
  readonly report: boolean
  readonly output: Option.Option<string>
  readonly table: "executions" | "matches" | "source_documents"
  readonly compress: "none" | "gzip" | "zstd"
  readonly excel: boolean
  readonly flatten: Option.Option<string>
  readonly state: Option.Option<string>
  readonly fullWalk: boolean
  readonly keep: Option.Option<string>
  readonly restart: boolean
  readonly strict: boolean
  readonly maxFailures: Option.Option<string>
  readonly failOnEmpty: boolean
  readonly maxDuration: Option.Option<string>
  readonly plan: "auto" | "by-id" | "walk"
  readonly shard: Option.Option<string>
  readonly pageSize: number
  readonly concurrency: number
  readonly rate: Option.Option<string>
  readonly rateShare: number
  readonly limiter: Option.Option<string>
  readonly progress: "auto" | "always" | "never"
  readonly logFormat: "auto" | "pretty" | "json"
  readonly metricsFile: Option.Option<string>
  readonly pingUrl: Option.Option<string>
  readonly quiet: boolean
  readonly verbose: boolean
}
