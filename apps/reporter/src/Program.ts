/** The commands of `mixpeek-alerts-reporter`, and how each ends. */
import { ExitCode, fromEnvironment, Mixpeek, type MixpeekConfig } from "@mixpeek-alerts/client"
import type { Scope } from "effect"
import { Effect } from "effect"
import { Argument, Command } from "effect/cli"
import { exportFlags, type ExportFlags } from "./Flags.ts"
import { exportToDisk } from "./Export.ts"
import { stderr } from "./Console.ts"
import { sharedLimit } from "./Limiter.ts"
import { mergeCommand } from "./MergeCommand.ts"
import { exitCodeOf as publishedCode } from "./Outcome.ts"
import { parseRate, readOptions } from "./ReadOptions.ts"
import { plan } from "./Plan.ts"
import { printable } from "./Printable.ts"
import { planText } from "./PlanText.ts"
import * as Progress from "./Progress.ts"
import type { ProgramError, ReporterError } from "./ReporterError.ts"
import { reportCommand } from "./ReportCommand.ts"
import { retryOptions, retryState } from "./Retry.ts"
import { listen } from "./Signals.ts"
import { exportToStdout } from "./StdoutExport.ts"
import { planState } from "./PlanState.ts"
import { stateCommand } from "./StateCommands.ts"
import { summary } from "./Summary.ts"
import { verify } from "./Verify.ts"
import { version } from "./version.ts"
import { type Watch, watched } from "./observe/Watch.ts"
import type { ExportOptions } from "./ExportOptions.ts"

const format = (flags: ExportFlags): "pretty" | "json" => (flags.logFormat === "json" ? "json" : "pretty")

const progressMode = (flags: ExportFlags): "line" | "log" | "none" => {
  if (flags.quiet || flags.progress === "never") return "none"
  if (flags.logFormat === "json") return "log"
  return process.stderr.isTTY || flags.progress === "always" ? "line" : "log"
}

const expected = (options: ExportOptions): number | null =>
  options.source._tag === "Ids" ? options.source.list.ids.length : null

/** The client as the flags want it. */
const configOf = Effect.fnUntraced(function* (flags: ExportFlags) {
  return yield* fromEnvironment({
    rate: yield* Effect.fromResult(parseRate(flags.rate)),
    rateShare: flags.rateShare,
    concurrency: flags.concurrency,
    userAgent: `mixpeek-alerts-reporter/${version}`,
  })
})

/** Runs an effect with the client, and with the limiter that it shares, if it does. */
const withClient = <A>(
  flags: ExportFlags,
  config: MixpeekConfig,
  effect: Effect.Effect<A, ProgramError, Mixpeek | Scope.Scope>,
): Effect.Effect<A, ProgramError> =>
  Effect.scoped(
    Effect.flatMap(sharedLimit(flags.limiter, config), (limit) =>
      Effect.provide(effect, Mixpeek.layer({ ...config, sharedLimit: limit })),
    ),
  )

const runExport = Effect.fnUntraced(function* (
  flags: ExportFlags,
  adjust: (options: ExportOptions) => Effect.Effect<ExportOptions, ReporterError>,
  watch: Watch,
) {
  const config = yield* configOf(flags)
  const options = yield* adjust(yield* readOptions(flags, `${config.baseUrl.href} ${config.namespace ?? ""}`))
  const published = yield* withClient(
    flags,
    config,
    Effect.gen(function* () {
      const stop = yield* listen(options.maxDurationMillis)
      const mixpeek = yield* Mixpeek
      watch.budget(mixpeek.budget)
      const progress = watch.progress(
        yield* Progress.make(
          {
            mode: progressMode(flags),
            format: format(flags),
            quiet: flags.quiet,
            expected: expected(options),
            write: stderr,
          },
          mixpeek.budget,
        ),
      )
      const done = yield* options.target._tag === "Stdout"
        ? exportToStdout(options, stop, progress)
        : exportToDisk(options, stop, progress, version)
      const { limited, spent } = yield* mixpeek.budget.state
      if (flags.verbose) progress.note(`${spent} requests, ${limited} of them over the rate limit.`)
      return done
    }),
  )
  if (!flags.quiet) stderr(printable(summary(published, format(flags))))
  return published
})

const watchedExport = (
  flags: ExportFlags,
  adjust: (options: ExportOptions) => Effect.Effect<ExportOptions, ReporterError>,
) =>
  Effect.map(
    watched(flags, (watch) => runExport(flags, adjust, watch)),
    (published) => publishedCode(published.verdict),
  )

const runPlan = Effect.fnUntraced(function* (flags: ExportFlags) {
  const config = yield* configOf(flags)
  const options = yield* readOptions(flags, `${config.baseUrl.href} ${config.namespace ?? ""}`)
  const text = yield* withClient(
    flags,
    config,
    Effect.gen(function* () {
      const chosen = yield* plan(options, true)
      return (
        planText(chosen, options, yield* (yield* Mixpeek).budget.state) + (yield* planState(options, chosen.strategy))
      )
    }),
  )
  process.stdout.write(printable(text))
  return ExitCode.ok
})

/** The commands; each handler hands what it does to `end`: an exit code, or an error. */
export const commands = (end: (effect: Effect.Effect<number, ProgramError>) => Effect.Effect<void>) => {
  const exportCommand = Command.make("export", exportFlags, (flags) => end(watchedExport(flags, Effect.succeed))).pipe(
    Command.withDescription("Export executions to CSV"),
    Command.withExamples([
      {
        command: "mixpeek-alerts-reporter export --all --out exports/today",
        description: "Every execution, as a run directory",
      },
      {
        command: "mixpeek-alerts-reporter export --ids ids.txt -o executions.csv",
        description: "Some executions, as one file",
      },
      {
        command: "mixpeek-alerts-reporter export --alert brand-logo --since 7d --triggered -o -",
        description: "To standard output",
      },
    ]),
  )
  const planCommand = Command.make("plan", exportFlags, (flags) => end(runPlan(flags))).pipe(
    Command.withDescription("Say what an export would do and cost; write nothing"),
  )
  const directory = Argument.String("dir").pipe(Argument.withDescription("The directory of a finished run"))
  const verifyCommand = Command.make("verify", { directory }, (flags) => end(verify(flags.directory))).pipe(
    Command.withDescription("Read a run's files again and check hashes, rows, keys and the verdict"),
  )
  const retryCommand = Command.make("retry", { directory, ...exportFlags }, ({ directory: failed, ...flags }) =>
    end(
      Effect.flatMap(retryOptions(failed, flags), (next) =>
        watchedExport(next, (options) => retryState(failed, { ...options, completes: failed })),
      ),
    ),
  ).pipe(Command.withDescription("Export what an earlier run lists in retry.txt, as a run that completes it"))
  return Command.make("mixpeek-alerts-reporter").pipe(
    Command.withDescription("Exports Mixpeek alert executions to CSV."),
    Command.withSubcommands([
      exportCommand,
      planCommand,
      verifyCommand,
      retryCommand,
      mergeCommand(end),
      reportCommand(end),
      stateCommand(end),
    ]),
  )
}
