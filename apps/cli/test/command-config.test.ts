/** `config get`, `set` and `path`. */
import { assert, describe, it } from "@effect/vitest"
import { mkdtempSync, readFileSync, statSync } from "node:fs"
import { execFileSync } from "node:child_process"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { cleanEnv, entry, runProgram } from "./Program.ts"

describe("the config file", () => {
  it("is written by config set, read by config get, and only its owner may read it", async () => {
    const env = { XDG_CONFIG_HOME: mkdtempSync(join(tmpdir(), "mixpeek-alerts-config-")) }
    const file = (await runProgram(["config", "path"], env)).stdout.trim()
    assert.strictEqual(file, join(env.XDG_CONFIG_HOME, "mixpeek-alerts", "config.json"))
    assert.strictEqual((await runProgram(["config", "get", "namespace"], env)).code, 66)
    assert.strictEqual((await runProgram(["config", "set", "namespace", "ns_video"], env)).code, 0)
    execFileSync(process.execPath, [entry, "config", "set", "apiKey", "-"], {
      env: cleanEnv(env),
      input: "sk_canary_0123456789\n",
    })
    assert.strictEqual(statSync(file).mode & 0o777, 0o600)
    assert.deepStrictEqual(JSON.parse(readFileSync(file, "utf8")), {
      namespace: "ns_video",
      apiKey: "sk_canary_0123456789",
    })
    const [namespace, key] = await Promise.all([
      runProgram(["config", "get", "namespace"], env),
      runProgram(["config", "get", "apiKey"], env),
    ])
    assert.deepStrictEqual([namespace.stdout, key.stdout], ["ns_video\n", "sk_…789\n"])
    await runProgram(["config", "set", "namespace", ""], env)
    assert.deepStrictEqual(Object.keys(JSON.parse(readFileSync(file, "utf8")) as object), ["apiKey"])
  })

  it("takes no setting that it does not know, and suggests one", async () => {
    const { code, stderr } = await runProgram(["config", "set", "baseURL", "https://x"])
    assert.strictEqual(code, 64)
    assert.include(stderr, "Did you mean baseUrl?")
  })
})
