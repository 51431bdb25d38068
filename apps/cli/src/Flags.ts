/** The flags that several commands take, and what they mean. */
import { Option } from "effect"
import { Argument, Flag } from "effect/cli"
import type { Given } from "./Settings.ts"

/** How to reach Mixpeek. The key itself is never a flag: it would stay in the shell's history. */
export const connection = {
  apiKeyFile: Flag.String("api-key-file").pipe(
    Flag.withMetavar("FILE"),
    Flag.withDescription("Read the API key from this file (else MIXPEEK_API_KEY, MIXPEEK_API_KEY_FILE)"),
    Flag.optional,
  ),
  namespace: Flag.String("namespace").pipe(
    Flag.withAlias("n"),
    Flag.withMetavar("NAME"),
    Flag.withDescription("The namespace, by name or ns_… ID (else MIXPEEK_NAMESPACE)"),
    Flag.optional,
  ),
  baseUrl: Flag.String("base-url").pipe(
    Flag.withMetavar("URL"),
    Flag.withDescription("Another API, such as the sandbox (else MIXPEEK_BASE_URL)"),
    Flag.optional,
  ),
  timeout: Flag.Int("timeout").pipe(
    Flag.withMetavar("SECONDS"),
    Flag.withDescription("How long one call may take, retries and waits included"),
    Flag.filter(
      (seconds) => seconds >= 1 && seconds <= 86_400,
      (seconds) => `Expected 1 to 86400 seconds, got ${seconds}`,
    ),
    Flag.optional,
  ),
  demo: Flag.Boolean("demo").pipe(
    Flag.withDescription("Made-up executions: no key, no network"),
    Flag.withoutNegation,
    Flag.withDefault(false),
  ),
}

/** What {@link connection} parses to. */
export interface ConnectionInput {
  readonly apiKeyFile: Option.Option<string>
  readonly namespace: Option.Option<string>
  readonly baseUrl: Option.Option<string>
  readonly timeout: Option.Option<number>
  readonly demo: boolean
}

export const givenOf = (input: ConnectionInput): Given => ({
  apiKeyFile: Option.getOrUndefined(input.apiKeyFile),
  namespace: Option.getOrUndefined(input.namespace),
  baseUrl: Option.getOrUndefined(input.baseUrl),
})

export const json = Flag.Boolean("json").pipe(
  Flag.withDescription("Print the JSON text exactly as the server sent it"),
  Flag.withoutNegation,
  Flag.withDefault(false),
)

export const ascii = Flag.Boolean("ascii").pipe(
  Flag.withDescription("Draw with ASCII only (else MIXPEEK_ALERTS_ASCII)"),
  Flag.withoutNegation,
  Flag.withDefault(false),
)

const idHelp = "An execution ID, or a URL that ends in /executions/{id}"

export const execution = Argument.String("execution-id").pipe(Argument.withDescription(idHelp), Argument.optional)

export const executions = Argument.String("execution-id").pipe(
  Argument.withDescription(idHelp),
  Argument.variadic({ min: 1 }),
)
