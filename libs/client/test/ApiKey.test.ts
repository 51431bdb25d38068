/** How a key is taken out of what a server sent. */
import { Redacted } from "effect"
import { describe, expect, it } from "vitest"
import { redactor } from "../src/ApiKey.ts"

describe("a redacted text", () => {
  it.each([["sk_plain"], ['sk_"quoted"'], ["sk_back\\slash"], ["sk_$&$1"]])(
    "does not hold the key %s, however it is written",
    (key) => {
      const redact = redactor(Redacted.make(key))
      const hidden = Array.from(key, (letter) => `\\u${letter.charCodeAt(0).toString(16).padStart(4, "0")}`).join("")
      for (const text of [
        key,
        `${key}${key}`,
        JSON.stringify({ key }),
        JSON.stringify({ [key]: key }),
        `{"a":"${hidden}"}`,
      ]) {
        expect(redact(text)).toContain("<redacted>")
        expect(redact(text)).not.toContain(key)
      }
    },
  )

  it("is the text itself when there is no key in it", () => {
    const text = '{"a": 1.0, "b": "\\u0041\\n"}'
    expect(redactor(Redacted.make("sk_plain"))(text)).toBe(text)
  })
})
