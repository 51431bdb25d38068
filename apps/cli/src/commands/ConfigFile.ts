/** `config get`, `config set` and `config path`: the config file, one value at a time. */
import { parseApiKey, parseBaseUrl } from "@mixpeek-alerts/client"
import { Effect, Result } from "effect"
import { mkdirSync, renameSync, writeFileSync } from "node:fs"
import { dirname } from "node:path"
import { Code } from "../Code.ts"
import { configPath, type FileKey, fileKeys, isProblem, readConfig } from "../Settings.ts"
import { type Problem, problem } from "../Problem.ts"
import { type ScreenKey, screenKeys, wrongScreenValue } from "../ScreenSettings.ts"
import { masked } from "./Config.ts"
import { fail, type Failure, told } from "./Failure.ts"
import { nearest } from "../output/Nearest.ts"

const usage = (message: string, hint: string): Problem => problem("Usage", Code.usage, message, hint)

const keyOf = (name: string): Effect.Effect<FileKey, Failure> => {
  const key = fileKeys.find((known) => known === name)
  if (key !== undefined) return Effect.succeed(key)
  const near = nearest(name, fileKeys)
  const hint = near === undefined ? `Settings are ${fileKeys.join(", ")}.` : `Did you mean ${near}?`
  return fail(usage(`There is no setting ${JSON.stringify(name)}.`, hint))
}

const load = Effect.suspend(() => {
  const values = readConfig(configPath(process.env))
  return isProblem(values) ? fail(values) : Effect.succeed(values)
})

const print = (line: string): Effect.Effect<number> =>
  Effect.sync(() => {
    process.stdout.write(`${line}\n`)
    return Code.ok
  })

/** Prints where the config file is. */
export const path = Effect.suspend(() => print(configPath(process.env)))

/** Prints one value of the config file; of the key only its end. */
export const get = (name: string): Effect.Effect<number> =>
  told(
    Effect.gen(function* () {
      const key = yield* keyOf(name)
      const value = (yield* load)[key]
      if (value === undefined)
        return yield* fail(
          problem(
            "NotFound",
            Code.notFound,
            `${name} is not set in the config file.`,
            `mixpeek-alerts config set ${name} VALUE sets it.`,
          ),
        )
      return yield* print(key === "apiKey" ? masked(value) : value)
    }),
    false,
  )

const rejected: Readonly<Record<FileKey, (value: string) => { message: string; hint: string } | null>> = {
  apiKey: (value) => Result.match(parseApiKey(value), { onFailure: (error) => error, onSuccess: () => null }),
  baseUrl: (value) => Result.match(parseBaseUrl(value), { onFailure: (error) => error, onSuccess: () => null }),
  apiKeyFile: () => null,
  namespace: (value) =>
    /^[\x21-\x7e]{1,200}$/.test(value)
      ? null
      : { message: "The namespace contains a space or a control character.", hint: "Give a name or ns_… ID." },
  ...(Object.fromEntries(screenKeys.map((key) => [key, (value: string) => wrongScreenValue(key, value)])) as Record<
    ScreenKey,
    (value: string) => { message: string; hint: string } | null
  >),
}

/** Replaces the file in one step, so that it is never half written; only its owner may read it. */
const save = (file: string, text: string): Effect.Effect<void, Failure> =>
  Effect.try({
    try: () => {
      mkdirSync(dirname(file), { recursive: true, mode: 0o700 })
      const next = `${file}.${crypto.randomUUID()}`
      writeFileSync(next, text, { mode: 0o600, flag: "wx" })
      renameSync(next, file)
    },
    catch: (error) => (error as NodeJS.ErrnoException).code ?? "unknown error",
  }).pipe(
    Effect.catch((code) =>
      fail(
        problem(
          "Io",
          Code.cannotCreate,
          `The config file ${file} cannot be written (${code}).`,
          "Check its path and mode.",
        ),
      ),
    ),
  )

const valueOf = Effect.fnUntraced(function* (key: FileKey, given: string): Effect.fn.Return<string, Failure> {
  if (given === "-")
    return (yield* Effect.promise(async () => (await import("node:stream/consumers")).text(process.stdin))).trim()
  if (key !== "apiKey") return given.trim()
  const hint = "Pipe it in instead: mixpeek-alerts config set apiKey - < key.txt"
  return yield* fail(usage("A key on the command line stays in the shell's history and was not stored.", hint))
})

/** Sets one value of the config file; `-` reads it from standard input, an empty one takes it out. */
export const set = (name: string, given: string): Effect.Effect<number> =>
  told(
    Effect.gen(function* () {
      const key = yield* keyOf(name)
      const values = { ...(yield* load) }
      const value = yield* valueOf(key, given)
      const wrong = value === "" ? null : rejected[key](value)
      if (wrong !== null) return yield* fail(problem("InvalidConfig", Code.config, wrong.message, wrong.hint))
      if (value === "") delete values[key]
      else values[key] = value
      yield* save(configPath(process.env), `${JSON.stringify(values, null, 2)}\n`)
      return Code.ok
    }),
    false,
  )
