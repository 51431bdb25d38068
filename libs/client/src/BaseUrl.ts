/** Where the API is: the key travels only over HTTPS, or to this machine. */
import { Result } from "effect"
import { MixpeekError } from "./MixpeekError.ts"
import { InvalidConfig } from "./Reason.ts"

/** The hosted API. */
export const defaultBaseUrl = "https://api.mixpeek.com"

/** Whether a host, as `URL.hostname` spells it, is this machine. */
export const isLoopback = (host: string): boolean => /^(localhost|127(\.\d{1,3}){3}|\[::1\])$/.test(host)

const invalid = (problem: string, remedy: string): Result.Result<never, MixpeekError> =>
  Result.fail(MixpeekError.before(new InvalidConfig({ setting: "MIXPEEK_BASE_URL", problem, remedy })))

/** Checks a base URL. Fails with `InvalidConfig`, which never repeats a user name or password. */
export const parseBaseUrl = (text: string): Result.Result<URL, MixpeekError> => {
  const url = URL.parse(text)
  if (url === null) return invalid("The base URL is not a URL.", `Give it like ${defaultBaseUrl}.`)
  if (url.username !== "" || url.password !== "") {
    return invalid("The base URL contains a user name or password.", "Give the key in MIXPEEK_API_KEY only.")
  }
  if (url.protocol === "https:" || (url.protocol === "http:" && isLoopback(url.hostname))) return Result.succeed(url)
  return invalid(
    `The base URL ${url.protocol}//${url.host} would send the API key in the clear.`,
    "Use https, or http to this machine (127.0.0.1, localhost) for the sandbox.",
  )
}
