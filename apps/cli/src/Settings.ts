/**
 * Where each value comes from: a flag, the environment, the config file, or
 * the default, in this order. Reads files, but neither checks nor sends anything.
 */
import { Code } from "./Code.ts"
import { readFileSync } from "node:fs"
import { homedir } from "node:os"
import { join } from "node:path"
import { type Problem, problem } from "./Problem.ts"

/** A value and who gave it. */
export interface Setting {
  readonly value: string
  readonly origin: string
}

export interface Settings {
  readonly apiKey: Setting | null
  readonly namespace: Setting | null
  readonly baseUrl: Setting
  /** The config file that counts, whether or not it exists. */
  readonly configFile: string
  /** What the config file says. */
  readonly file: FileValues
  /** Where a key was looked for, in order. */
  readonly lookedAt: ReadonlyArray<string>
  /** Why the settings cannot be used. */
  readonly problem: Problem | null
}

/** The flags that give a value. */
export interface Given {
  readonly apiKeyFile?: string | undefined
  readonly namespace?: string | undefined
  readonly baseUrl?: string | undefined
}

type Env = Readonly<Record<string, string | undefined>>

const defaultUrl = "https://api.mixpeek.com"
/** The settings that the config file can hold. */
export const fileKeys = [
  "apiKey",
  "apiKeyFile",
  "namespace",
  "baseUrl",
  "theme",
  "ascii",
  "linear",
  "cache",
  "live",
  "interval",
] as const
export type FileKey = (typeof fileKeys)[number]
export type FileValues = Partial<Record<FileKey, string>> & {
  /** Keys of the screen, by action: one, or several. */
  readonly keys?: Readonly<Record<string, ReadonlyArray<string>>>
}

const configProblem = (message: string, hint: string): Problem => problem("InvalidConfig", Code.config, message, hint)

/** `$XDG_CONFIG_HOME/mixpeek-alerts/config.json`. */
export const configPath = (env: Env): string =>
  join(env["XDG_CONFIG_HOME"] || join(env["HOME"] || homedir(), ".config"), "mixpeek-alerts", "config.json")

const readText = (path: string): { readonly text: string } | { readonly code: string } => {
  try {
    return { text: readFileSync(path, "utf8") }
  } catch (error) {
    return { code: (error as NodeJS.ErrnoException).code ?? "unknown error" }
  }
}

const keysShape = 'Write them like "keys": {"down": ["down", "n"], "live": "v"}.'

/** One key or several for each action; `null` when it is something else. */
const keysFrom = (value: unknown): FileValues["keys"] | null => {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return null
  const entries = Object.entries(value).map(([action, keys]: readonly [string, unknown]) => {
    const list: ReadonlyArray<unknown> = Array.isArray(keys) ? keys : [keys]
    return list.every((key): key is string => typeof key === "string") ? ([action, list] as const) : null
  })
  return entries.every((entry) => entry !== null) ? Object.fromEntries(entries) : null
}

const parseFile = (path: string, text: string): FileValues | Problem => {
  const shape = `It is a JSON object with ${fileKeys.join(", ")} and keys, all optional.`
  let parsed: unknown
  try {
    parsed = JSON.parse(text)
  } catch {
    return configProblem(`The config file ${path} is not JSON.`, shape)
  }
  if (typeof parsed !== "object" || parsed === null || Array.isArray(parsed)) {
    return configProblem(`The config file ${path} is not a JSON object.`, shape)
  }
  const values: Record<string, unknown> = {}
  for (const [key, value] of Object.entries(parsed)) {
    if (key === "keys") {
      const keys = keysFrom(value)
      if (keys === null) return configProblem(`The keys in ${path} are not keys by action.`, keysShape)
      values[key] = keys
      continue
    }
    if (!(fileKeys as ReadonlyArray<string>).includes(key)) {
      return configProblem(`The config file ${path} has an unknown setting ${JSON.stringify(key)}.`, shape)
    }
    if (typeof value !== "string") return configProblem(`The setting ${key} in ${path} is not text.`, shape)
    values[key] = value
  }
  return values
}

/** What the config file holds: nothing when there is none. */
export const readConfig = (path: string): FileValues | Problem => {
  const read = readText(path)
  if ("text" in read) return parseFile(path, read.text)
  return read.code === "ENOENT" || read.code === "ENOTDIR"
    ? {}
    : configProblem(`The config file ${path} cannot be read (${read.code}).`, "Check its path and mode.")
}

/** A value that somebody gave; `null` when it is missing or blank. */
export const settingOf = (value: string | undefined, origin: string): Setting | null =>
  value === undefined || value.trim() === "" ? null : { value, origin }

const keyFrom = (path: string | undefined, origin: string): Setting | Problem | null => {
  if (path === undefined || path === "") return null
  const read = readText(path)
  return "text" in read
    ? settingOf(read.text.trim(), `${origin} (${path})`)
    : configProblem(`The key file ${path} cannot be read (${read.code}).`, `Check ${origin}.`)
}

export const isProblem = (value: object | null): value is Problem => value !== null && "exitCode" in value

/** The settings of this run. */
export const settle = (given: Given, env: Env): Settings => {
  const configFile = configPath(env)
  const read = readConfig(configFile)
  const file: FileValues = isProblem(read) ? {} : read
  const inFile = `${configFile}`
  const candidates = [
    () => keyFrom(given.apiKeyFile, "--api-key-file"),
    () => settingOf(env["MIXPEEK_API_KEY"], "MIXPEEK_API_KEY"),
    () => keyFrom(env["MIXPEEK_API_KEY_FILE"], "MIXPEEK_API_KEY_FILE"),
    () => settingOf(file.apiKey, inFile),
    () => keyFrom(file.apiKeyFile, `apiKeyFile in ${inFile}`),
  ]
  let found: Setting | Problem | null = null
  for (const candidate of candidates) if ((found = candidate()) !== null) break
  return {
    apiKey: isProblem(found) ? null : found,
    namespace:
      settingOf(given.namespace, "--namespace") ??
      settingOf(env["MIXPEEK_NAMESPACE"], "MIXPEEK_NAMESPACE") ??
      settingOf(file.namespace, inFile),
    baseUrl: settingOf(given.baseUrl, "--base-url") ??
      settingOf(env["MIXPEEK_BASE_URL"], "MIXPEEK_BASE_URL") ??
      settingOf(file.baseUrl, inFile) ?? { value: defaultUrl, origin: "default" },
    configFile,
    file,
    lookedAt: ["--api-key-file FILE", "MIXPEEK_API_KEY", "MIXPEEK_API_KEY_FILE", inFile],
    problem: isProblem(read) ? read : isProblem(found) ? found : null,
  }
}
