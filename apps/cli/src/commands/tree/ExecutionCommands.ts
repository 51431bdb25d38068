/** The commands that print executions. */
import { Option } from "effect"
import { Flag } from "effect/cli"
import { count, text, toggle } from "../../FlagKind.ts"
import * as Flags from "../../Flags.ts"
import { orders } from "../Order.ts"
import { define, type Finish } from "./Define.ts"

const defaultLimit = 30

const getCommand = (finish: Finish) =>
  define(
    "get",
    { ids: Flags.executions, failOn: Flags.failOn, ...Flags.common },
    {
      description: "Print executions",
      examples: [
        ["get exec_8f3c21", "for people"],
        ["get exec_8f3c21 --json | jq .matches[0]", "as the server sent it"],
        ["get exec_8f3c21 --pick matches[].document_id", "the matched documents"],
        ["list --triggered -o ids | mixpeek-alerts get - -o csv > some.csv", "those of a list"],
      ],
    },
    finish,
    async (input) => {
      const { get } = await import("../Asking.ts")
      return get({ invocation: Flags.invocationOf(input), ids: input.ids, failOn: Option.getOrNull(input.failOn) })
    },
  )

const listCommand = (finish: Finish) =>
  define(
    "list",
    {
      alert: Flags.alert,
      filter: Flags.filter,
      limit: Flags.limit,
      all: toggle("all", `All of them; without --limit or --all, ${defaultLimit}`),
      cursor: text("cursor", "CURSOR", "Go on where an earlier list stopped"),
      sort: Flag.Literals("sort", orders).pipe(
        Flag.withDescription("Put what was found in order, the highest or latest first"),
        Flag.optional,
      ),
      reverse: toggle("reverse", "With --sort, the lowest or earliest first"),
      failOn: Flags.failOn,
      ...Flags.common,
    },
    {
      description: "Print the executions of a namespace or an alert",
      examples: [
        ["list", "the newest"],
        ["list --alert brand-logo --triggered --since 24h", "some of them"],
        ["list --all --where 'score:>0.9 !weapon' -o csv > high.csv", "for a spreadsheet"],
        ["list --all -o ndjson | jq -c 'select(.duration_ms > 30000)'", "one JSON object a line"],
        ["list --since 1h --fail-on triggered --all -o ids", "exit code 10 if one triggered"],
      ],
    },
    finish,
    async (input) => {
      const { list } = await import("../Asking.ts")
      return list({
        invocation: Flags.invocationOf(input),
        alert: Option.getOrNull(input.alert),
        terms: Flags.termsOf(input.filter),
        limit: Option.getOrElse(input.limit, () => (input.all ? null : defaultLimit)),
        cursor: Option.getOrNull(input.cursor),
        order: Option.getOrNull(input.sort),
        reverse: input.reverse,
        failOn: Option.getOrNull(input.failOn),
      })
    },
  )

const latestCommand = (finish: Finish) =>
  define(
    "latest",
    {
      alert: Flags.alert,
      limit: count("limit", "How many", 1000).pipe(Flag.withAlias("n"), Flag.withDefault(1)),
      failOn: Flags.failOn,
      ...Flags.common,
    },
    {
      description: "Print what ran last",
      examples: [
        ["latest --alert brand-logo", "of one alert"],
        ["latest -n 5", "the last five of all"],
        ["latest --alert brand-logo --fail-on triggered --json", "exit code 10 if it triggered"],
      ],
    },
    finish,
    async (input) => {
      const { latest } = await import("../Asking.ts")
      return latest({
        invocation: Flags.invocationOf(input),
        alert: Option.getOrNull(input.alert),
        count: input.limit,
        failOn: Option.getOrNull(input.failOn),
      })
    },
  )

const matchesCommand = (finish: Finish) =>
  define(
    "matches",
    {
      ids: Flags.executions,
      minScore: Flag.Finite("min-score").pipe(
        Flag.withMetavar("SCORE"),
        Flag.withDescription("Only matches whose score is at least this, 0 to 1"),
        Flag.optional,
      ),
      ...Flags.common,
    },
    {
      description: "Print the matches of executions, one a line",
      examples: [
        ["matches exec_8f3c21", "for people"],
        ["matches exec_8f3c21 --min-score 0.9 -o ids", "the IDs of the best documents"],
        ["list --triggered -o ids | mixpeek-alerts matches - -o csv > matches.csv", "those of a list"],
      ],
    },
    finish,
    async (input) => {
      const { matches } = await import("../Asking.ts")
      return matches({
        invocation: Flags.invocationOf(input),
        ids: input.ids,
        minScore: Option.getOrNull(input.minScore),
      })
    },
  )

const compareCommand = (finish: Finish) =>
  define(
    "compare",
    { before: Flags.oneExecution("before"), after: Flags.oneExecution("after"), ...Flags.common },
    {
      description: "Print what changed from one execution to another",
      examples: [
        ["compare exec_8f3c20 exec_8f3c21", "for people"],
        ["compare exec_8f3c20 exec_8f3c21 -o csv", "document by document"],
      ],
    },
    finish,
    async (input) => {
      const { compare } = await import("../Asking.ts")
      return compare({ invocation: Flags.invocationOf(input), before: input.before, after: input.after })
    },
  )

/** In the order in which help lists them. */
export const executionCommands = {
  get: getCommand,
  list: listCommand,
  latest: latestCommand,
  matches: matchesCommand,
  compare: compareCommand,
} as const
