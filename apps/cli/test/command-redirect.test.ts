/** What becomes of output that is read only in part, slowly, or by a pager. */
import { assert, afterAll, beforeAll, describe, it } from "@effect/vitest"
import { execFile, spawn } from "node:child_process"
import { promisify } from "node:util"
import { cleanEnv, entry } from "./Program.ts"
import { runOnTerminals } from "./Pty.ts"
import { type Sandbox, startSandbox } from "./Sandbox.ts"

let sandbox: Sandbox
beforeAll(async () => void (sandbox = await startSandbox("--executions", "1000000")), 60_000)
afterAll(() => sandbox[Symbol.asyncDispose]())

const bash = async (script: string): Promise<{ stdout: string; stderr: string }> =>
  promisify(execFile)("bash", ["-c", script], {
    env: { ...cleanEnv(sandbox.env), PROGRAM: `${process.execPath} ${entry}` },
  })

describe("a list of a million executions", () => {
  it("ends with its reader, after one request", async () => {
    const before = await sandbox.requests()
    const { stderr, stdout } = await bash('$PROGRAM list --limit 1000000 | head -1; echo "${PIPESTATUS[0]}"')
    assert.match(stdout, /^execution_key\t.*\n0\n$/)
    assert.strictEqual(stderr, "")
    assert.strictEqual(await sandbox.requests(), before + 1)
  })

  it("does not run ahead of a reader that stops reading", async () => {
    const before = await sandbox.requests()
    const child = spawn(process.execPath, [entry, "list", "--limit", "1000000", "-o", "ndjson"], {
      env: cleanEnv(sandbox.env),
      stdio: ["ignore", "pipe", "ignore"],
    })
    await new Promise<void>((resolve) => void child.stdout.once("data", () => resolve()))
    child.stdout.pause()
    // A second program gets its answer while the first waits for its reader.
    await bash("$PROGRAM latest > /dev/null")
    assert.isAtMost(await sandbox.requests(), before + 3)
    const closed = new Promise((resolve) => child.once("exit", resolve))
    child.kill("SIGKILL")
    await closed
  })

  it("goes through pipes whole: IDs of a list are what get reads", async () => {
    const { stdout } = await bash(
      "diff <($PROGRAM list -n 5 -o ids | $PROGRAM get - -o ndjson) <($PROGRAM list -n 5 -o ndjson) && echo same",
    )
    assert.strictEqual(stdout, "same\n")
  })
})

describe("a table that is longer than the screen", () => {
  it("goes to the pager, and a short one does not", async () => {
    const env = { ...sandbox.env, MIXPEEK_ALERTS_PAGER: "sed 's/^/paged: /'" }
    const [long, short, asked, left, typed] = await runOnTerminals([
      { args: ["list", "-n", "40"], env, rows: 20 },
      { args: ["list", "-n", "5"], env, rows: 20 },
      { args: ["list", "-n", "40", "--no-pager"], env, rows: 20 },
      { args: ["list", "--limit", "1000000"], env: { ...env, MIXPEEK_ALERTS_PAGER: "head -2" }, rows: 20 },
      { args: ["get", "-"], env },
    ])
    const shown = `${typed?.stdout}${typed?.stderr}`
    assert.include(shown, "- reads IDs from standard input, which is this terminal.")
    const lines = (text = ""): ReadonlyArray<string> => text.trimEnd().split("\n")
    assert.strictEqual(lines(long?.stdout).filter((line) => line.startsWith("paged: ")).length, 41)
    assert.notInclude(short?.stdout, "paged")
    assert.notInclude(asked?.stdout, "paged")
    assert.deepStrictEqual([left?.code, lines(left?.stdout).length], [0, 2])
  })
})
