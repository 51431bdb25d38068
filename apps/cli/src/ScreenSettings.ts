/**
 * How the screen looks and behaves: by flags, the environment, the config file
 * and what the terminal is, in this order. Loads nothing heavy, because
 * whether there is a screen at all is decided with it.
 */
import { Code } from "./Code.ts"
import { type ScreenGiven, themeOf } from "./Launch.ts"
import { type Problem, problem } from "./Problem.ts"
import { type FileValues, type Setting, settingOf } from "./Settings.ts"
import { isPaletteName, type PaletteName, paletteNames } from "./tui/Palette.ts"

export interface ScreenSettings {
  readonly theme: { readonly ascii: boolean; readonly color: boolean; readonly palette: PaletteName }
  /** Sentences and prompts instead of a screen. */
  readonly linear: boolean
  /** Whether the last pages are kept for the next start. */
  readonly cache: boolean
  readonly live: { readonly on: boolean; readonly intervalMillis: number; readonly rpm: number | null }
  /** What counts, and who said so. */
  readonly origins: Readonly<Record<ScreenKey, Setting>>
}

type Env = Readonly<Record<string, string | undefined>>

export const screenKeys = ["theme", "ascii", "linear", "cache", "live", "interval"] as const
export type ScreenKey = (typeof screenKeys)[number]

const defaultSeconds = 15
const mostSeconds = 86_400

const isSet = (env: Env, name: string): boolean => !["", "0", "false"].includes((env[name] ?? "").toLowerCase())

const setting = (value: string, origin: string): Setting => ({ value, origin })

/** The first of these that says something. */
const first = (...found: ReadonlyArray<Setting | false | null>): Setting =>
  found.find((one): one is Setting => one !== false && one !== null) ?? setting("off", "default")

const originsOf = (
  given: ScreenGiven,
  ascii: boolean,
  env: Env,
  file: FileValues,
  path: string,
): ScreenSettings["origins"] => ({
  theme: first(
    given.noColor === true && setting("mono", "--no-color"),
    given.theme !== undefined && setting(given.theme, "--theme"),
    isSet(env, "MIXPEEK_ALERTS_NO_COLOR") && setting("mono", "MIXPEEK_ALERTS_NO_COLOR"),
    (env["NO_COLOR"] ?? "") !== "" && setting("mono", "NO_COLOR"),
    settingOf(env["MIXPEEK_ALERTS_THEME"], "MIXPEEK_ALERTS_THEME"),
    settingOf(file.theme, path),
    setting("terminal", "default"),
  ),
  ascii: first(
    ascii && setting("on", "--ascii"),
    (env["MIXPEEK_ALERTS_ASCII"] ?? "") !== "" && setting("on", "MIXPEEK_ALERTS_ASCII"),
    settingOf(file.ascii, path),
  ),
  linear: first(
    given.linear === true && setting("on", "--linear"),
    isSet(env, "ACCESSIBLE") && setting("on", "ACCESSIBLE"),
    env["INK_SCREEN_READER"] === "true" && setting("on", "INK_SCREEN_READER"),
    settingOf(file.linear, path),
  ),
  cache: first(
    given.noCache === true && setting("off", "--no-cache"),
    isSet(env, "MIXPEEK_ALERTS_NO_CACHE") && setting("off", "MIXPEEK_ALERTS_NO_CACHE"),
    settingOf(file.cache, path),
    setting("on", "default"),
  ),
  live: first(given.live === true && setting("on", "--live"), settingOf(file.live, path)),
  interval: first(
    given.intervalMillis !== undefined && setting(String(given.intervalMillis / 1000), "--interval"),
    settingOf(file.interval, path),
    setting(String(defaultSeconds), "default"),
  ),
})

/** What a value of the config file may be; `null` when it is one of them. */
export const wrongScreenValue = (key: ScreenKey, value: string): { message: string; hint: string } | null => {
  if (key === "theme")
    return isPaletteName(value)
      ? null
      : { message: `${JSON.stringify(value)} is not a theme.`, hint: `Themes are ${paletteNames.join(", ")}.` }
  if (key === "interval") {
    const seconds = Number(value)
    return seconds >= 0.1 && seconds <= mostSeconds
      ? null
      : { message: `${JSON.stringify(value)} is not a number of seconds.`, hint: "Write 15 for every 15 seconds." }
  }
  return value === "on" || value === "off"
    ? null
    : { message: `${JSON.stringify(value)} is neither on nor off.`, hint: `Write ${key} as "on" or "off".` }
}

/** The screen's settings, or what is wrong with one of them. */
export const screenOf = (
  given: ScreenGiven,
  ascii: boolean,
  env: Env,
  file: FileValues,
  path: string,
): ScreenSettings | Problem => {
  const origins = originsOf(given, ascii, env, file, path)
  for (const key of screenKeys) {
    const { origin, value } = origins[key]
    const wrong = wrongScreenValue(key, value)
    if (wrong !== null)
      return problem("InvalidConfig", Code.config, `The setting ${key} of ${origin}: ${wrong.message}`, wrong.hint)
  }
  const theme = origins.theme.value as PaletteName
  return {
    theme: { ...themeOf(env, origins.ascii.value === "on"), color: theme !== "mono", palette: theme },
    linear: origins.linear.value === "on",
    cache: origins.cache.value === "on",
    live: {
      on: origins.live.value === "on",
      intervalMillis: Math.round(Number(origins.interval.value) * 1000),
      rpm: given.rpm ?? null,
    },
    origins,
  }
}
