/** `watch`: what arrives, what was missed, when it ends, and how often it looks. */
import { assert, afterAll, beforeAll, describe, it } from "@effect/vitest"
import { ExecutionId, parseRecord } from "@mixpeek-alerts/domain"
import { make } from "@mixpeek-alerts/domain/Sample"
import { Result } from "effect"
import { spawn } from "node:child_process"
import { WatchLog } from "../src/commands/WatchLog.ts"
import { intervalOf } from "../src/live/Pace.ts"
import { cleanEnv, type Ended, entry } from "./Program.ts"
import { type Sandbox, startSandbox } from "./Sandbox.ts"

const executions = 20
const sample = make(7)
const idAt = (index: number): string => sample.executionId(index)

let sandbox: Sandbox
beforeAll(async () => void (sandbox = await startSandbox("--executions", String(executions))), 60_000)
afterAll(() => sandbox[Symbol.asyncDispose]())

/** A watch that runs while something happens: `when` is called with each piece of its output or messages. */
const watching = (
  args: ReadonlyArray<string>,
  when: (said: string, stop: () => void) => void,
  env = sandbox.env,
): Promise<Ended> =>
  new Promise((resolve) => {
    const child = spawn(process.execPath, [entry, "watch", ...args], {
      env: cleanEnv(env),
      stdio: ["ignore", "pipe", "pipe"],
    })
    let stdout = ""
    let stderr = ""
    const stop = () => void child.kill("SIGINT")
    child.stdout.setEncoding("utf8").on("data", (text: string) => {
      stdout += text
      when(stdout + stderr, stop)
    })
    child.stderr.setEncoding("utf8").on("data", (text: string) => {
      stderr += text
      when(stdout + stderr, stop)
    })
    child.on("close", (code) => resolve({ code, stdout, stderr }))
  })

/** Calls `then` once, as soon as `what` was said. */
const once = (what: string, then: () => void): ((said: string) => void) => {
  let done = false
  return (said) => {
    if (done || !said.includes(what)) return
    done = true
    then()
  }
}

const records = (from: number, until: number) =>
  Array.from({ length: until - from }, (_, at) => Result.getOrThrow(parseRecord(sample.json(until - 1 - at))))

describe("watch", () => {
  it("prints each execution as it arrives, as a line at once, and tells where to go on", async () => {
    const first = idAt(executions - 1)
    const grow = once(first, () => void sandbox.grow(2))
    const { code, stderr, stdout } = await watching(
      ["-o", "ndjson", "--interval", "100ms", "--since-id", idAt(executions - 2)],
      (said, stop) => {
        grow(said)
        if (said.includes(idAt(executions + 1))) stop()
      },
    )
    assert.strictEqual(code, 130)
    const lines = stdout.trimEnd().split("\n")
    assert.deepStrictEqual(lines, [sample.json(executions - 1), sample.json(executions), sample.json(executions + 1)])
    assert.include(stderr, `"sinceId":"${idAt(executions + 1)}"`)
  })

  it("prints nothing that was there before it began, and ends when its condition is met", async () => {
    // The first of those that arrive that triggered.
    const triggered = Array.from({ length: 40 }, (_, at) => executions + 2 + at).find(
      (index) => (JSON.parse(sample.json(index)) as { triggered: boolean }).triggered && sample.hasId(index),
    ) as number
    const ready = once("Slower", () => void sandbox.grow(triggered - executions - 1))
    const { code, stdout } = await watching(
      ["-o", "ndjson", "--interval", "100ms", "--until", "triggered", "--rpm", "1000"],
      ready,
    )
    assert.strictEqual(code, 10)
    assert.include(stdout, idAt(triggered))
    assert.notInclude(stdout, idAt(executions - 1))
  })

  it("goes on through an outage, which it tells once", async () => {
    // A wait that is longer than a call may take is not begun, so each look fails at once.
    const fail = once(idAt(executions - 1), () => void sandbox.faults({ "503": { seconds: 200, next: 3 } }))
    const { code, stderr } = await watching(
      ["-o", "ids", "--interval", "100ms", "--since-id", idAt(executions - 2)],
      (said, stop) => {
        fail(said)
        if (said.includes("answers again")) stop()
      },
    )
    assert.strictEqual(code, 130)
    assert.strictEqual(stderr.match(/^ServerFault: /gm)?.length, 1)
  })

  it("ends when it may not read any more", async () => {
    const fail = once(idAt(executions - 1), () => void sandbox.faults({ "401-midrun": {} }))
    const { code, stderr } = await watching(
      ["-o", "ids", "--interval", "100ms", "--since-id", idAt(executions - 2)],
      fail,
    )
    await sandbox.faults({})
    assert.strictEqual(code, 77)
    assert.match(stderr, /^Unauthorized: /m)
  })

  it("says what it could not read back to", async () => {
    await using busy = await startSandbox("--executions", "12000")
    const { stderr } = await watching(
      ["-o", "ids", "--since-id", idAt(100), "--rpm", "100000", "--max-requests", "10"],
      () => {},
      busy.env,
    )
    assert.include(stderr, `Between ${idAt(100)} and what follows there are more executions than were read.`)
  })
})

describe("a watch log", () => {
  it("gives what is new, oldest first, and knows when pages do not join", () => {
    const log = new WatchLog(null)
    assert.isTrue(log.isEmpty)
    log.take(records(0, 5))
    assert.deepStrictEqual(log.take(records(2, 8)), { fresh: records(5, 8).toReversed(), joined: true })
    assert.strictEqual(log.lastId, idAt(7))
    assert.isFalse(log.take(records(20, 25)).joined)
    assert.deepStrictEqual(log.take(records(20, 25)).fresh, [])
  })

  it("goes on after an ID: only what is listed before it is new", () => {
    const log = new WatchLog(ExecutionId.make(idAt(3)))
    assert.deepStrictEqual(log.take(records(0, 6)), { fresh: records(4, 6).toReversed(), joined: true })
  })

  it("looks as often as was chosen, but uses at most half of the limit", () => {
    assert.strictEqual(intervalOf(15_000, null), 15_000)
    assert.strictEqual(intervalOf(15_000, 60), 15_000)
    assert.strictEqual(intervalOf(1000, 10), 12_000)
    assert.strictEqual(intervalOf(1000, 600), 1000)
  })
})
