import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { existsSync, mkdirSync, readdirSync, writeFileSync } from "node:fs"
import { badInputs } from "./BadInputs.ts"
import { badSettings } from "./BadSettings.ts"
import { type Ended, run, runExport, type RunOptions, scratch } from "./Reporter.ts"
import { type Server, startServer } from "./Server.ts"

const folder = scratch()
let server: Server

beforeAll(async () => {
  server = await startServer({ executions: 50 })
})
afterAll(async () => {
  await server[Symbol.asyncDispose]()
  folder[Symbol.dispose]()
})

const refused = ({ stderr, stdout }: Ended): void => {
  expect(stdout).toBe("")
  const lines = stderr.trimEnd().split("\n")
  expect(lines, stderr).toHaveLength(2)
  expect(lines[0]).toMatch(/^error: .+[.?!"]$/)
  expect(lines[1]).toMatch(/^ {2}\S.*[.…]$/)
  expect((lines[0] as string).length).toBeLessThan(400)
  expect(stderr).not.toContain("canary")
}

describe("bad input", () => {
  const cwd = folder.in("cwd")
  const files = ["binary", "bad.jsonl", "empty.txt", "file", "idless.jsonl", "there"]

  beforeAll(() => {
    mkdirSync(folder.in("cwd", "there"), { recursive: true })
    writeFileSync(folder.in("cwd", "file"), "a file\n")
    writeFileSync(folder.in("cwd", "empty.txt"), "# only a comment\n\n")
    writeFileSync(folder.in("cwd", "binary"), Buffer.from([0x7f, 0x45, 0x4c, 0x46, 0, 1, 2, 255]))
    writeFileSync(folder.in("cwd", "bad.jsonl"), '{"execution_id": "exec_1"}\n{"execution_id": \n')
    writeFileSync(folder.in("cwd", "idless.jsonl"), '{"id": "exec_1"}\n')
  })

  it.for([...badSettings, ...badInputs])(
    "is told in one sentence and one hint: $name",
    async ({ args, code, env, keyless, says }) => {
      const options: RunOptions = keyless
        ? { cwd, env: { MIXPEEK_BASE_URL: server.url } }
        : { cwd, server, env: env ?? {} }
      const ended = await run(["export", ...args], options)
      expect(ended.stderr).toMatch(says)
      refused(ended)
      expect(ended.code).toBe(code)
      expect(readdirSync(cwd).toSorted()).toEqual(files.toSorted())
      expect(existsSync(folder.in("cwd", "there", "executions.csv"))).toBe(false)
    },
  )

  it("is told for an unknown command", async () => {
    const ended = await run(["exprot"], { server, cwd })
    refused(ended)
    expect(ended.code).toBe(64)
  })

  it("is told for directories that hold no run", async () => {
    for (const [command, code, says] of [
      ["verify", 74, "error: Cannot read there/datapackage.json (ENOENT).\n"],
      ["retry", 64, "error: there is not a finished run.\n"],
    ] as const) {
      const ended = await run([command, "there"], { server, cwd })
      refused(ended)
      expect([ended.code, ended.stderr]).toEqual([code, expect.stringContaining(says)])
    }
  })
})

describe("ID lists that look odd and are good", () => {
  it("may have CRLF, comments, blank lines, a byte order mark and duplicates", async () => {
    const good = "exec_absent # gone"
    const text = `\uFEFF# header\r\n\r\n  exec_one\r\n${good}\r\nexec_one\r\n`
    const ended = await runExport(["--ids", "-", "--out", "odd"], { server, cwd: folder.path, stdin: text })
    expect(ended.stderr).toContain("0 executions, 0 matches, 0 source documents, 2 failures")
    expect(ended.code).toBe(80)
  })

  it("may be JSON lines, and URLs", async () => {
    const text =
      '{"execution_id": "exec_one", "alert_id": "alt_x"}\nhttps://api.mixpeek.com/v1/alerts/executions/exec_two\n'
    const ended = await runExport(["--ids", "-", "--out", "lines"], { server, cwd: folder.path, stdin: text })
    expect(ended.stderr).toContain("2 failures")
    expect(ended.code).toBe(80)
  })

  it("publish what failed when nothing was found, and leave no lock", () => {
    expect(readdirSync(folder.in("odd")).toSorted()).toEqual(
      [
        "datapackage.json",
        "executions.csv",
        "failures.csv",
        "matches.csv",
        "retry.txt",
        "source_documents.csv",
      ].toSorted(),
    )
    expect(readdirSync(folder.path).toSorted()).toEqual(["cwd", "lines", "odd"])
  })
})
