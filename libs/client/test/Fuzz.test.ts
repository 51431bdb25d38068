/** Whatever a server or a proxy answers becomes a reason that people can read, without the key, and with a wait that ends. */
import { assert, describe, it } from "@effect/vitest"
import { eachSeed, mutated, scrambled } from "@mixpeek-alerts/domain/Fuzz"
import { Redacted } from "effect"
import { redactor } from "../src/ApiKey.ts"
import { bodyFault, responseFault } from "../src/ResponseFault.ts"

const now = Date.UTC(2026, 2, 1)
const key = 'sk_canary"\\/7f'
const statuses = [200, 204, 301, 400, 401, 403, 404, 409, 418, 422, 425, 429, 500, 503, 504, 520, 599]

const body = (seed: number): string =>
  mutated(
    `{"success":false,"status":429,"error":{"message":"slow down","type":"TooManyRequestsError","details":{"limit":10,"retry_after":1.5,"resource":"x","id":"y"}}}`,
    seed,
  )

const headers = (seed: number): Record<string, string> => ({
  "retry-after": mutated(["30", "Sun, 01 Mar 2026 00:01:00 GMT", "1e9", "-1"][seed % 4] as string, seed),
  "x-ratelimit-reset": mutated(String(now / 1000 + 30), seed + 1),
  date: mutated("Sun, 01 Mar 2026 00:00:00 GMT", seed + 2),
  "x-request-id": mutated("req_1", seed + 3),
  "content-type": mutated("text/html; charset=utf-8", seed + 4),
})

// oxlint-disable-next-line no-control-regex -- control characters are what is looked for
const control = /[\u0000-\u001f\u007f-\u009f\u202e]/

describe("fuzz", () => {
  it("answers that say no, or say nothing that fits", (test) => {
    eachSeed(test, (seed) => {
      const status = statuses[seed % statuses.length] as number
      const text = seed % 5 === 0 ? scrambled(seed) : body(seed)
      const problem = { path: ".results", expected: "Expected an array" }
      for (const failure of [
        responseFault(status, headers(seed), text, now),
        bodyFault(headers(seed), text, problem, now),
      ]) {
        const { hintMillis, reason, requestId } = failure
        assert.isTrue(hintMillis === null || (hintMillis >= 0 && Number.isFinite(hintMillis)))
        assert.isTrue(requestId === null || /^[\x21-\x7e]{1,200}$/.test(requestId))
        assert.notMatch(`${reason.message}${reason.hint}`, control)
        assert.isAtMost(reason.message.length, 600)
        assert.notStrictEqual(reason.hint, "")
      }
    })
  })

  it("a key that comes back in any disguise of JSON", (test) => {
    const scrub = redactor(Redacted.make(key))
    eachSeed(test, (seed) => {
      const disguised = Array.from(key, (char, at) =>
        ((seed >> (at % 20)) & 1) === 1
          ? `\\u${char.charCodeAt(0).toString(16).padStart(4, "0")}`
          : JSON.stringify(char).slice(1, -1),
      ).join("")
      const text = `{"a":${"[".repeat(seed % 3)}"${scrambled(seed).replaceAll(/["\\\p{C}]/gu, "")}${disguised}"${"]".repeat(seed % 3)}}`
      const clean = scrub(text)
      assert.notInclude(clean, key)
      assert.notInclude(JSON.stringify(JSON.parse(clean)), JSON.stringify(key).slice(1, -1))
    })
  })

  it("an error body that is nested too deep is taken for text", () => {
    const bomb = `{"error":{"message":"\\u0073k_canary","details":${"[".repeat(1_000_000)}`
    for (const text of [bomb, bomb + "]".repeat(1_000_000) + "}}"]) {
      const { reason } = responseFault(500, {}, text, now)
      assert.strictEqual(reason.message, "Mixpeek failed to answer: status 500")
    }
  })
})
