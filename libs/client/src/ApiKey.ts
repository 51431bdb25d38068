/** The API key: checked without ever being repeated, and taken out of whatever a server echoes. */
import { parseJson } from "@mixpeek-alerts/domain"
import { Redacted, Result } from "effect"
import { readFileSync } from "node:fs"
import { MixpeekError } from "./MixpeekError.ts"
import { InvalidConfig, NoKey } from "./Reason.ts"

const invalid = (setting: string, problem: string, remedy: string): Result.Result<never, MixpeekError> =>
  Result.fail(MixpeekError.before(new InvalidConfig({ setting, problem, remedy })))

/** Checks a key. Fails with `NoKey` when it is empty, else with `InvalidConfig`. */
export const parseApiKey = (text: string): Result.Result<Redacted.Redacted, MixpeekError> => {
  if (text.trim() === "") return Result.fail(MixpeekError.before(new NoKey()))
  if (/[\r\n]/.test(text)) {
    return invalid("MIXPEEK_API_KEY", "The API key contains a line break.", "Give the key alone, on one line.")
  }
  if (!/^[\x21-\x7e]+$/.test(text)) {
    return invalid(
      "MIXPEEK_API_KEY",
      "The API key contains a space or a character that no key has.",
      "Copy the key again from the dashboard; it looks like sk_….",
    )
  }
  return Result.succeed(Redacted.make(text, { label: "apiKey" }))
}

/** The text of a key file, without the white space around it. Fails with `InvalidConfig`. */
export const readKeyFile = (path: string): Result.Result<string, MixpeekError> => {
  try {
    return Result.succeed(readFileSync(path, "utf8").trim())
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code ?? "unknown error"
    return invalid("MIXPEEK_API_KEY_FILE", `The key file ${path} cannot be read (${code}).`, "Check the path and mode.")
  }
}

const mark = "<redacted>"

const rewritten = (text: string): string => {
  try {
    return JSON.stringify(parseJson(text))
  } catch {
    return ""
  }
}

/** Makes the function that takes a key out of a text, also where JSON escapes hide it. */
export const redactor = (apiKey: Redacted.Redacted): ((text: string) => string) => {
  const key = Redacted.value(apiKey)
  const escaped = JSON.stringify(key).slice(1, -1)
  const plain = (text: string): string => text.replaceAll(key, mark).replaceAll(escaped, mark)
  return (text) => {
    const cleaned = plain(text)
    if (!cleaned.includes("\\")) return cleaned
    const revealed = rewritten(cleaned)
    return revealed.includes(escaped) || revealed.includes(key) ? plain(revealed) : cleaned
  }
}
