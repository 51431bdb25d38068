import { assert, describe, it } from "@effect/vitest"
import { execFile } from "node:child_process"
import { readFileSync } from "node:fs"
import { join } from "node:path"
import { promisify } from "node:util"
import { keyTable } from "./KeyTable.ts"
import { cleanEnv, entry, runProgram } from "./Program.ts"

const read = (path: string): string => readFileSync(join(import.meta.dirname, path), "utf8")
const readme = read("../README.md")

/** Runs a line of the README as it is written. */
const bash = (line: string) =>
  promisify(execFile)(
    "bash",
    ["-o", "pipefail", "-c", `mixpeek-alerts() { "${process.execPath}" "${entry}" "$@"; }\n${line}`],
    {
      env: cleanEnv(),
      maxBuffer: 1 << 26,
    },
  )

describe("the README", () => {
  it("has the key table of the program", () => {
    assert.include(readme, keyTable())
  })

  it("shows screens as the program draws them", () => {
    for (const frame of [
      "list",
      "execution-matches",
      "list-live-with-a-gap",
      "trends",
      "compare",
      "execution-history",
      "alerts",
    ])
      assert.include(readme, read(`frames/${frame}-80x24.txt`).trimEnd())
  })

  it("starts with an example that works", async () => {
    const example = /```sh\n(?:.*\n)*?mixpeek-alerts (get --demo [^#\n]*\w)/.exec(readme)?.[1]?.split(" ") ?? []
    const { code, stdout } = await runProgram(example)
    assert.strictEqual(code, 0)
    assert.include(stdout, "exec_f1b33e53")
  })

  it("has the linear transcript as the program says it", async () => {
    const [, command = "", transcript = ""] = /```sh\n(printf .*)\n```\n\n```text\n([^`]*)```/.exec(readme) ?? []
    const { stdout } = await bash(command)
    // A second more or less may turn one age into the next.
    const aged = (text: string) => text.replaceAll(/\d+ (second|minute|hour)s? ago/g, "… ago")
    assert.strictEqual(aged(stdout), aged(transcript))
  })

  it("has commands that run as they are written", async () => {
    const lines = (
      /```sh\n((?:mixpeek-alerts .*--demo.*\n)[^`]*)```/.exec(readme.slice(readme.indexOf("## Commands")))?.[1] ?? ""
    )
      .trim()
      .split("\n")
    assert.isAbove(lines.length, 10)
    const outcomes = await Promise.all(
      lines.map((line) =>
        bash(line).then(
          ({ stdout }) => ({ code: 0, stdout, stderr: "" }),
          (failure) => failure,
        ),
      ),
    )
    for (const [at, { code, stderr, stdout }] of outcomes.entries()) {
      const line = lines[at] as string
      if (!line.includes(" watch ")) assert.isNotEmpty(stdout, line)
      if (code !== 0) assert.match(`${code} ${stderr}`, /^65 .*Malformed.*1 of the 412 records/, line)
    }
    assert.strictEqual(outcomes.filter(({ code }) => code !== 0).length, 2)
  })
})
