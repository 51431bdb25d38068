/** The commands that tell what is going on: numbers, what arrives, what alerts there are. */
import { Option } from "effect"
import { Argument, Flag } from "effect/cli"
import { count, span, text, toggle } from "../../FlagKind.ts"
import * as Flags from "../../Flags.ts"
import { define, type Finish } from "./Define.ts"

const defaultLimit = 1000

const statsCommand = (finish: Finish) =>
  define(
    "stats",
    {
      alert: Flags.alert,
      filter: Flags.filter,
      limit: count("limit", "The most executions to count", 1_000_000_000).pipe(Flag.withAlias("n"), Flag.optional),
      all: toggle("all", `Count all of them; without --limit or --all, ${defaultLimit}`),
      ...Flags.common,
    },
    {
      description: "Print how often alerts triggered, how long they took, how high they scored",
      examples: [
        ["stats", "of the newest"],
        ["stats --alert brand-logo --since 7d --all", "of a week"],
        ["stats --json --pick triggered_rate", "one number"],
      ],
    },
    finish,
    async (input) => {
      const { stats } = await import("../Asking.ts")
      return stats({
        invocation: Flags.invocationOf(input),
        alert: Option.getOrNull(input.alert),
        terms: Flags.termsOf(input.filter),
        limit: Option.getOrElse(input.limit, () => (input.all ? null : defaultLimit)),
        cursor: null,
      })
    },
  )

const watchCommand = (finish: Finish) =>
  define(
    "watch",
    {
      alert: Flags.alert,
      until: text("until", "CONDITION", "End with exit code 10 when one is so: triggered, score>=0.9, took>30s"),
      interval: span("interval", "How often to look; never more than half of the rate limit").pipe(
        Flag.withDefault(15_000),
      ),
      sinceId: text("since-id", "ID", "First print what is newer than this execution"),
      ...Flags.common,
      connection: {
        ...Flags.connection,
        timeout: span("timeout", "How long to watch: 30s, 10m; with --until, exit code 75 when it is over").pipe(
          Flag.optional,
        ),
      },
    },
    {
      description: "Print executions as they arrive",
      examples: [
        ["watch", "until ctrl-c"],
        ["watch --alert brand-logo --until triggered --timeout 10m", "exit code 10 when it triggers"],
        ["watch -o ndjson | jq --unbuffered -c .execution_id", "for another program"],
        ["watch --since-id exec_8f3c21 -o ndjson", "go on after an execution"],
      ],
    },
    finish,
    async (input) => {
      const { watch } = await import("../Asking.ts")
      return watch({
        invocation: { ...Flags.invocationOf(input), timeoutSeconds: null },
        alert: Option.getOrNull(input.alert),
        intervalMillis: input.interval,
        forMillis: Option.getOrNull(input.connection.timeout),
        until: Option.getOrNull(input.until),
        sinceId: Option.getOrNull(input.sinceId),
      })
    },
  )

const alertsCommand = (finish: Finish) =>
  define(
    "alerts",
    {
      search: Argument.String("name").pipe(Argument.withDescription("Part of a name"), Argument.optional),
      ...Flags.common,
    },
    {
      description: "Print what alerts there are",
      examples: [
        ["alerts", "all"],
        ["alerts logo -o ids", "the IDs of those with logo in their name"],
      ],
    },
    finish,
    async (input) => {
      const { alerts } = await import("../Asking.ts")
      return alerts({ invocation: Flags.invocationOf(input), search: Option.getOrElse(input.search, () => "") })
    },
  )

/** In the order in which help lists them. */
export const overviewCommands = { stats: statsCommand, watch: watchCommand, alerts: alertsCommand } as const
