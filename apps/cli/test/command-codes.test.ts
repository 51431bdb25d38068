/** Each exit code of the table that a command can end with: 80 to 82 are the exporter's, 70 is in terminal-end.test.ts. */
import { assert, beforeAll, describe, it } from "@effect/vitest"
import { spawn } from "node:child_process"
import { mkdtempSync, openSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { afterAll } from "vitest"
import { make } from "@mixpeek-alerts/domain/Sample"
import { cleanEnv, type Ended, entry, runProgram } from "./Program.ts"
import { type Sandbox, startSandbox } from "./Sandbox.ts"

const executions = 50
const sample = make(7)
const newest = sample.executionId(executions - 1)

let sandbox: Sandbox
beforeAll(async () => void (sandbox = await startSandbox("--executions", String(executions))), 60_000)
afterAll(() => sandbox[Symbol.asyncDispose]())

const run = (...args: ReadonlyArray<string>): Promise<Ended> => runProgram(args, sandbox.env)

/** Runs with standard output in a file that takes nothing. */
const intoFull = (...args: ReadonlyArray<string>): Promise<Ended> =>
  new Promise((resolve) => {
    const env = cleanEnv(sandbox.env)
    const child = spawn(process.execPath, [entry, ...args], {
      env,
      stdio: ["ignore", openSync("/dev/full", "w"), "pipe"],
    })
    let stderr = ""
    child.stderr?.setEncoding("utf8").on("data", (text: string) => (stderr += text))
    child.on("close", (code) => resolve({ code, stdout: "", stderr }))
  })

/** Starts a watch, and sends it a signal when it says that it has begun. */
const signalled = (signal: NodeJS.Signals): Promise<number | null> =>
  new Promise((resolve) => {
    const child = spawn(process.execPath, [entry, "watch", "--since-id", sample.executionId(executions - 2)], {
      env: cleanEnv(sandbox.env),
      stdio: ["ignore", "pipe", "ignore"],
    })
    child.stdout.once("data", () => child.kill(signal))
    child.on("close", resolve)
  })

const codes = async (...runs: ReadonlyArray<Promise<Ended>>): Promise<ReadonlyArray<number | null>> =>
  (await Promise.all(runs)).map(({ code }) => code)

describe("a command ends with", () => {
  it("0 when it is done, and 10 when a condition decided", async () => {
    assert.deepStrictEqual(
      await codes(
        run("list", "--all"),
        run("list", "--all", "--fail-on", "score>1"),
        run("list", "--all", "--fail-on", "triggered"),
        run("list", "--all", "--not-triggered", "--fail-on", "triggered"),
        run("latest", "--alert", "quiet", "--fail-on", "not-triggered"),
        run("get", newest, "--fail-on", "took>0"),
        run("watch", "--since-id", sample.executionId(0), "--until", "triggered"),
      ),
      [0, 0, 10, 0, 66, 10, 10],
    )
  })

  it("64 for what makes no sense, before anything is sent", async () => {
    const before = await sandbox.requests()
    const ended = await Promise.all([
      run("list", "-o", "yaml"),
      run("list", "--limit", "0"),
      run("list", "--where", "scor:>1"),
      run("list", "--triggered", "--not-triggered"),
      run("list", "--fields", "alertid"),
      run("list", "--fields", "alert_id", "--pick", "alert_id"),
      run("list", "--pick", "a..b"),
      run("watch", "--until", "soon"),
      run("matches", newest, "--min-score", "2"),
      run("config", "set", "apiKey", "sk_on_the_command_line"),
      run("config", "set", "colour", "red"),
      run("list", "--alert", " "),
      run("list", "--pick", "alert_id", "-o", "csv"),
      run("list", "--fields", "alert_id", "-o", "ids"),
      run("lst"),
      run("get", "-"),
    ])
    const says = [
      "yaml",
      "limit",
      'There is no field "scor".',
      "--triggered and --not-triggered exclude each other.",
      'There is no field "alertid".',
      "--fields and --pick exclude each other.",
      '"a..b" is not a path.',
      '"soon" is not a condition.',
      "--min-score 2 is not a score.",
      "A key on the command line stays in the shell's history and was not stored.",
      'There is no setting "colour".',
      "The alert's name is empty, too long, or holds a control character.",
      "--pick prints values, which are not csv.",
      "--fields does not go with -o ids, which is what it is.",
      'There is no command "lst".',
      "Standard input: The list holds no execution ID.",
    ]
    for (const [index, { code, stderr, stdout }] of ended.entries()) {
      assert.include(stderr, says[index] as string)
      assert.deepStrictEqual([code, stdout], [64, ""], stderr)
      assert.match(stderr, /^Usage: [^\n]+\n$/)
      assert.notInclude(stderr, "sk_on_the_command_line")
    }
    assert.strictEqual(await sandbox.requests(), before)
  })

  it("66 for what Mixpeek does not know", async () => {
    const ended = await Promise.all([
      run("get", "exec_none"),
      run("list", "--alert", "nobody"),
      run("watch", "--since-id", "exec_none"),
    ])
    assert.deepStrictEqual(
      ended.map(({ code }) => code),
      [66, 66, 66],
    )
    assert.include(ended[2]?.stderr, "exec_none is not among the executions.")
  })

  it("69 when nobody answers, 76 when something else does, and 65 when a record does not fit", async () => {
    const nobody = runProgram(["latest", "--timeout", "1s"], { ...sandbox.env, MIXPEEK_BASE_URL: "http://127.0.0.1:9" })
    await sandbox.faults({ "html-200": "next:1" })
    assert.deepStrictEqual(await codes(nobody, run("latest")), [69, 76])
    await sandbox.faults({ "bad-record": { next: 1, kind: "wrong-type" } })
    const bent = await run("get", newest, "-o", "csv")
    assert.match(bent.stderr, /^Malformed: The record exec_\w+ does not fit: .+\.\s/)
    await sandbox.faults({ "bad-record": { next: 2 } })
    const [rows, lines] = [await run("list", "-o", "csv"), await run("list", "-o", "ndjson")]
    await sandbox.faults({})
    assert.deepStrictEqual([rows.code, lines.code], [65, 0])
    assert.match(
      rows.stderr,
      /^Malformed: 1 of the 30 records that were read do not fit and were left out; the first: .+\.\s/,
    )
    assert.strictEqual(lines.stdout.trimEnd().split("\n").length, 30)
  })

  it("73 when a file cannot be made, and 74 when the disk is full", async () => {
    const file = join(mkdtempSync(join(tmpdir(), "mixpeek-alerts-codes-")), "file")
    writeFileSync(file, "")
    const config = runProgram(["config", "set", "namespace", "x"], { XDG_CONFIG_HOME: file })
    const full = await intoFull("list", "--all")
    assert.deepStrictEqual([(await config).code, full.code], [73, 74])
    assert.match((await config).stderr, /^Io: The config file \S+ cannot be written \(E[A-Z]+\)\./)
    assert.match(full.stderr, /^Io: The output could not be written \(ENOSPC\)\. Make room, or write it elsewhere\./)
    rmSync(file)
  })

  it("75 when the requests or the time are used up, with where to go on", async () => {
    const [requests, time, limited] = await Promise.all([
      run("list", "--all", "--where", "score:>0", "--max-requests", "1", "--limit", "3"),
      run("watch", "--until", "score>1", "--timeout", "200ms"),
      run("list", "--max-requests", "1", "--sort", "time", "--all", "--verbose"),
    ])
    assert.deepStrictEqual([requests.code, time.code, limited.code], [0, 75, 0])
    assert.match(time.stderr, new RegExp(`Go on with --since-id ${newest}`))
    assert.match(limited.stderr, /^1 request/m)
    await using small = await startSandbox("--executions", "2500")
    const cut = await runProgram(["list", "--all", "-o", "ids", "--max-requests", "2"], small.env)
    assert.strictEqual(cut.code, 75)
    const cursor = /go on with --cursor (\S+)/.exec(cut.stderr)?.[1] ?? ""
    const rest = await runProgram(["list", "--all", "-o", "ids", "--cursor", cursor], small.env)
    const whole = await runProgram(["list", "--all", "-o", "ids"], small.env)
    assert.strictEqual(cut.stdout + rest.stdout, whole.stdout)
  })

  it("78 on a Node that is too old, before anything of it is loaded", async () => {
    const old = `Object.defineProperty(process, "versions", { value: { ...process.versions, node: "22.18.0" } })`
    const preload = `data:text/javascript;base64,${Buffer.from(old).toString("base64")}`
    const { code, stderr } = await runProgram(["--version"], { NODE_OPTIONS: `--import=${preload}` })
    assert.match(stderr, /^OldNode: mixpeek-alerts needs Node 22\.19 or newer; this is v\S+\.\n$/)
    assert.strictEqual(code, 78)
  })

  it("77 without a key that is accepted, and 78 for settings that cannot work", async () => {
    const { MIXPEEK_API_KEY: _, ...keyless } = sandbox.env
    assert.deepStrictEqual(
      await codes(
        runProgram(["list"], keyless),
        runProgram(["list"], { ...sandbox.env, MIXPEEK_API_KEY: "sk_wrong" }),
        runProgram(["list"], { ...sandbox.env, MIXPEEK_BASE_URL: "http://example.com" }),
        runProgram(["config", "set", "baseUrl", "http://example.com"]),
      ),
      [77, 77, 78, 78],
    )
    const [namespace, unset] = await Promise.all([
      runProgram(["config", "set", "namespace", "a b"]),
      runProgram(["config", "get", "namespace"]),
    ])
    assert.include(unset.stderr, "namespace is not set in the config file.")
    assert.include(namespace.stderr, "The namespace contains a space or a control character.")
    assert.strictEqual(namespace.code, 78)
  })

  it("130, 143 and 129 for signals", async () => {
    assert.deepStrictEqual(
      await Promise.all([signalled("SIGINT"), signalled("SIGTERM"), signalled("SIGHUP")]),
      [130, 143, 129],
    )
  })

  it("a JSON object on stderr for programs, and one line for people", async () => {
    const [json, ndjson, usage, people] = await Promise.all([
      run("get", "exec_none", "-o", "json"),
      run("get", "exec_none", "-o", "ndjson"),
      run("list", "-o", "json", "--limit", "none"),
      run("list", "--limit", "none"),
    ])
    for (const { code, stderr } of [json, ndjson, usage])
      assert.strictEqual((JSON.parse(stderr) as { error: { exitCode: number } }).error.exitCode, code)
    assert.match(people.stderr, /^Usage: [^\n]+\n$/)
  })
})
