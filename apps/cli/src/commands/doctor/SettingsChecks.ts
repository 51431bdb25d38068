/** Whether the settings can work, before anything is sent. */
import { ExitCode, parseApiKey, parseBaseUrl } from "@mixpeek-alerts/client"
import { Result } from "effect"
import type { Settings } from "../../Settings.ts"
import { clean } from "../../text/Clean.ts"
import { masked } from "../Config.ts"
import { type Check, failed, ok, warn } from "./Check.ts"

const keyCheck = ({ apiKey, lookedAt }: Settings): Check => {
  if (apiKey === null)
    return failed(
      "key",
      ExitCode.noPermission,
      `No API key was found; looked at ${lookedAt.join(", ")}.`,
      "Set MIXPEEK_API_KEY, or MIXPEEK_API_KEY_FILE to a file that holds the key.",
    )
  const parsed = parseApiKey(apiKey.value)
  return Result.isSuccess(parsed)
    ? ok("key", `${clean(masked(apiKey.value))} from ${clean(apiKey.origin)}`)
    : failed("key", ExitCode.config, parsed.failure.message, parsed.failure.hint)
}

const endpointCheck = ({ baseUrl }: Settings): Check => {
  const parsed = parseBaseUrl(baseUrl.value)
  return Result.isSuccess(parsed)
    ? ok("endpoint", `${parsed.success.origin} from ${clean(baseUrl.origin)}`)
    : failed("endpoint", ExitCode.config, parsed.failure.message, parsed.failure.hint)
}

const fileCheck = ({ configFile, problem }: Settings): Check =>
  problem === null
    ? ok("config file", clean(configFile))
    : failed("config file", problem.exitCode, clean(problem.message), clean(problem.hint))

const namespaceCheck = ({ namespace }: Settings): Check =>
  namespace === null
    ? warn(
        "namespace",
        "No namespace was given; the server chooses.",
        "Set MIXPEEK_NAMESPACE to a namespace's name or ns_… ID if executions are missing.",
      )
    : ok("namespace", `${clean(namespace.value)} from ${clean(namespace.origin)}`)

/** The config file, the key, the endpoint and the namespace, as they are set. */
export const settingsChecks = (settings: Settings): ReadonlyArray<Check> => [
  fileCheck(settings),
  keyCheck(settings),
  endpointCheck(settings),
  namespaceCheck(settings),
]
