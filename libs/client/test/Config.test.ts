/** Which settings are accepted, where they come from, and what the rest is told. */
import { assert, describe, it } from "@effect/vitest"
import { ConfigProvider, Effect, Redacted, Result } from "effect"
import { mkdtempSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { inspect } from "node:util"
import { fromEnvironment, parseApiKey, parseBaseUrl } from "../src/index.ts"
import { ask } from "./Ask.ts"
import { emptyPage, failure, Script } from "./Script.ts"

const read = (env: Record<string, string>, overrides: Parameters<typeof fromEnvironment>[0] = {}) =>
  Effect.provide(fromEnvironment(overrides), ConfigProvider.layer(ConfigProvider.fromEnv({ env })))

const key = "sk_distinctive_8842"

describe("a key", () => {
  it.effect("comes from the environment", () =>
    Effect.gen(function* () {
      const { apiKey } = yield* read({ MIXPEEK_API_KEY: key })
      assert.strictEqual(Redacted.value(apiKey), key)
      assert.notInclude(`${inspect(apiKey)} ${JSON.stringify({ apiKey })}`, key)
    }),
  )

  it.effect("comes from a file, without the line break at its end", () =>
    Effect.gen(function* () {
      const folder = mkdtempSync(join(tmpdir(), "mixpeek-key-"))
      yield* Effect.addFinalizer(() => Effect.sync(() => rmSync(folder, { recursive: true })))
      writeFileSync(join(folder, "key"), `${key}\n`)
      const { apiKey } = yield* read({ MIXPEEK_API_KEY_FILE: join(folder, "key") })
      assert.strictEqual(Redacted.value(apiKey), key)
    }),
  )

  it.effect("that is missing is its own reason", () =>
    Effect.gen(function* () {
      const error = yield* Effect.flip(read({}))
      assert.strictEqual(error.reason._tag, "NoKey")
      assert.strictEqual(error.message, "No Mixpeek API key was given.")
      assert.include(error.hint, "MIXPEEK_API_KEY_FILE")
    }),
  )

  it.effect("in a file that cannot be read names the file and why", () =>
    Effect.gen(function* () {
      const error = yield* Effect.flip(read({ MIXPEEK_API_KEY_FILE: "/nowhere/key" }))
      assert.strictEqual(error.reason._tag, "InvalidConfig")
      assert.include(error.message, "/nowhere/key")
      assert.include(error.message, "ENOENT")
    }),
  )

  it.effect("given by the program is preferred to that of the environment", () =>
    Effect.gen(function* () {
      const { apiKey } = yield* read({ MIXPEEK_API_KEY: "bad key" }, { apiKey: Redacted.make(key) })
      assert.strictEqual(Redacted.value(apiKey), key)
    }),
  )

  for (const [what, text] of [
    ["a line break", `${key}\nX-Injected: 1`],
    ["a space", `${key} ${key}`],
    ["a zero-width space", `${key}\u200b`],
    ["a typographic quote", `“${key}”`],
  ]) {
    it(`with ${what} is refused, and not repeated`, () => {
      const error = Result.getOrThrow(Result.flip(parseApiKey(text as string)))
      assert.strictEqual(error.reason._tag, "InvalidConfig")
      assert.notInclude(error.message + error.hint, key)
    })
  }
})

describe("a base URL", () => {
  for (const url of [
    "https://api.mixpeek.com",
    "https://proxy.example.com/mixpeek/",
    "http://127.0.0.1:8080",
    "http://localhost",
    "http://[::1]:1",
  ]) {
    it(`${url} is accepted`, () => {
      assert.isTrue(Result.isSuccess(parseBaseUrl(url)))
    })
  }

  for (const url of [
    "http://api.mixpeek.com",
    "http://127.0.0.1.evil.example",
    "http://localhost.evil.example",
    "http://128.0.0.1",
    "ftp://127.0.0.1",
    "file:///etc/passwd",
    "api.mixpeek.com",
    "",
  ]) {
    it(`${JSON.stringify(url)} is refused`, () => {
      assert.isTrue(Result.isFailure(parseBaseUrl(url)))
    })
  }

  it("with a password is refused, and the password not repeated", () => {
    const error = Result.getOrThrow(Result.flip(parseBaseUrl(`https://user:${key}@api.mixpeek.com`)))
    assert.notInclude(error.message + error.hint, key)
  })

  it.effect("that is not safe sends nothing, even when a program put it into the configuration itself", () =>
    Effect.gen(function* () {
      const script = new Script(emptyPage)
      const layer = script.layer({ baseUrl: new URL("http://api.mixpeek.com") })
      const error = yield* failure(
        Effect.provide(
          ask((mixpeek) => mixpeek.page()),
          layer,
        ),
      )
      assert.strictEqual(error.reason._tag, "InvalidConfig")
      assert.strictEqual(script.times.length, 0)
    }),
  )

  it.effect("may have a path, which stays in front", () =>
    Effect.gen(function* () {
      const script = new Script(emptyPage)
      const layer = script.layer({ baseUrl: new URL("https://proxy.example.com/mixpeek/") })
      yield* Effect.provide(
        ask((mixpeek) => mixpeek.page()),
        layer,
      )
      assert.match(script.urls[0] as string, /^https:\/\/proxy\.example\.com\/mixpeek\/v1\/alerts\/executions\?/)
    }),
  )
})

describe("the other settings", () => {
  it.effect("have defaults, and the environment may change the namespace", () =>
    Effect.gen(function* () {
      const config = yield* read({ MIXPEEK_API_KEY: key, MIXPEEK_NAMESPACE: "ns_1" })
      assert.strictEqual(config.namespace, "ns_1")
      assert.strictEqual(config.baseUrl.href, "https://api.mixpeek.com/")
      assert.strictEqual(config.observed, false)
      assert.strictEqual((yield* read({ MIXPEEK_API_KEY: key })).namespace, null)
    }),
  )

  it.effect("refuse a namespace that would not fit into a header", () =>
    Effect.gen(function* () {
      const error = yield* Effect.flip(read({ MIXPEEK_API_KEY: key, MIXPEEK_NAMESPACE: "a b" }))
      assert.deepInclude(error.reason, { _tag: "InvalidConfig", setting: "MIXPEEK_NAMESPACE" })
      assert.strictEqual(error.message, "The namespace contains a space or a control character.")
    }),
  )

  it.effect("switch observation on with an OTLP endpoint", () =>
    Effect.gen(function* () {
      assert.isTrue(
        (yield* read({ MIXPEEK_API_KEY: key, OTEL_EXPORTER_OTLP_ENDPOINT: "http://127.0.0.1:4318" })).observed,
      )
    }),
  )

  for (const number of [0, -1, Number.NaN, 1e12, Number.POSITIVE_INFINITY]) {
    it.effect(`work although a program gives ${number} for a limit`, () =>
      Effect.gen(function* () {
        const script = new Script(emptyPage)
        const timeouts = {
          connectMillis: number,
          headersMillis: number,
          bodyIdleMillis: number,
          attemptMillis: number,
          totalMillis: 1e12,
        }
        const concurrency = Math.min(1e6, number)
        const page = yield* Effect.provide(
          ask((mixpeek) => mixpeek.page()),
          script.layer({ timeouts, concurrency }),
        )
        assert.deepStrictEqual(page.records, [])
      }),
    )
  }
})
