/** `config`: every value, and where it comes from. The key is never shown, only enough to tell two apart. */
import { Effect } from "effect"
import { asObject, forPeople, speaksJson } from "../output/Format.ts"
import type { Listing } from "../output/Listing.ts"
import { screenKeys, screenOf, type ScreenSettings } from "../ScreenSettings.ts"
import { isProblem, type Setting, type Settings, settle } from "../Settings.ts"
import { clean } from "../text/Clean.ts"
import { left } from "../text/Width.ts"
import { fail, told } from "./Failure.ts"
import type { Invocation } from "./Invocation.ts"
import { printing } from "./Printing.ts"

/** `sk_…9f2`; nothing at all of a short key. */
export const masked = (key: string): string => {
  const start = key.startsWith("sk_") ? "sk_" : ""
  return key.length < start.length + 9 ? `${start}…` : `${start}…${key.slice(-3)}`
}

interface Row {
  readonly name: string
  readonly value: string | null
  readonly origin: string
  readonly json: string
}

const rowOf = (name: string, setting: Setting | null, show: (value: string) => string = clean): Row => {
  const value = setting === null ? null : show(setting.value)
  const origin = setting?.origin ?? "not set"
  return { name, value, origin, json: JSON.stringify({ setting: name, value, origin }) }
}

/** How the screen looks and behaves. */
const screenRows = (settings: Settings, { origins }: ScreenSettings): ReadonlyArray<Row> => [
  ...screenKeys.map((key) => rowOf(key, origins[key])),
  rowOf(
    "keys",
    settings.file.keys === undefined
      ? null
      : { value: JSON.stringify(settings.file.keys), origin: settings.configFile },
  ),
]

const rowsOf = (settings: Settings, screen: ScreenSettings): ReadonlyArray<Row> => [
  rowOf("apiKey", settings.apiKey, (key) => clean(masked(key))),
  rowOf("namespace", settings.namespace),
  rowOf("baseUrl", settings.baseUrl),
  ...screenRows(settings, screen),
]

const listing: Listing<Row> = {
  noun: "settings",
  columns: [
    { name: "setting", type: "string" },
    { name: "value", type: "string" },
    { name: "origin", type: "string" },
  ],
  members: ["apiKey", "namespace", "baseUrl", ...screenKeys, "keys", "configFile"],
  cells: ({ name, origin, value }) => [name, value, origin],
  json: ({ json }) => json,
  id: null,
  view: [
    { title: "setting", align: "left", text: ({ name }) => name, drop: 0 },
    { title: "value", align: "left", text: ({ value }) => value ?? "", least: 12, drop: 0 },
    { title: "from", align: "left", text: ({ origin }) => clean(origin), least: 12, drop: 0 },
  ],
}

const objectOf = (settings: Settings, screen: ScreenSettings): Row => ({
  name: "",
  value: null,
  origin: "",
  json: JSON.stringify({
    ...Object.fromEntries(rowsOf(settings, screen).map(({ name, origin, value }) => [name, { value, origin }])),
    configFile: settings.configFile,
  }),
})

const run = Effect.fnUntraced(function* (invocation: Invocation) {
  const { choice } = invocation
  const object = asObject(choice)
  const printer = yield* printing(listing, invocation, { single: object })
  const settings = settle(invocation.given, process.env)
  if (settings.problem !== null) return yield* fail(settings.problem)
  const given = choice.color ? {} : { noColor: true }
  const screen = screenOf(given, choice.ascii, process.env, settings.file, settings.configFile)
  if (isProblem(screen)) return yield* fail(screen)
  yield* printer.print(object ? [objectOf(settings, screen)] : rowsOf(settings, screen))
  if (forPeople(printer.format, choice))
    yield* printer.write(`\n${left("config file", 13)}${clean(settings.configFile)}\n`)
  yield* printer.finish
  return 0
}, Effect.scoped)

/** Prints the settings of this run. */
export const config = (options: { readonly invocation: Invocation }): Effect.Effect<number> =>
  told(run(options.invocation), speaksJson(options.invocation.choice))
