/** `doctor`: each thing that can be wrong, what it says to do, and its exit code. */
import { assert, afterAll, beforeAll, describe, it } from "@effect/vitest"
import { terminalChecks } from "../src/commands/doctor/TerminalChecks.ts"
import { runProgram } from "./Program.ts"
import { type Sandbox, startSandbox } from "./Sandbox.ts"

let sandbox: Sandbox
beforeAll(async () => void (sandbox = await startSandbox("--executions", "30", "--rpm", "600")), 60_000)
afterAll(() => sandbox[Symbol.asyncDispose]())

interface Report {
  readonly ok: boolean
  readonly exit_code: number
  readonly checks: ReadonlyArray<{
    readonly check: string
    readonly status: string
    readonly found: string
    readonly hint: string
    readonly exit_code: number
  }>
}

/** The checks that are not as they should be, and the exit code. */
const troubles = async (env: Record<string, string>, ...args: ReadonlyArray<string>) => {
  const { code, stdout } = await runProgram(["doctor", "--json", ...args], { ...sandbox.env, ...env })
  const report = JSON.parse(stdout) as Report
  assert.strictEqual(report.exit_code, code)
  assert.strictEqual(report.ok, code === 0)
  const bad = report.checks.filter(({ status }) => status === "warn" || status === "fail")
  for (const { check, hint } of bad) assert.isNotEmpty(hint, check)
  const said = bad.map(({ found }) => found).join("\n")
  return { code, checks: report.checks, said, bad: bad.map(({ check, status }) => `${check} ${status}`) }
}

describe("doctor", () => {
  it("finds nothing wrong when nothing is, and tells what is left of the limit", async () => {
    const { bad, checks, code } = await troubles({})
    assert.deepStrictEqual([code, bad], [0, []])
    assert.match(checks.find(({ check }) => check === "limits")?.found ?? "", /^\d+ of 600 requests left/)
    assert.include(checks.find(({ check }) => check === "schema")?.found, "30 executions")
  })

  it("tells a missing key, a wrong one, another namespace, and an endpoint that would leak the key", async () => {
    const [none, wrong, namespace, leak] = await Promise.all([
      troubles({ MIXPEEK_API_KEY: "" }),
      troubles({ MIXPEEK_API_KEY: "sk_wrong_canary_1234" }),
      troubles({ MIXPEEK_NAMESPACE: "ns_other" }),
      troubles({ MIXPEEK_BASE_URL: "http://example.com" }),
    ])
    assert.deepStrictEqual([none.code, none.bad], [77, ["key fail"]])
    assert.match(none.said, /^No API key was found; looked at .*MIXPEEK_API_KEY.*\.$/)
    assert.deepStrictEqual([wrong.code, wrong.bad], [77, ["access fail"]])
    assert.deepStrictEqual([namespace.code, namespace.bad], [66, ["access fail"]])
    assert.deepStrictEqual([leak.code, leak.bad], [78, ["endpoint fail"]])
    assert.notInclude(JSON.stringify(wrong.checks), "canary")
  })

  it("tells a name that is not known, a host that does not trust, and a proxy that is none", async () => {
    const [dns, tls, proxy, closed] = await Promise.all([
      troubles({ MIXPEEK_BASE_URL: "https://mixpeek.invalid" }, "--timeout", "3s"),
      troubles({ MIXPEEK_BASE_URL: sandbox.url.replace("http:", "https:") }, "--timeout", "3s"),
      troubles({ MIXPEEK_BASE_URL: "https://mixpeek.invalid", HTTPS_PROXY: "socks://user:secret@x" }),
      troubles({ MIXPEEK_BASE_URL: "http://127.0.0.1:9" }, "--timeout", "1s"),
    ])
    assert.deepStrictEqual([dns.code, dns.bad], [69, ["dns fail"]])
    assert.deepStrictEqual([tls.code, tls.bad], [69, ["tls fail"]])
    assert.deepStrictEqual([proxy.code, proxy.bad], [78, ["proxy fail"]])
    assert.notInclude(JSON.stringify(proxy.checks), "secret")
    assert.deepStrictEqual([closed.code, closed.bad], [69, ["clock fail"]])
    assert.strictEqual(dns.said, "The name mixpeek.invalid could not be resolved.")
    assert.match(tls.said, /^No trusted connection to \S+ could be made \(.+\)\.$/)
    assert.strictEqual(proxy.said, "HTTPS_PROXY is not the URL of a proxy.")
    assert.strictEqual(closed.said, "http://127.0.0.1:9 does not answer.")
  })

  it("tells a clock that is wrong, and records that do not fit", async () => {
    await sandbox.faults({ "clock-skew": { seconds: 3600 }, "bad-record": {} })
    const { bad, checks, code, said } = await troubles({})
    await sandbox.faults({})
    assert.deepStrictEqual([code, bad], [65, ["clock warn", "schema fail"]])
    assert.match(said, /^\d+ of \d+ executions do not fit: .+\.$/m)
    assert.match(checks.find(({ check }) => check === "clock")?.found ?? "", /36\d\d s behind the server/)
  })

  it("sends nothing with --offline", async () => {
    const before = await sandbox.requests()
    const { bad, code } = await troubles({}, "--offline")
    assert.deepStrictEqual([code, bad], [0, []])
    assert.strictEqual(await sandbox.requests(), before)
  })

  it("tells what a terminal cannot do", () => {
    const found = (output: object, env: Record<string, string>): ReadonlyArray<string> =>
      terminalChecks({ isTTY: true, columns: 80, rows: 24, getColorDepth: () => 8, ...output }, { isTTY: true }, env)
        .filter(({ status }) => status !== "ok")
        .map(({ name, status }) => `${name} ${status}`)
    assert.deepStrictEqual(found({}, { LANG: "C.UTF-8", TERM: "xterm-256color" }), [])
    assert.deepStrictEqual(found({}, { LANG: "C", TERM: "xterm" }), ["characters warn"])
    assert.deepStrictEqual(found({ columns: 20, rows: 5, getColorDepth: () => 1 }, { LC_ALL: "de_DE.utf8" }), [
      "size warn",
      "colours warn",
    ])
    assert.deepStrictEqual(found({}, { TERM: "dumb" }), ["terminal warn"])
    assert.deepStrictEqual(found({ isTTY: false }, {}), ["terminal skip"])
  })
})
