import { afterAll, assert, beforeAll, describe, it } from "@effect/vitest"
import { mkdirSync, mkdtempSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { count, type FakeMixpeek, idAt, key, sample, sendJson, startFake } from "./FakeMixpeek.ts"
import { runProgram } from "./Program.ts"

let fake: FakeMixpeek
beforeAll(async () => void (fake = await startFake()))
afterAll(() => fake.close())

const env = (more: Record<string, string> = {}) => ({ MIXPEEK_API_KEY: key, MIXPEEK_BASE_URL: fake.url, ...more })
const newest = idAt(count - 1)

describe("get", () => {
  it("prints the server's text exactly with --json", async () => {
    const { code, stderr, stdout } = await runProgram(["get", newest, "--json"], env())
    assert.deepStrictEqual({ code, stderr, stdout }, { code: 0, stderr: "", stdout: `${sample.json(count - 1)}\n` })
  })

  it("takes several IDs and URLs and keeps their order", async () => {
    const urls = [newest, `https://app.mixpeek.com/x/executions/${idAt(3)}?tab=1`]
    const { code, stdout } = await runProgram(["get", ...urls, "--json"], env())
    assert.strictEqual(code, 0)
    assert.strictEqual(stdout, `[\n${sample.json(count - 1)},\n${sample.json(3)}\n]\n`)
  })

  it("prints tab-separated values with a header into a pipe", async () => {
    const { stdout } = await runProgram(["get", newest], env())
    const [header, row] = stdout.split("\n").map((line) => line.split("\t"))
    assert.deepStrictEqual(header?.slice(0, 2), ["execution_key", "execution_id"])
    assert.deepStrictEqual(row?.slice(0, 2), [newest, newest])
    assert.strictEqual(header?.length, row?.length)
  })

  it("says what was not found, what to do, and the request ID, and ends with 66", async () => {
    const { code, stderr, stdout } = await runProgram(["get", "exec_nope", newest, "--json"], env())
    assert.strictEqual(code, 66)
    assert.strictEqual(stdout, `[\n${sample.json(count - 1)}\n]\n`)
    const { error } = JSON.parse(stderr)
    assert.strictEqual(error.tag, "NotFound")
    assert.strictEqual(error.requestId, "req_fake_1")
    assert.include(
      (await runProgram(["get", "exec_nope"], env())).stderr,
      "NotFound: Mixpeek does not know execution exec_nope.",
    )
  })

  it("ends with 77 without a key and with a key that is not accepted", async () => {
    const none = await runProgram(["get", newest], { MIXPEEK_BASE_URL: fake.url })
    assert.strictEqual(none.code, 77)
    assert.match(none.stderr, /^NoKey: .*MIXPEEK_API_KEY/)
    const wrong = await runProgram(["get", newest], env({ MIXPEEK_API_KEY: "sk_wrong_key_9999" }))
    assert.strictEqual(wrong.code, 77)
    assert.match(wrong.stderr, /^Unauthorized: /)
  })

  it("ends with 78 for a base URL that would send the key in the clear", async () => {
    const { code, stderr } = await runProgram(["get", newest], env({ MIXPEEK_BASE_URL: "http://example.com" }))
    assert.strictEqual(code, 78)
    assert.match(stderr, /^InvalidConfig: .*in the clear/)
  })

  it("ends with 69 when nobody listens", async () => {
    const unreachable = { MIXPEEK_API_KEY: key, MIXPEEK_BASE_URL: "http://127.0.0.1:9" }
    const { code, stderr } = await runProgram(["get", newest, "--timeout", "1"], unreachable)
    assert.strictEqual(code, 69)
    assert.match(stderr, /^Unreachable: /)
  })

  it("ends with 64 for what is not an ID, before anything is sent", async () => {
    const before = fake.requests.length
    for (const bad of ["a/b", "../x", "", "x y"]) {
      const { code, stderr } = await runProgram(["get", bad], env())
      assert.strictEqual(code, 64, bad)
      assert.match(stderr, /^Usage: .*\n$/)
    }
    assert.strictEqual(fake.requests.length, before)
  })

  it("prints a record that does not fit with --json, and says so otherwise with 65", async () => {
    fake.script = (_, response) => sendJson(response, 200, '{"execution_id":"exec_odd","alert_id":7,"executed_at":1.0}')
    const raw = await runProgram(["get", "exec_odd", "--json"], env())
    assert.deepStrictEqual([raw.code, raw.stdout], [0, '{"execution_id":"exec_odd","alert_id":7,"executed_at":1.0}\n'])
    const human = await runProgram(["get", "exec_odd"], env())
    assert.strictEqual(human.code, 65)
    assert.match(human.stderr, /does not fit: .* at \.alert_id/)
    fake.script = null
  })

  it("passes the namespace on and lets a flag win over the environment", async () => {
    const seen: Array<unknown> = []
    fake.script = (request) => {
      seen.push(request.headers["x-namespace"])
      return false
    }
    await runProgram(["get", newest, "--json", "--namespace", "ns_flag"], env({ MIXPEEK_NAMESPACE: "ns_env" }))
    await runProgram(["get", newest, "--json"], env({ MIXPEEK_NAMESPACE: "ns_env" }))
    fake.script = null
    assert.deepStrictEqual(seen, ["ns_flag", "ns_env"])
  })

  it("never shows the key, whatever goes wrong", async () => {
    fake.script = (_, response) => sendJson(response, 500, `{"error":{"message":"key ${key} is odd"}}`)
    const runs = await Promise.all([
      runProgram(["get", newest, "--timeout", "1"], env()),
      runProgram(["get", newest, "--timeout", "1", "--json"], env()),
      runProgram(["config"], env()),
      runProgram(["config", "--json"], env()),
    ])
    fake.script = null
    for (const { stderr, stdout } of runs) assert.notInclude(stdout + stderr, key)
    assert.match(runs[2]?.stdout ?? "", /apiKey\tsk_…def\tMIXPEEK_API_KEY/)
  })
})

describe("the command line", () => {
  it("answers --version and --help on stdout with 0", async () => {
    const version = await runProgram(["--version"])
    assert.match(version.stdout, /^mixpeek-alerts \d+\.\d+\.\d+\n$/)
    const help = await runProgram(["--help"])
    assert.deepStrictEqual([help.code, help.stderr], [0, ""])
    assert.isBelow(help.stdout.indexOf("EXAMPLES"), help.stdout.indexOf("FLAGS"))
    assert.include(help.stdout, "EXIT CODES")
  })

  it("answers what it does not understand with one line on stderr and 64", async () => {
    for (const args of [
      ["--jsno"],
      ["get"],
      ["gett", "exec_1"],
      ["gte"],
      ["get", "exec_1", "--jsno"],
      ["get", "exec_1", "--timeout", "0"],
    ]) {
      const { code, stderr, stdout } = await runProgram(args)
      assert.deepStrictEqual([code, stdout], [64, ""], args.join(" "))
      assert.match(stderr, /^Usage: [^\n]+\n$/)
    }
    assert.include((await runProgram(["get", "exec_1", "--jsno"])).stderr, "Did you mean --json?")
    assert.include((await runProgram(["gett"])).stderr, "Did you mean get?")
  })

  it("needs a terminal for the screen, and says what to use instead", async () => {
    for (const args of [[], [newest], ["--demo"]]) {
      const { code, stderr, stdout } = await runProgram(args, env())
      assert.deepStrictEqual([code, stdout], [64, ""])
      assert.match(stderr, /^NoTerminal: .*mixpeek-alerts get/)
    }
  })

  it("reads the config file after the environment, and tells where each value is from", async () => {
    const home = mkdtempSync(join(tmpdir(), "mixpeek-alerts-config-"))
    mkdirSync(join(home, "mixpeek-alerts"))
    const file = join(home, "mixpeek-alerts", "config.json")
    writeFileSync(file, JSON.stringify({ apiKey: "sk_from_the_file_42", namespace: "ns_file" }))
    const { stdout } = await runProgram(["config", "--json"], { XDG_CONFIG_HOME: home, MIXPEEK_NAMESPACE: "ns_env" })
    assert.deepInclude(JSON.parse(stdout), {
      apiKey: { value: "sk_…_42", origin: file },
      namespace: { value: "ns_env", origin: "MIXPEEK_NAMESPACE" },
      baseUrl: { value: "https://api.mixpeek.com", origin: "default" },
      configFile: file,
    })
    writeFileSync(file, "{")
    const broken = await runProgram(["config"], { XDG_CONFIG_HOME: home })
    assert.strictEqual(broken.code, 78)
    assert.match(broken.stderr, /^InvalidConfig: The config file .* is not JSON\./)
  })

  it("does not fail when the reader of a pipe goes away", async () => {
    const { execFileSync } = await import("node:child_process")
    const { entry } = await import("./Program.ts")
    const script = `"${process.execPath}" "${entry}" get --demo ${Array.from({ length: 40 }, (_, index) => idAt(index)).join(" ")} --json 2>&1 | head -c 10; echo " \${PIPESTATUS[0]}"`
    const output = execFileSync("bash", ["-c", script], { encoding: "utf8" })
    assert.match(output, / 0\n$/)
    assert.notInclude(output, "EPIPE")
  })
})

describe("latest", () => {
  it("says that there are no executions, and ends with 66", async () => {
    fake.script = (_, response) =>
      sendJson(response, 200, '{"results":[],"pagination":{"next_cursor":null},"total_count":0}')
    const { code, stderr, stdout } = await runProgram(["latest"], env())
    fake.script = null
    assert.deepStrictEqual([code, stdout], [66, ""])
    assert.match(stderr, /^NotFound: There are no executions yet\. An alert runs when .+\.\n$/)
  })
})
