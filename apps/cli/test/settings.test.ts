import { assert, describe, it } from "@effect/vitest"
import { chmodSync, mkdirSync, mkdtempSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { masked } from "../src/commands/Config.ts"
import { isMistyped, plainLaunch, themeOf, unfit } from "../src/Launch.ts"
import { problem } from "../src/Problem.ts"
import { reportJson, reportText } from "../src/Report.ts"
import { configPath, settle } from "../src/Settings.ts"

const folder = () => mkdtempSync(join(tmpdir(), "mixpeek-alerts-settings-"))

const home = (config: string | null): { env: Record<string, string>; file: string } => {
  const root = folder()
  mkdirSync(join(root, "mixpeek-alerts"))
  const file = join(root, "mixpeek-alerts", "config.json")
  if (config !== null) writeFileSync(file, config)
  return { env: { XDG_CONFIG_HOME: root }, file }
}

describe("settings", () => {
  it("come from flags, then the environment, then the config file, then the default", () => {
    const { env, file } = home('{"namespace":"c","baseUrl":"https://c","apiKey":"sk_c"}')
    const both = { ...env, MIXPEEK_NAMESPACE: "b", MIXPEEK_API_KEY: "sk_b" }
    assert.deepStrictEqual(settle({ namespace: "a" }, both).namespace, { value: "a", origin: "--namespace" })
    assert.deepStrictEqual(settle({}, both).namespace, { value: "b", origin: "MIXPEEK_NAMESPACE" })
    assert.deepStrictEqual(settle({}, env).namespace, { value: "c", origin: file })
    assert.deepStrictEqual(settle({}, both).apiKey, { value: "sk_b", origin: "MIXPEEK_API_KEY" })
    assert.deepStrictEqual(settle({}, env).baseUrl, { value: "https://c", origin: file })
    assert.strictEqual(settle({}, home(null).env).baseUrl.origin, "default")
  })

  it("read a key file, and take an empty variable for none", () => {
    const key = join(folder(), "key")
    writeFileSync(key, "sk_file\n")
    const { env } = home(null)
    assert.strictEqual(settle({ apiKeyFile: key }, { ...env, MIXPEEK_API_KEY: "sk_b" }).apiKey?.value, "sk_file")
    assert.strictEqual(settle({}, { ...env, MIXPEEK_API_KEY: "", MIXPEEK_API_KEY_FILE: key }).apiKey?.value, "sk_file")
    assert.isNull(settle({}, { ...env, MIXPEEK_API_KEY: " " }).apiKey)
  })

  it("say what is wrong with a file, with exit code 78", () => {
    const files = [
      ["", (file: string) => `The config file ${file} is not JSON.`],
      ["[]", (file: string) => `The config file ${file} is not a JSON object.`],
      ['"x"', (file: string) => `The config file ${file} is not a JSON object.`],
      ['{"apikey":"x"}', (file: string) => `The config file ${file} has an unknown setting "apikey".`],
      ['{"namespace":7}', (file: string) => `The setting namespace in ${file} is not text.`],
    ] as const
    for (const [text, says] of files) {
      const { env, file } = home(text)
      const found = settle({}, env).problem
      assert.strictEqual(found?.exitCode, 78, text)
      assert.strictEqual(found?.message, says(file))
      assert.include(found?.hint, "namespace")
    }
    const missing = settle({ apiKeyFile: "/nowhere/key" }, home(null).env).problem
    assert.include(missing?.message, "The key file /nowhere/key cannot be read (ENOENT).")
    const { env: folderEnv, file: folder } = home(null)
    mkdirSync(folder, { recursive: true })
    assert.strictEqual(settle({}, folderEnv).problem?.message, `The config file ${folder} cannot be read (EISDIR).`)
    if (process.getuid?.() !== 0) {
      const { env, file } = home("{}")
      chmodSync(file, 0)
      assert.include(settle({}, env).problem?.message, "EACCES")
    }
  })

  it("lie where XDG says, or in ~/.config", () => {
    assert.strictEqual(configPath({ HOME: "/h" }), "/h/.config/mixpeek-alerts/config.json")
    assert.strictEqual(configPath({ HOME: "/h", XDG_CONFIG_HOME: "/x" }), "/x/mixpeek-alerts/config.json")
  })

  it("show no more of a key than its last three characters", () => {
    assert.deepStrictEqual(["sk_0123456789abc", "0123456789abc", "sk_short", "", "sk_"].map(masked), [
      "sk_…abc",
      "…abc",
      "sk_…",
      "…",
      "sk_…",
    ])
  })
})

describe("a launch", () => {
  it("is recognised without the parser when it is nothing or one ID", () => {
    assert.strictEqual(plainLaunch([])?.target, null)
    assert.strictEqual(plainLaunch(["--demo"])?.demo, true)
    assert.strictEqual(plainLaunch(["exec_8f", "--demo"])?.target, "exec_8f")
    for (const args of [
      ["get"],
      ["get", "exec_1"],
      ["--help"],
      ["-n", "x"],
      ["--demo", "--demo"],
      ["exec_1", "exec_2"],
      ["a/b"],
      ["x y"],
      [""],
    ]) {
      assert.isNull(plainLaunch(args), args.join(" "))
    }
  })

  it("takes a word of letters for a command, and anything else for an ID", () => {
    assert.deepStrictEqual(["gett", "list-all", "exec_1", "8f3c", "https://x/executions/a"].map(isMistyped), [
      true,
      true,
      false,
      false,
      false,
    ])
  })

  it("needs a terminal on both sides that can place text", () => {
    const [yes, no] = [{ isTTY: true }, {}]
    assert.isNull(unfit({ TERM: "xterm" }, yes, yes))
    const found = [unfit({}, no, yes), unfit({}, yes, no), unfit({ TERM: "dumb" }, yes, yes)]
    assert.deepStrictEqual(
      found.map((one) => one?.exitCode),
      [64, 64, 64],
    )
    assert.strictEqual(found[0]?.message, "The input is not a terminal.")
    assert.strictEqual(found[1]?.message, "The output is not a terminal.")
    assert.include(found[2]?.message, "cannot place text on the screen.")
  })

  it("drops colours only for a NO_COLOR that is not empty", () => {
    assert.isTrue(themeOf({ NO_COLOR: "" }, false).color)
    assert.isFalse(themeOf({ NO_COLOR: "1" }, false).color)
    assert.isTrue(themeOf({ MIXPEEK_ALERTS_ASCII: "1" }, false).ascii)
  })
})

describe("a report", () => {
  const found = {
    ...problem("NotFound", 66, "Not \u001b[31mthere.", "Look again."),
    request: "GET /x",
    requestId: "req_1",
  }

  it("says what, what to do, and the request ID, and nothing that a terminal obeys", () => {
    assert.strictEqual(reportText(found), "NotFound: Not there.\n  Look again.\n  request ID req_1\n")
    assert.strictEqual(reportText(problem("Usage", 64, "No.", "Do.")), "Usage: No. Do.\n")
  })

  it("is one JSON object on one line for programs", () => {
    assert.deepInclude(JSON.parse(reportJson(found)).error, { tag: "NotFound", requestId: "req_1", exitCode: 66 })
    assert.strictEqual(reportJson(found).indexOf("\n"), reportJson(found).length - 1)
  })
})
