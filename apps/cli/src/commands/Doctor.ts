/** `doctor`: whether everything works, and what to do about what does not. */
import { ExitCode, parseBaseUrl } from "@mixpeek-alerts/client"
import { Effect, Layer, Result } from "effect"
import { connect } from "../Connection.ts"
import { problemOf } from "../ApiProblem.ts"
import { asObject, forPeople, speaksJson } from "../output/Format.ts"
import { settle, type Settings } from "../Settings.ts"
import { apiChecks } from "./doctor/ApiChecks.ts"
import { type Check, failed, skip } from "./doctor/Check.ts"
import { checkListing, checkObject, checkRow, checkText } from "./doctor/CheckListing.ts"
import { networkChecks } from "./doctor/NetworkChecks.ts"
import { settingsChecks } from "./doctor/SettingsChecks.ts"
import { terminalChecks } from "./doctor/TerminalChecks.ts"
import { told } from "./Failure.ts"
import type { Invocation } from "./Invocation.ts"
import { printing } from "./Printing.ts"

export interface DoctorOptions {
  readonly invocation: Invocation
  /** Send nothing. */
  readonly offline: boolean
}

/** For each step; people wait for this. */
const defaultTimeoutSeconds = 10

const askApi = Effect.fnUntraced(function* (
  settings: Settings,
  { demo, maxRequests, rpm }: Invocation,
  timeoutSeconds: number,
): Effect.fn.Return<ReadonlyArray<Check>> {
  const services = connect(settings, { demo, maxRequests, rpm, timeoutSeconds })
  return yield* Effect.scoped(
    Effect.flatMap(Layer.build(services), (built) => Effect.provideContext(apiChecks, built)),
  ).pipe(
    Effect.catch((error) => {
      const { exitCode, hint, message } = problemOf(error)
      return Effect.succeed([failed("client", exitCode, message, hint)])
    }),
  )
})

/** The steps build on one another: after one that failed, the next would only repeat it. */
const remoteChecks = Effect.fnUntraced(function* (settings: Settings, invocation: Invocation) {
  const url = parseBaseUrl(settings.baseUrl.value)
  if (Result.isFailure(url)) return []
  const timeoutSeconds = invocation.timeoutSeconds ?? defaultTimeoutSeconds
  if (invocation.demo) return yield* askApi(settings, invocation, timeoutSeconds)
  const network = yield* networkChecks(url.success, process.env, timeoutSeconds * 1000)
  if (network.some(({ status }) => status === "fail")) return network
  if (settings.apiKey === null) return [...network, skip("access", "not asked without a key")]
  return [...network, ...(yield* askApi(settings, invocation, timeoutSeconds))]
})

const run = Effect.fnUntraced(function* ({ invocation, offline }: DoctorOptions) {
  const { choice } = invocation
  const object = asObject(choice)
  const printer = yield* printing(checkListing, invocation, { single: object })
  const settings = settle(invocation.given, process.env)
  const first = invocation.demo ? [] : settingsChecks(settings)
  const remote = offline ? [skip("network", "not looked at, by --offline")] : yield* remoteChecks(settings, invocation)
  const checks = [...first, ...remote, ...terminalChecks(process.stdout, process.stdin, process.env)]
  const exitCode = checks.find(({ status }) => status === "fail")?.exitCode ?? ExitCode.ok
  if (forPeople(printer.format, choice)) {
    yield* printer.write(checks.map((check) => checkText(check, printer.surface)).join(""))
  } else {
    yield* printer.print(object ? [checkObject(checks, exitCode)] : checks.map(checkRow))
    yield* printer.finish
  }
  return exitCode
}, Effect.scoped)

/** Looks at everything, prints it, and gives the exit code of the first thing that failed. */
export const doctor = (options: DoctorOptions): Effect.Effect<number> =>
  told(run(options), speaksJson(options.invocation.choice))
