/** `config`: every value, and where it comes from. The key is never shown, only enough to tell two apart. */
import { Effect } from "effect"
import { type Given, type Setting, type Settings, settle } from "../Settings.ts"
import { clean } from "../text/Clean.ts"
import { left } from "../text/Width.ts"
import { fail, type Failure, told } from "./Failure.ts"

/** `sk_…9f2`; nothing at all of a short key. */
export const masked = (key: string): string => {
  const start = key.startsWith("sk_") ? "sk_" : ""
  return key.length < start.length + 9 ? `${start}…` : `${start}…${key.slice(-3)}`
}

interface Row {
  readonly name: string
  readonly value: string | null
  readonly origin: string
}

const rowOf = (name: string, setting: Setting | null, show: (value: string) => string = clean): Row => ({
  name,
  value: setting === null ? null : show(setting.value),
  origin: setting?.origin ?? "not set",
})

const rowsOf = (settings: Settings): ReadonlyArray<Row> => [
  rowOf("apiKey", settings.apiKey, (key) => clean(masked(key))),
  rowOf("namespace", settings.namespace),
  rowOf("baseUrl", settings.baseUrl),
]

const text = (settings: Settings): string =>
  rowsOf(settings)
    .map(
      ({ name, origin, value }) =>
        `${left(name, 12)}${left(value ?? "", Math.max(28, (value ?? "").length))}  ${clean(origin)}\n`,
    )
    .join("") + `${left("configFile", 12)}${clean(settings.configFile)}\n`

const json = (settings: Settings): string =>
  `${JSON.stringify({ ...Object.fromEntries(rowsOf(settings).map(({ name, origin, value }) => [name, { value, origin }])), configFile: settings.configFile })}\n`

/** Prints the settings of this run. */
export const config = (options: { readonly given: Given; readonly json: boolean }): Effect.Effect<number> => {
  const program: Effect.Effect<number, Failure> = Effect.suspend(() => {
    const settings = settle(options.given, process.env)
    if (settings.problem !== null) return fail(settings.problem)
    process.stdout.write(options.json ? json(settings) : text(settings))
    return Effect.succeed(0)
  })
  return told(program, options.json)
}
