/** The command line of `report`. What draws is loaded only when something is to be drawn. */
import { ExitCode } from "@mixpeek-alerts/client"
import { Effect, Option } from "effect"
import { Argument, Command, Flag } from "effect/cli"
import type { ReporterError } from "./ReporterError.ts"

const flags = {
  directories: Argument.String("dir").pipe(
    Argument.withDescription("Directories of finished runs; with several, the trend over them"),
    Argument.variadic({ min: 1 }),
  ),
  out: Flag.String("out").pipe(
    Flag.withMetavar("FILE|-"),
    Flag.withDescription("Where to write the page; report.html in the run's directory by default"),
    Flag.optional,
  ),
  title: Flag.String("title").pipe(
    Flag.withDescription("What the page is called"),
    Flag.withDefault("Mixpeek alert executions"),
  ),
}

const load = Effect.promise(() => import("./report/Report.ts"))

/** Writes the page about a run into its directory, published or about to be. */
export const reportInto = (directory: string): Effect.Effect<void, ReporterError> =>
  Effect.flatMap(load, (module) => module.reportInto(directory))

/** `report`; says on standard output where the page is. */
export const reportCommand = (end: (effect: Effect.Effect<number, ReporterError>) => Effect.Effect<void>) =>
  Command.make("report", flags, ({ directories, out, title }) =>
    end(
      Effect.gen(function* () {
        const { report } = yield* load
        const { path, text } = yield* report({ directories, out: Option.getOrNull(out), title })
        process.stdout.write(path === null ? text : `${path}\n`)
        return ExitCode.ok
      }),
    ),
  ).pipe(
    Command.withDescription("Write a page with pictures about a run, or about several"),
    Command.withExamples([
      { command: "mixpeek-alerts-reporter report exports/today", description: "Into exports/today/report.html" },
      {
        command: "mixpeek-alerts-reporter report exports/* --out trend.html",
        description: "The trend over all runs",
      },
    ]),
  )
