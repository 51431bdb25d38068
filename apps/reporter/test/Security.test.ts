/** A machine that others use too, and text that a server or another user wrote. The threats are in docs/security.md. */
import { Csv } from "@mixpeek-alerts/domain"
import { Effect } from "effect"
import {
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs"
import { join } from "node:path"
import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { failureText } from "../src/Console.ts"
import { printable } from "../src/Printable.ts"
import * as Progress from "../src/Progress.ts"
import { fail } from "../src/ReporterError.ts"
import { run, runExport, scratch } from "./Reporter.ts"
import { type Server, startServer } from "./Server.ts"

let server: Server
beforeAll(async () => {
  server = await startServer({ executions: 40 })
})
afterAll(() => server[Symbol.asyncDispose]())

const everything = (path: string): ReadonlyArray<string> =>
  readdirSync(path, { recursive: true, withFileTypes: true }).map((entry) => join(entry.parentPath, entry.name))

const mode = (path: string): string => (lstatSync(path).mode & 0o777).toString(8)

describe("files on a machine that others use", () => {
  it("can be read by nobody else, in the run and as one file", async () => {
    using folder = scratch()
    expect((await runExport(["--all", "--out", folder.in("run")], { server })).code).toBe(0)
    expect((await runExport(["exec_absent", "-o", folder.in("one.csv")], { server })).code).toBe(80)
    const args = ["--all", "--state", folder.in("nightly.state"), "--out", folder.in("night")]
    expect((await runExport(args, { server })).code).toBe(0)
    expect(mode(folder.in("nightly.state"))).toBe("600")
    expect(mode(folder.in("run"))).toBe("700")
    const files = [...everything(folder.in("run")), folder.in("one.csv"), folder.in("one.csv.failures.csv")]
    expect(files).toHaveLength(8)
    for (const file of files) expect([file, mode(file)]).toEqual([file, "600"])
  })

  it("hold the key nowhere, nor does what is said", async () => {
    using folder = scratch()
    await server.faults({ "bad-record": "next:1,kind=wrong-type", "500": "next:1" })
    const talkative = ["--verbose", "--log-format", "json"]
    const ended = await runExport(["--all", "--out", folder.in("run"), ...talkative], { server })
    await server.faults({ "401-midrun": {} })
    const refused = await runExport(["--all", "--out", folder.in("none"), ...talkative], { server })
    await server.clear()
    expect([ended.code, refused.code]).toEqual([80, 77])
    const written = everything(folder.path).filter((path) => lstatSync(path).isFile())
    expect(written.length).toBeGreaterThan(6)
    const all = [...written.map((path) => readFileSync(path, "utf8")), ended.stderr, refused.stderr].join("\n")
    expect(all).not.toContain("sk_sandbox")
    expect(all).toContain("ns_sandbox")
  })

  it.for([".run.lock", ".run.lock.holder"])("are not written through a link that lies in wait as %s", async (name) => {
    using folder = scratch()
    writeFileSync(folder.in("victim"), "precious")
    symlinkSync(folder.in("victim"), folder.in(name))
    const { code, stderr } = await runExport(["--all", "--out", folder.in("run")], { server })
    expect(stderr).toContain("(ELOOP)")
    expect(code).toBe(73)
    expect(readFileSync(folder.in("victim"), "utf8")).toBe("precious")
    expect(existsSync(folder.in("run"))).toBe(false)
  })

  it("are not written into a directory that lies in wait as a link, nor through links in one", async () => {
    using folder = scratch()
    const args = ["--all", "--page-size", "10", "--out", folder.in("run")]
    await server.faults({ "403": { after: 2 } })
    expect((await runExport(args, { server })).code).toBe(77)
    await server.clear()
    renameSync(folder.in("run.partial"), folder.in("elsewhere"))
    symlinkSync(folder.in("elsewhere"), folder.in("run.partial"))
    const linked = await runExport(args, { server })
    expect(linked.stderr).toContain("run.partial is a link, or belongs to another user.")
    expect(linked.code).toBe(73)

    rmSync(folder.in("run.partial"))
    renameSync(folder.in("elsewhere"), folder.in("run.partial"))
    renameSync(folder.in("run.partial", "executions.csv"), folder.in("victim"))
    symlinkSync(folder.in("victim"), folder.in("run.partial", "executions.csv"))
    const before = statSync(folder.in("victim")).size
    const through = await runExport(args, { server })
    expect(through.stderr).toContain("executions.csv (ELOOP)")
    expect(through.code).toBe(73)
    expect(statSync(folder.in("victim")).size).toBe(before)
    expect((await runExport([...args, "--restart"], { server })).code).toBe(0)
    expect(statSync(folder.in("victim")).size).toBe(before)
  })

  it("take the place of a link when they are published, and leave what it points at alone", async () => {
    using folder = scratch()
    mkdirSync(folder.in("there"))
    writeFileSync(folder.in("victim"), "precious")
    symlinkSync(folder.in("victim"), folder.in("one.csv"))
    expect((await runExport(["--all", "-o", folder.in("one.csv")], { server })).code).toBe(0)
    expect(lstatSync(folder.in("one.csv")).isSymbolicLink()).toBe(false)
    expect(readFileSync(folder.in("victim"), "utf8")).toBe("precious")

    symlinkSync(folder.in("victim"), folder.in("latest.new"))
    expect((await runExport(["--all", "--latest", "--out", folder.in("run")], { server })).code).toBe(0)
    expect(readlinkSync(folder.in("latest"))).toBe("run")
    expect(readFileSync(folder.in("victim"), "utf8")).toBe("precious")
  })

  it.for(["../../etc/passwd", "..", "/", ".", "%2e%2e", "a/../../executions"])(
    "are named by the command line alone: the alert %s leads nowhere",
    async (alert) => {
      using folder = scratch()
      mkdirSync(folder.in("here"))
      const { code } = await runExport(["--alert", alert], { server, cwd: folder.in("here") })
      expect([64, 66]).toContain(code)
      expect(readdirSync(folder.path)).toEqual(["here"])
    },
  )
})

const hostile = "\u001b[2J\u001b]0;owned\u0007\u009b31m\u202e\u0000\u007f\r\u2028\ud800 é街🦊"
const spelled = "\\u001b[2J\\u001b]0;owned\\u0007\\u009b31m\\u202e\\u0000\\u007f\\u000d\\u2028\\ud800 é街🦊"

describe("text that a server sent", () => {
  it("is spelled out in errors and notes, where a terminal would obey it", async () => {
    expect(printable(hostile)).toBe(spelled)
    expect(failureText(fail("Damaged", hostile, hostile), "pretty")).toBe(`error: ${spelled}\n  ${spelled}\n`)
    const line = failureText(fail("Damaged", hostile, hostile), "json")
    expect(line).toMatch(/^[\x20-\x7e\n]*é街🦊[\x20-\x7e\n]*é街🦊[\x20-\x7e\n]*$/)
    expect((JSON.parse(line) as { message: string }).message).toBe(hostile)
    let said = ""
    const options = {
      mode: "none",
      format: "pretty",
      quiet: false,
      expected: null,
      write: (text: string) => (said += text),
    } as const
    const note = Effect.map(Progress.make(options, { state: Effect.never } as never), (progress) =>
      progress.note(hostile),
    )
    await Effect.runPromise(Effect.scoped(note))
    expect(said).toBe(`${spelled}\n`)
  })

  it("is spelled out by verify, which reads what another user may have written", async () => {
    using folder = scratch()
    expect((await runExport(["--all", "--out", folder.in("run")], { server })).code).toBe(0)
    const path = folder.in("run", "datapackage.json")
    const manifest = JSON.parse(readFileSync(path, "utf8")) as { mixpeek: { reasons: Array<string> } }
    manifest.mixpeek.reasons = [hostile]
    writeFileSync(path, JSON.stringify(manifest))
    const { code, stdout } = await run(["verify", folder.in("run")])
    expect(code).toBe(0)
    expect(stdout).toContain(`(${spelled})`)
  })

  it("starts no formula in a spreadsheet", () => {
    for (const start of ["=", "+", "-", "@", "\t", "\r", "\n", "\0", "＝", "＋", "－", "＠"]) {
      expect(Csv.encodeCell(`${start}cmd|' /C calc'!A0`, Csv.excel)).toContain(`'${start}`)
    }
  })
})
