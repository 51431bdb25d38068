/** The flags that several commands take, and what they mean. */
import type { FilterTerms } from "@mixpeek-alerts/domain"
import { Option } from "effect"
import { Argument, type Command, Flag } from "effect/cli"
import type { Invocation } from "./commands/Invocation.ts"
import { type Choice, formats } from "./output/Format.ts"
import { count, span, text, toggle } from "./FlagKind.ts"
import type { ScreenGiven } from "./Launch.ts"
import type { Given } from "./Settings.ts"
import { paletteNames } from "./tui/Palette.ts"

/** How to reach Mixpeek. The key itself is never a flag: it would stay in the shell's history. */
export const connection = {
  apiKeyFile: text(
    "api-key-file",
    "FILE",
    "Read the API key from this file (else MIXPEEK_API_KEY, MIXPEEK_API_KEY_FILE)",
  ),
  namespace: text("namespace", "NAME", "The namespace, by name or ns_… ID (else MIXPEEK_NAMESPACE)"),
  baseUrl: text("base-url", "URL", "Another API, such as the sandbox (else MIXPEEK_BASE_URL)"),
  timeout: span("timeout", "How long one call may take, retries and waits included: 30s, 2m").pipe(Flag.optional),
  demo: toggle("demo", "Made-up executions: no key, no network"),
}

export type ConnectionInput = Command.Command.Config.Infer<typeof connection>

export const givenOf = (input: ConnectionInput): Given => ({
  apiKeyFile: Option.getOrUndefined(input.apiKeyFile),
  namespace: Option.getOrUndefined(input.namespace),
  baseUrl: Option.getOrUndefined(input.baseUrl),
})

/** Seconds that a call may take. */
export const secondsOf = (input: ConnectionInput): number | null =>
  Option.getOrNull(Option.map(input.timeout, (millis) => millis / 1000))

/** How many requests a command may make. */
export const requests = {
  rpm: count("rpm", "Requests a minute; what the server allows by default", 100_000).pipe(Flag.optional),
  maxRequests: count("max-requests", "Requests in all", 1_000_000_000).pipe(Flag.optional),
  verbose: toggle("verbose", "Also say how many requests were made, on stderr"),
}

/** How the screen looks and behaves. */
export const screen = {
  theme: Flag.Literals("theme", paletteNames).pipe(
    Flag.withDescription("The colours: the terminal's own, blue and orange, high contrast, or none"),
    Flag.optional,
  ),
  noColor: toggle("no-color", "No colours (else NO_COLOR)"),
  linear: toggle("linear", "Sentences and prompts instead of a screen (else ACCESSIBLE, INK_SCREEN_READER)"),
  live: toggle("live", "Look for new executions from the start, as w does"),
  interval: span("interval", "How often live looks; never more than half of the rate limit").pipe(Flag.optional),
  rpm: requests.rpm,
  noCache: toggle("no-cache", "Neither show nor keep the last pages (else MIXPEEK_ALERTS_NO_CACHE)"),
}

type ScreenInput = Command.Command.Config.Infer<typeof screen>

export const screenOf = (input: ScreenInput): ScreenGiven => ({
  theme: Option.getOrUndefined(input.theme),
  noColor: input.noColor,
  linear: input.linear,
  live: input.live,
  intervalMillis: Option.getOrUndefined(input.interval),
  rpm: Option.getOrUndefined(input.rpm),
  noCache: input.noCache,
})

export const ascii = toggle("ascii", "Draw with ASCII only (else MIXPEEK_ALERTS_ASCII)")

/** How to print. */
export const output = {
  output: Flag.Literals("output", formats).pipe(
    Flag.withAlias("o"),
    Flag.withDescription("The format; a table on a terminal, tsv elsewhere"),
    Flag.optional,
  ),
  json: toggle("json", "The same as -o json: as the server sent it"),
  fields: text("fields", "NAMES", "Only these columns or parts, joined by commas; .a.b for a path into the JSON"),
  pick: text("pick", "PATH", "Only the values at this path, one a line, as in matches[].document_id"),
  noHeader: toggle("no-header", "No line with the names of the columns"),
  utc: toggle("utc", "Times in UTC instead of how long ago"),
  noColor: toggle("no-color", "No colours (else NO_COLOR)"),
  noPager: toggle("no-pager", "Long tables are not shown in a pager (else MIXPEEK_ALERTS_PAGER, PAGER)"),
  ascii,
}

type OutputInput = Command.Command.Config.Infer<typeof output>

export const choiceOf = (input: OutputInput): Choice => ({
  format: Option.getOrElse(input.output, () => (input.json ? "json" : null)),
  fields: Option.getOrNull(input.fields),
  pick: Option.getOrNull(input.pick),
  header: !input.noHeader,
  utc: input.utc,
  color: !input.noColor,
  ascii: input.ascii,
  pager: !input.noPager,
})

/** What every command that reads takes. */
export const common = { connection, requests, output }

type CommonInput = Command.Command.Config.Infer<typeof common>

export const invocationOf = (input: CommonInput): Invocation => ({
  given: givenOf(input.connection),
  demo: input.connection.demo,
  timeoutSeconds: secondsOf(input.connection),
  rpm: Option.getOrNull(input.requests.rpm),
  maxRequests: Option.getOrNull(input.requests.maxRequests),
  verbose: input.requests.verbose,
  choice: choiceOf(input.output),
})

export const alert = text("alert", "ID|NAME", "Only executions of this alert")

/** Which executions to keep. */
export const filter = {
  since: text("since", "TIME", "At or after this time: 24h, 7d, 2026-03-01, or ISO 8601"),
  until: text("until", "TIME", "Before this time"),
  triggered: toggle("triggered", "That triggered"),
  notTriggered: toggle("not-triggered", "That did not trigger"),
  minScore: Flag.Finite("min-score").pipe(
    Flag.withMetavar("SCORE"),
    Flag.withDescription("Whose top score is at least this, 0 to 1"),
    Flag.optional,
  ),
  collection: Flag.String("collection").pipe(
    Flag.withMetavar("ID"),
    Flag.withDescription("Against this collection; may be repeated"),
    Flag.atLeast(0),
  ),
  where: text("where", "FILTER", "That pass a filter, as in 'score:>0.8 took:>500ms !weapon'"),
}

type FilterInput = Command.Command.Config.Infer<typeof filter>

export const termsOf = (input: FilterInput): FilterTerms => ({
  since: Option.getOrNull(input.since),
  until: Option.getOrNull(input.until),
  triggered: input.triggered,
  notTriggered: input.notTriggered,
  minScore: Option.getOrNull(input.minScore),
  collections: input.collection,
  where: Option.getOrNull(input.where),
})

export const failOn = text(
  "fail-on",
  "CONDITION",
  "Exit with 10 if one is so: triggered, not-triggered, score>=0.9, matches>5, took>30s",
)

export const limit = count("limit", "The most to print", 1_000_000_000).pipe(Flag.withAlias("n"), Flag.optional)

const idHelp = "An execution ID, or a URL that ends in /executions/{id}"

export const execution = Argument.String("execution-id").pipe(Argument.withDescription(idHelp), Argument.optional)

/** One execution that has to be named. */
export const oneExecution = (name: string) => Argument.String(name).pipe(Argument.withDescription(idHelp))

export const executions = Argument.String("execution-id").pipe(
  Argument.withDescription(`${idHelp}; or - alone for a list of them on standard input`),
  Argument.variadic({ min: 1 }),
)
