/** Settings of the environment that make no sense, with the code and the words that `export` must end with. */
import type { BadInput } from "./BadInputs.ts"

const all = ["--all", "--out", "bad"]

export const badSettings: ReadonlyArray<BadInput> = [
  {
    name: "no key",
    args: all,
    code: 77,
    says: /No Mixpeek API key was given\./,
    env: { MIXPEEK_API_KEY: "" },
    keyless: true,
  },
  { name: "an empty key", args: all, code: 77, says: /No Mixpeek API key was given\./, env: { MIXPEEK_API_KEY: "" } },
  {
    name: "a key with a newline",
    args: all,
    code: 78,
    says: /The API key contains a line break\./,
    env: { MIXPEEK_API_KEY: "sk_\ncanary" },
  },
  {
    name: "plain HTTP to another machine",
    args: all,
    code: 78,
    says: /The base URL http:\/\/example\.invalid would send the API key in the clear\./,
    env: { MIXPEEK_BASE_URL: "http://example.invalid" },
  },
  {
    name: "a base URL that is none",
    args: all,
    code: 78,
    says: /The base URL is not a URL\./,
    env: { MIXPEEK_BASE_URL: "not a url" },
  },
  {
    name: "a password in the base URL",
    args: all,
    code: 78,
    says: /The base URL contains a user name or password\./,
    env: { MIXPEEK_BASE_URL: "https://user:canary@example.invalid" },
  },
  {
    name: "a proxy that is none",
    args: all,
    code: 78,
    says: /HTTPS_PROXY is not the URL of a proxy\./,
    env: { MIXPEEK_BASE_URL: "https://example.invalid", HTTPS_PROXY: "socks://user:canary@example.invalid" },
  },
  {
    name: "a key with a space",
    args: all,
    code: 78,
    says: /The API key contains a space or a character that no key has\./,
    env: { MIXPEEK_API_KEY: "sk canary" },
  },
  {
    name: "a key file that is missing",
    args: all,
    code: 78,
    says: /The key file nowhere cannot be read \(ENOENT\)\./,
    env: { MIXPEEK_API_KEY: "", MIXPEEK_API_KEY_FILE: "nowhere" },
  },
]
