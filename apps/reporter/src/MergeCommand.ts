/** The command line of `merge`. */
import { Effect, Option } from "effect"
import { Argument, Command, Flag } from "effect/cli"
import { stderr } from "./Console.ts"
import { merge } from "./Merge.ts"
import { exitCodeOf } from "./Outcome.ts"
import { type ReporterError, usage } from "./ReporterError.ts"
import { summary } from "./Summary.ts"
import { version } from "./version.ts"

const toggle = (name: string, description: string) =>
  Flag.Boolean(name).pipe(Flag.withDescription(description), Flag.withDefault(false))

const flags = {
  directories: Argument.String("dir").pipe(
    Argument.withDescription("The run directories of all shards, in any order"),
    Argument.variadic(),
  ),
  out: Flag.String("out").pipe(
    Flag.withMetavar("DIR"),
    Flag.withDescription("The run directory to make of them"),
    Flag.optional,
  ),
  latest: toggle("latest", "Point the link `latest` beside the run at it"),
  restart: toggle("restart", "Forget what is unfinished at --out"),
  failOnEmpty: toggle("fail-on-empty", "Exit with 82 if there is nothing in the shards"),
  logFormat: Flag.Literals("log-format", ["auto", "pretty", "json"]).pipe(
    Flag.withDescription("How messages on standard error look"),
    Flag.withDefault("auto" as const),
  ),
  quiet: toggle("quiet", "Say nothing but errors"),
}

/** `merge DIR… --out DIR`; `end` takes how it ended. */
export const mergeCommand = (end: (effect: Effect.Effect<number, ReporterError>) => Effect.Effect<void>) =>
  Command.make("merge", flags, ({ logFormat, out, quiet, ...given }) =>
    end(
      Effect.gen(function* () {
        if (Option.isNone(out)) return yield* usage("merge needs --out.", "Give a directory that does not exist yet.")
        const published = yield* Effect.scoped(merge({ ...given, out: out.value, toolVersion: version }))
        if (!quiet) stderr(summary(published, logFormat === "json" ? "json" : "pretty"))
        return exitCodeOf(published.verdict)
      }),
    ),
  ).pipe(
    Command.withDescription("Make one run of all shards of an export"),
    Command.withExamples([
      {
        command: "mixpeek-alerts-reporter merge shards/* --out exports/today",
        description: "Four shards, one package",
      },
    ]),
  )
